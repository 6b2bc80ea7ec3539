// The panel: what happened during the chosen event, and what the actors know after it.

import { $, html, become, text, plural, capital } from './tools.js';
import { state } from './state.js';
import { MEMORY, DISK, WRITTEN, ALARM, CONDITION } from './run.js';
import { drawInvariants, drawChoices } from './sections.js';
import { go, pin } from './place.js';

export function link(run, i, s) { return html('button', { class: 'link', onclick: () => go(i) }, s || `event ${run.events[i].number}`); }

const headOf = (run, e) => [`Event ${e.number}`, run.when(e), e.actor && `actor ${e.actor}`].filter(Boolean).join(' · ');

// tellEvent is what happens in an event, in full.
function tellEvent(run, e) {
  const told = run.tell(e), out = [html('p', {}, html('strong', {}, capital(told.head)), '.')];
  if (told.rest.length) {
    const most = 12, list = told.rest.slice(0, most).map(s => html('li', { class: /^VIOLATED/.test(s) ? 'bad' : /DECIDES/.test(s) ? 'good' : false }, s));
    if (told.rest.length > most) list.push(html('li', {}, `and ${told.rest.length - most} more`));
    out.push(html('ul', {}, ...list));
  }
  return out;
}

// beyond tells the event of the other run at the same moment, if it is another.
function beyond() {
  const p = state.panes[1 - state.active.n], run = p.run, e = run.events[p.cursor], mine = state.active.run.tell(state.active.run.events[state.active.cursor]);
  if (!e) return html('p', { class: 'quiet' }, `${run.letter} has no event.`);
  const told = run.tell(e), same = told.head === mine.head && told.rest.join() === mine.rest.join();
  return html('div', { class: same ? 'beyond quiet' : 'beyond' }, html('p', { class: same ? false : 'bad' }, `${same ? '' : '≠ '}${run.letter}: ${headOf(run, e)}${same ? ', the same' : ''}`), ...(same ? [] : tellEvent(run, e)));
}

export function drawPanel() {
  const run = state.active.run, e = run.events[state.active.cursor];
  if (!e) { text($('event-head'), 'There is no event to show.'); return; }
  text($('event-head'), (run.letter ? run.letter + ': ' : '') + headOf(run, e));
  const body = tellEvent(run, e);
  const why = html('p', { class: 'quiet' });
  if (e.because >= 0) why.append('Because of ', link(run, e.because), '. ');
  const leads = run.leads.get(e.i) || [];
  if (leads.length) {
    why.append('It leads to ');
    leads.slice(0, 8).forEach((k, n) => why.append(n ? ', ' : '', link(run, k, String(run.events[k].number))));
    why.append(leads.length > 8 ? ` and ${leads.length - 8} more.` : '.');
  }
  if (why.childNodes.length) body.push(why);
  if (e.choices.length) body.push(html('p', { class: 'quiet' }, 'Chance answered: ', ...e.choices.slice(0, 10).flatMap((c, k) => [k ? ', ' : '', html('span', { class: 'key' }, `${c.key}: ${c.answer}${c.means}`)]), e.choices.length > 10 ? ` and ${e.choices.length - 10} more.` : '.'));
  if (state.panes.length > 1) body.push(beyond());
  become($('event-body'), ...body);
  if (run.looks) { drawActors(run, e); drawOne(run, e); }
  else { $('actors').hidden = $('one').hidden = true; }
  drawInvariants(run, e);
  drawChoices(run, e);
}

const MOST_ROWS = 12, COLUMNS = 4;

// rows are the actors of the table: all if they are few, else those that the
// event is about, and their neighbours.
export function rowsOf(run, e) {
  if (run.actors <= MOST_ROWS) return Array.from({ length: run.actors }, (_, k) => k + 1);
  const list = new Set([state.pinned, e.actor, e.peer, ...[...run.touched(e)].slice(0, 6)].filter(Boolean));
  for (let a = Math.max(1, (e.actor || 1) - 2); a <= run.actors && list.size < MOST_ROWS; a++) list.add(a);
  return [...list].sort((a, b) => a - b);
}

// other is the same field in the other run, at the same moment.
function otherText(actor, f) {
  if (state.panes.length < 2) return null;
  const p = state.panes[1 - state.active.n], [group, name] = state.active.run.fields[f], g = p.run.named(group, name);
  return p.run.looks ? p.run.field(actor, g, p.cursor) : null;
}

