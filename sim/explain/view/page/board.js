// The board: a table of votes, with a row for each actor and a column for each round.
// The page holds it as changes; here they add up to how it stands after an event.

import { $, html, become, text, mark } from './tools.js';
import { state } from './state.js';
import { link, rowsOf } from './panel.js';

const COLUMNS_SHOWN = 7;

// Board is a board. Values are names; '' is any value.
class Board {
  constructor(run) {
    this.run = run;
    this.at = -1; // the event that was taken last
    this.rows = Array.from({ length: run.actors + 1 }, () => ({ bound: 0, decided: '', out: false, wrongs: [] }));
    this.columns = new Map(); // by number
    this.wrongs = [];
    this.news = new Set();
    for (const c of run.board.start || []) this.apply(c, 0);
    this.news.clear();
  }

  column(n) {
    if (!this.columns.has(n)) this.columns.set(n, { n, by: 0, proposed: [], votes: new Map(), reports: new Map(), canBe: new Set(), chosen: [], safe: null, wrong: false });
    return this.columns.get(n);
  }

  // to takes the changes of all events up to one.
  to(i) {
    for (let k = this.at + 1; k <= i; k++) {
      this.news.clear();
      for (const c of this.run.events[k].board) this.apply(c, this.run.events[k].number);
    }
    this.at = i;
  }

  apply(change, event) {
    const [w, n = 0, actor = 0, said = 0, named = 0, of = 0] = change, run = this.run;
    const what = run.board.whats[w], note = run.texts[said], value = run.texts[named], row = this.rows[actor], safe = what.startsWith('safe');
    if (note && !safe) {
      this.wrongs.push({ event, text: note, actor, n });
      row.wrongs.push(note);
    }
    this.news.add(`${n} ${actor}`).add(`${n} ${what}`);
    const c = n && !['bound', 'learned'].includes(what) ? this.column(n) : null;
    if (c && note && !safe) c.wrong = true;
    switch (what) {
    case 'begun': c.by = actor; break;
    case 'proposed': { const had = c.proposed.find(p => p.value === value); if (had) had.wrong = had.wrong || !!note; else c.proposed.push({ value, wrong: !!note }); break; }
    case 'bound': row.bound = Math.max(row.bound, n); break;
    case 'reported': row.bound = Math.max(row.bound, n); c.reports.set(actor, { of, value, wrong: note }); break;
    case 'cast': { const list = c.votes.get(actor) || [], had = list.find(v => v.value === value); if (had) had.wrong = had.wrong || note; else list.push({ value, wrong: note }); c.votes.set(actor, list); break; }
    case 'chosen': c.chosen.push(value); break;
    case 'learned': row.decided = value; break;
    case 'can-be': c.canBe.add(value); break;
    case 'cannot-be': if (value) c.canBe.delete(value); else c.canBe.clear(); break;
    case 'safe-none': case 'safe-only': case 'safe-any': c.safe = { is: what, value, why: note }; break;
    case 'does-not-count': row.out = true; break;
    }
  }

  // folds says whether nothing came of a column and nothing can.
  folds(c) { return !c.proposed.length && !c.votes.size && !c.canBe.size && !c.wrong; }

  stars() { return new Set([...this.columns.values()].flatMap(c => c.chosen)).size; }
}

// boardOf is the board of a run after event i. Going on takes little; going back begins
// again.
function boardOf(run, i) {
  if (!run.boardNow || run.boardNow.at > i) run.boardNow = new Board(run);
  run.boardNow.to(i);
  return run.boardNow;
}

const hear = s => html('span', { class: 'hear' }, s);

// cell is how an actor stands in a column.
function cell(b, a, c) {
  const row = b.rows[a], votes = c.votes.get(a) || [], report = c.reports.get(a), parts = [];
  const wrong = votes.some(v => v.wrong);
  if (votes.length) parts.push(hear('voted for '), html('b', {}, votes.map(v => v.value).join(', ')), wrong ? hear(', which should not be: ' + votes.map(v => v.wrong).filter(Boolean).join('; ')) : '');
  else if (row.bound > c.n) parts.push(html('span', { class: 'quiet', 'aria-hidden': 'true' }, '–'), hear('past'));
  else parts.push(html('span', { class: 'quiet', 'aria-hidden': 'true' }, '·'), hear('open'));
  if (report) {
    const said = report.of ? `${b.run.board.columns[report.of - 1]}=${report.value}` : 'nothing';
    parts.push(html('small', { class: report.wrong ? 'false' : false, title: report.wrong || false }, hear(report.wrong ? ', reports falsely ' : ', reports '), report.wrong ? '✗ ' : '', html('span', { 'aria-hidden': 'true' }, 'says '), said));
  }
  const classes = [wrong ? 'framed' : votes.length ? 'vote' : row.bound > c.n ? 'past' : 'free', b.news.has(`${c.n} ${a}`) ? 'fresh' : ''].join(' ').trim();
  return html('td', { class: classes, title: votes.map(v => v.wrong).find(Boolean) || false }, ...parts);
}

