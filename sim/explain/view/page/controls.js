// The controls of the bar, and what tests ask the page.

import { $, counts } from './tools.js';
import { state } from './state.js';
import { fillFilters } from './filters.js';
import { remember, recall } from './address.js';
import { nextTheme } from './theme.js';
import { LIMIT } from './diagram.js';
import { drawMarks } from './bar.js';
import { setCaption, beside, guide } from './guide.js';
import { go, refresh, move, play, setLed, setSpeed } from './place.js';
import { showHelp } from './keys.js';
import { fillLegend } from './legend.js';
import { wireBoard, boardText } from './board.js';
import { drawSummaries } from './summaries.js';

// wire makes the controls do what they say, once.
export function wire() {
  for (const [id, act] of Object.entries({ first: () => go(0), back: () => move(-1), next: () => move(1), last: () => go(state.active.run.events.length - 1), play: () => play(!state.playing),
    past: () => setLed(!state.led), guide: () => guide(!state.guiding), keys: showHelp, theme: nextTheme, 'caption-close': () => guide(false),
    'caption-back': () => setCaption(beside(-1)), 'caption-next': () => setCaption(beside(1)) })) $(id).addEventListener('click', act);
  $('scrub').addEventListener('input', () => go(Number($('scrub').value)));
  for (const id of ['actor', 'kind', 'round']) $('by-' + id).addEventListener('change', () => { state.only[id] = $('by-' + id).value; counts.touched = 0; refresh(true); remember(); });
  $('speed').addEventListener('change', () => setSpeed(Number($('speed').value)));
  wireBoard();
  let width = innerWidth;
  addEventListener('resize', () => { if (innerWidth !== width) { width = innerWidth; for (const p of state.panes) p.lay(); if (state.active) drawMarks(state.active.run); } for (const p of state.panes) p.later(); });
  addEventListener('hashchange', recall);
}

// refill makes the lists and the head of the page those of the runs.
export function refill() {
  drawSummaries();
  fillFilters();
  fillLegend();
}

// For tests: what is drawn, and what the last step cost.
window.paxsim = {
  limit: LIMIT,
  drawn: () => Math.max(...state.panes.map(p => p.sheet.querySelectorAll('*').length)),
  elements: () => document.querySelectorAll('*').length,
  touched: () => counts.touched,
  board: boardText,
  go, move, cursor: () => state.active.run.events[state.active.cursor].number, events: () => state.active.run.events.length,
};