function drawActors(run, e) {
  const columns = run.memory.slice(0, COLUMNS), is = run.named(CONDITION, 'is');
  const head = html('tr', {}, html('th', { scope: 'col' }, 'actor'), ...columns.map(f => html('th', { scope: 'col' }, run.fields[f][1])));
  const rows = rowsOf(run, e).map(a => {
    const condition = run.field(a, is, e.i), down = condition === 'down' || condition === 'gone';
    const cells = columns.map(f => {
      const disk = run.named(DISK, run.fields[f][1]);
      const now = run.field(a, down && disk >= 0 ? disk : f, e.i), kept = disk >= 0 ? run.field(a, disk, e.i) : null;
      const cell = html('td', { class: run.changed(a, f, e.i) && !down ? 'new' : false });
      if (cell.className) cell.append(html('span', { class: 'hear' }, 'new: '));
      if (down && now) cell.append(html('span', { class: 'quiet' }, `(${now})`, html('span', { class: 'hear' }, ' on disk')));
      else if (!down && kept !== null && kept !== now) cell.append(html('span', { class: 'loose', title: `not on disk: there it is ${kept || 'nothing'}` }, now || '–'), html('span', { class: 'hear' }, ' not on disk'));
      else cell.append(now || '–');
      const other = otherText(a, f);
      if (other !== null && other !== run.field(a, f, e.i)) cell.append(html('span', { class: 'other' }, `≠ ${other || '–'}`));
      return cell;
    });
    const name = html('button', { class: 'link', 'aria-label': `actor ${a}${condition === 'up' ? '' : ', ' + condition}`, onclick: () => pin(a) }, String(a));
    return html('tr', { class: a === e.actor ? 'now' : false }, html('th', { scope: 'row' }, name, condition === 'up' ? '' : html('span', { class: 'bad' }, ' ' + condition)), ...cells);
  });
  const body = [html('table', {}, html('thead', {}, head), html('tbody', {}, ...rows))];
  if (run.actors > MOST_ROWS) body.push(html('p', { class: 'quiet' }, `${rows.length} of ${plural(run.actors, 'actor')}.`));
  become($('actors-body'), ...body);
}

// drawOne tells all about one actor.
function drawOne(run, e) {
  const a = state.pinned || e.actor || e.effects.map(f => f.actor).find(Boolean) || 0;
  $('one').hidden = !a;
  if (!a) return;
  const is = run.field(a, run.named(CONDITION, 'is'), e.i), waits = run.field(a, run.named(CONDITION, 'waits'), e.i), down = is === 'down' || is === 'gone';
  text($('one-head'), `Actor ${a}${is === 'up' ? '' : `, ${is}`}${state.pinned ? ' (kept in view)' : ''}`);
  const names = [...new Set(run.fields.filter(f => f[0] <= WRITTEN).map(f => f[1]))];
  const rows = [];
  for (const name of names) {
    const [m, d, w] = [MEMORY, DISK, WRITTEN].map(group => run.named(group, name));
    const knows = m >= 0 ? run.field(a, m, e.i) : '', disk = d >= 0 ? run.field(a, d, e.i) : '', way = w >= 0 ? run.field(a, w, e.i) : '';
    const news = m >= 0 && run.changed(a, m, e.i), saved = d >= 0 && run.changed(a, d, e.i);
    if (!knows && !disk && !way && !news && !saved) continue;
    const was = (f, on) => on && run.field(a, f, e.i - 1) ? html('span', { class: 'quiet' }, ` (was ${run.field(a, f, e.i - 1)})`) : '';
    rows.push(html('tr', {}, html('th', { scope: 'row' }, name),
      html('td', { class: news ? 'new' : false }, down ? '' : knows || '–', was(m, news && !down)),
      html('td', { class: saved ? 'new' : false }, d < 0 ? html('span', { class: 'quiet' }, 'no') : disk || '–', was(d, saved), way && way !== disk ? html('span', { class: 'quiet' }, ` (${way} on its way)`) : '')));
  }
  const alarms = run.fields.map((f, n) => [f, n]).filter(([f]) => f[0] === ALARM).map(([f, n]) => [f[1], run.field(a, n, e.i), run.changed(a, n, e.i)]).filter(x => x[1] || x[2]);
  const body = [html('table', {}, html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, html('span', { class: 'hear' }, 'field')), html('th', { scope: 'col' }, 'it knows'), html('th', { scope: 'col' }, 'on its disk'))), html('tbody', {}, ...rows))];
  if (down) body.push(html('p', {}, 'It is down: it knows nothing, and its disk keeps what was saved.'));
  if (waits) body.push(html('p', {}, `Behind its disk, or a pause, ${waits === '1 effect' ? 'waits' : 'wait'} ${waits}.`));
  if (alarms.length) body.push(html('p', {}, 'Alarms: ', alarms.map(([name, at, news]) => `${news ? '● ' : ''}${name} ${at || 'off'}`).join(', ') + '.'));
  if (state.pinned) body.push(html('button', { onclick: () => pin(state.pinned) }, 'follow the event again'));
  become($('one-body'), ...body);
}

// section is a part of the panel that opens. It keeps what a person made of it.
export function section(id, head, open, fill) {
  const s = $(id);
  let d = s.querySelector('details');
  if (!d) {
    d = html('details', {}, html('summary', {}), html('div', {}));
    d.open = open;
    d.addEventListener('toggle', () => { if (d.open) become(d.lastChild, ...fill()); });
    s.append(d);
  }
  text(d.firstChild, head);
  if (d.open) become(d.lastChild, ...fill());
}
