// The page of paxsim view. It reads the runs from the JSON in the page, lays
// them out, and draws of each diagram only what can be seen.

import { $, counts, html, plural, capital } from './tools.js';
import { state } from './state.js';
import { Run } from './run.js';
import { fillFilters } from './filters.js';
import { remember, recall } from './address.js';
import { nextTheme } from './theme.js';
import { LIMIT, Pane } from './diagram.js';
import { drawMarks } from './bar.js';
import { setCaption, beside, guide } from './guide.js';
import { go, refresh, choose, move, play, setLed, setSpeed } from './place.js';
import { fillHelp } from './keys.js';
import { fillLegend } from './legend.js';

function begin() {
  const data = JSON.parse($('data').textContent);
  state.page = data;
  state.panes = data.runs.map((run, n) => new Pane(new Run(run, data.runs.length > 1 ? 'AB'[n] : '', data.whats), n));
  state.active = state.panes[0];
  for (const p of state.panes) {
    $('panes').append(p.root);
    const v = p.run.violation;
    $('summaries').append(html('p', {}, p.run.letter ? `${p.run.letter} (${p.run.name}): ` : '', p.run.summary, '. ',
      v ? html('span', { class: 'bad' }, capital(v.broke) + ' broke at ', html('button', { class: 'link', onclick: () => { choose(p.n); go(p.run.at(v.event)); } }, `event ${v.event}`), `: ${v.text}. ${v.means ? capital(v.means) + '. ' : ''}`) : '', p.run.note || '', p.run.unflown ? ` ${plural(p.run.unflown, 'message')} on their way at the end are not drawn.` : ''));
  }
  if (state.panes.length > 1) {
    const d = state.page.difference, i = d && d.a ? state.panes[0].run.index.get(d.a) : undefined;
    $('summaries').append(html('p', {}, d ? html('strong', {}, d.a && d.b ? `They part at event ${d.a}. ` : d.a ? `B ends where A goes on, at event ${d.a}. ` : `A ends where B goes on, at event ${d.b}. `) : 'They are the same run.', d ? capital(d.why.slice(0, 3).join('; ')) + '. ' : '',
      i !== undefined ? html('button', { class: 'link', onclick: () => { choose(0); go(i); } }, 'Go there') : ''));
  }
  fillFilters();
  fillHelp();
  fillLegend();
  for (const [id, act] of Object.entries({ first: () => go(0), back: () => move(-1), next: () => move(1), last: () => go(state.active.run.events.length - 1), play: () => play(!state.playing),
    past: () => setLed(!state.led), guide: () => guide(!state.guiding), keys: () => $('help').showModal(), theme: nextTheme, 'caption-close': () => guide(false),
    'caption-back': () => setCaption(beside(-1)), 'caption-next': () => setCaption(beside(1)) })) $(id).addEventListener('click', act);
  $('scrub').addEventListener('input', () => go(Number($('scrub').value)));
  for (const id of ['actor', 'kind', 'round']) $('by-' + id).addEventListener('change', () => { state.only[id] = $('by-' + id).value; counts.touched = 0; refresh(true); remember(); });
  $('speed').addEventListener('change', () => setSpeed(Number($('speed').value)));
  for (const p of state.panes) p.lay();
  let width = innerWidth;
  addEventListener('resize', () => { if (innerWidth !== width) { width = innerWidth; for (const p of state.panes) p.lay(); drawMarks(state.active.run); } for (const p of state.panes) p.later(); });
  addEventListener('hashchange', recall);
  let closed = false;
  try { closed = localStorage.getItem('paxsim-guide') === 'closed'; } catch { /* as if for the first time */ }
  if (!recall()) {
    const v = state.active.run.violation;
    if (state.panes.length > 1 && state.page.difference && state.page.difference.a) go(state.active.run.at(state.page.difference.a), true);
    else if (!closed && state.active.run.captions.length) guide(true);
    else go(v ? state.active.run.at(v.event) : 0, true);
  }
  for (const p of state.panes) p.later();
}

begin();

// For tests: what is drawn, and what the last step cost.
window.paxsim = {
  limit: LIMIT,
  drawn: () => Math.max(...state.panes.map(p => p.sheet.querySelectorAll('*').length)),
  elements: () => document.querySelectorAll('*').length,
  touched: () => counts.touched,
  go, move, cursor: () => state.active.run.events[state.active.cursor].number, events: () => state.active.run.events.length,
};