// drawBoard shows the board of the chosen run after the chosen event.
export function drawBoard() {
  const pane = state.active, run = pane.run, e = run.events[pane.cursor], has = !!run.board && !!e;
  $('board').hidden = !has;
  if (!has) return;
  text($('board-head'), `The board${run.letter ? ' of ' + run.letter : ''}`);
  if (!$('board').open) return;
  const b = boardOf(run, pane.cursor);
  const all = [...b.columns.values()].sort((x, y) => x.n - y.n), open = all.filter(c => state.unfolded || !b.folds(c)), shown = open.slice(-COLUMNS_SHOWN);
  const name = c => run.board.columns[c.n - 1];
  const line = (head, title, of) => html('tr', { class: 'sums' }, html('th', { scope: 'row', title }, head), ...shown.map(of));
  const values = list => list.map(v => v || 'any').join(', ');
  const head = html('tr', {}, html('th', { scope: 'col' }, hear('actor')), ...shown.map(c => html('th', { scope: 'col', class: c.wrong ? 'bad' : false }, name(c), c.proposed.length ? html('small', {}, ' ', c.proposed.map(p => (p.wrong ? '✗ ' : '') + p.value).join(', ')) : '')));
  const rows = rowsOf(run, e).map(a => {
    const row = b.rows[a];
    return html('tr', { class: a === e.actor ? 'now' : false }, html('th', { scope: 'row', title: row.wrongs.join('; ') || false }, String(a), row.out ? html('span', { class: 'quiet' }, ' does not count') : '', row.decided ? html('span', { class: 'good' }, ` ✓ ${row.decided}`, hear(' decided')) : ''), ...shown.map(c => cell(b, a, c)));
  });
  const stars = b.stars();
  rows.push(line('chosen', run.board.legend.choosable, c => html('td', { class: c.chosen.length ? stars > 1 ? 'bad' : 'good' : false }, c.chosen.length ? '★ ' + c.chosen.join(', ★ ') : html('span', { class: 'quiet', 'aria-hidden': 'true' }, ''))));
  rows.push(line('can be', run.board.legend.choosable, c => html('td', {}, c.canBe.size ? values([...c.canBe]) : '–')));
  rows.push(line('safe', run.board.legend.safe, c => html('td', { title: c.safe ? c.safe.why : false }, !c.safe ? '' : c.safe.is === 'safe-any' ? 'any' : c.safe.is === 'safe-only' ? c.safe.value : 'none')));
  const body = [html('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': 'The board as a table' }, html('table', { class: shown.length <= 2 ? 'few' : false }, html('caption', { class: 'hear' }, `After event ${e.number}: rows are actors, columns are ${run.round || 'round'}s. What each cell reports is what the actor said of its last vote.`), html('thead', {}, head), html('tbody', {}, ...rows)))];
  const hidden = open.length - shown.length, folded = all.length - open.length, notes = [];
  if (!all.length) notes.push(`No ${run.round || 'round'} has begun.`);
  if (hidden) notes.push(`${hidden} earlier not shown.`);
  if (folded || state.unfolded) notes.push(html('button', { class: 'link', onclick: () => { state.unfolded = !state.unfolded; drawBoard(); } }, state.unfolded ? 'fold those in which nothing came up' : `${folded} folded: nothing was proposed there`));
  const whys = shown.filter(c => c.safe && c.safe.is !== 'safe-any' && c.safe.why);
  if (whys.length) { const c = whys[whys.length - 1]; notes.push(html('span', {}, ` ${name(c)}: ${c.safe.is === 'safe-only' ? `only ${c.safe.value} is safe` : 'no value is safe'}: ${c.safe.why}.`)); }
  if (notes.length) body.push(html('p', { class: 'quiet' }, ...notes.flatMap(n => [n, ' '])));
  if (stars > 1) body.push(html('p', { class: 'bad' }, `★ ${stars} values are chosen: one too many.`));
  if (b.wrongs.length) body.push(html('ul', { class: 'bad' }, ...b.wrongs.slice(-4).map(w => html('li', {}, link(run, run.at(w.event), `event ${w.event}`), `${w.n ? `, ${run.board.columns[w.n - 1]}` : ''}${w.actor ? `, actor ${w.actor}` : ''}: ${w.text}`))));
  become($('board-body'), ...body);
  mark($('board'), 'broken-board', b.wrongs.length > 0 || stars > 1);
}

// boardSays is what the board says of the last column in which not every value is safe.
export function boardSays(pane) {
  const run = pane.run;
  if (!run.board) return '';
  const c = [...boardOf(run, pane.cursor).columns.values()].filter(c => c.safe && c.safe.is !== 'safe-any').sort((a, b) => b.n - a.n)[0];
  return c ? `In ${run.board.columns[c.n - 1]} ${c.safe.is === 'safe-only' ? `only ${c.safe.value} is safe` : 'no value is safe'}: ${c.safe.why}.` : '';
}

// boardText is the board after the chosen event as lines, for tests: cells and reports,
// and what is chosen, can be and is safe, column by column.
export function boardText() {
  const pane = state.active, run = pane.run, b = boardOf(run, pane.cursor), out = [], name = n => run.board.columns[n - 1];
  for (const c of [...b.columns.values()].sort((x, y) => x.n - y.n)) {
    out.push(`${name(c.n)} proposed ${c.proposed.map(p => p.value + (p.wrong ? '!' : ''))} chosen ${c.chosen} can ${[...c.canBe].map(v => v || 'any').sort()} safe ${c.safe ? c.safe.is.slice(5) + ' ' + c.safe.value : ''}`);
    for (let a = 1; a <= run.actors; a++) {
      const votes = (c.votes.get(a) || []).map(v => v.value + (v.wrong ? '!' : '')), r = c.reports.get(a);
      const cell = votes.length ? `voted ${votes}` : b.rows[a].bound > c.n ? 'past' : 'open';
      out.push(`  ${a} ${cell}${r ? ` says ${r.of ? name(r.of) + '=' + r.value : 'nothing'}${r.wrong ? '!' : ''}` : ''}`);
    }
  }
  return out.join('\n');
}

// wireBoard makes it open, and remembers nothing.
export function wireBoard() { $('board').addEventListener('toggle', drawBoard); }
