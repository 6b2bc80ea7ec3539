// The keys, and the list of them.

import { $, html } from './tools.js';
import { state } from './state.js';
import { isTrouble, isDecision, isViolation, fillFilters } from './filters.js';
import { announce } from './voice.js';
import { nextTheme } from './theme.js';
import { guide } from './guide.js';
import { signs } from './legend.js';
import { go, refresh, choose, move, seek, seekAt, play, setLed, faster } from './place.js';

export const KEYS = [
  ['→ ←', 'next event, event before; j and k too', ['ArrowRight', 'j'], () => move(1)], ['', '', ['ArrowLeft', 'k'], () => move(-1)],
  ['↓ ↑', 'next, before at the same actor', ['ArrowDown'], () => seekAt(1)], ['', '', ['ArrowUp'], () => seekAt(-1)],
  ['page down, up', '20 events on, back', ['PageDown'], () => move(20)], ['', '', ['PageUp'], () => move(-20)],
  ['home, end', 'first event, last event', ['Home'], () => go(0)], ['', '', ['End'], () => go(state.active.run.events.length - 1)],
  ['space', 'play, pause', [' '], () => play(!state.playing)],
  ['+ -', 'play faster, slower', ['+'], () => faster(1)], ['', '', ['-'], () => faster(-1)],
  ['c', 'the event that caused this one', ['c'], () => { const b = state.active.run.events[state.active.cursor].because; if (b >= 0) go(b); else announce('Nothing in the page caused it.'); }],
  ['p', 'all that led to this event; the rest fades', ['p'], () => setLed(!state.led)],
  ['d', 'next decision', ['d'], () => seek(isDecision)],
  ['x', 'next loss, crash or fault', ['x'], () => seek(isTrouble)],
  ['v', 'where an invariant broke', ['v'], () => seek(isViolation)],
  ['f', 'to the filters', ['f'], () => $('by-actor').focus()],
  ['r', 'the other run, if there are two', ['r'], () => { if (state.panes[1]) { choose(1 - state.active.n); announce(`Run ${state.active.run.letter}.`); } }],
  ['b', 'the board: show, hide', ['b'], () => { const d = $('board'); d.open = !d.open; }],
  ['g', 'the guide', ['g'], () => guide(!state.guiding)],
  ['t', 'light or dark', ['t'], () => nextTheme()],
  ['?', 'this list', ['?'], () => showHelp()],
  ['escape', 'close the guide, show all again', ['Escape'], () => { if (state.guiding) guide(false); else if (state.led) setLed(false); else { for (const k in state.only) state.only[k] = ''; fillFilters(); refresh(); } }],
];

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
  const at = event.target, inField = at.closest('select,input,textarea'), onButton = at.closest('button,summary,a');
  const found = KEYS.find(k => k[2].includes(event.key));
  if (!found || !state.active && event.key !== 'o') return;
  if (inField && event.key === 'Escape') return at.blur();
  if (inField && (at.type !== 'range' || !/^[a-z?]$/.test(event.key))) return; // the field's own keys
  if (onButton && (event.key === ' ' || event.key === 'Enter')) return;
  if (at.closest('#panel') && /^(Arrow(Up|Down)|Page|Home|End)/.test(event.key)) return; // it scrolls
  event.preventDefault();
  if (state.playing && event.key !== ' ') play(false);
  found[3]();
});

export function showHelp() {
  fillHelp();
  $('help').showModal();
}

function fillHelp() {
  $('help-keys').replaceChildren(...KEYS.filter(k => k[0]).map(k => html('tr', {}, html('td', {}, html('kbd', {}, k[0])), html('td', {}, k[1]))));
  $('signs').replaceChildren(...signs(state.panes[0].run, () => true), html('li', {}, '● new; dotted below: not on disk'));
  const board = state.panes[0].run.board;
  $('board-signs').replaceChildren(...(board ? [['· ', board.legend.open], ['– ', board.legend.past], ['x ', board.legend.voted], ['says ', board.legend.reported], ['✗ ', 'red: it is false; a frame: the vote should not be there'], ['★ ', 'chosen'], ['can be: ', board.legend.choosable], ['safe: ', board.legend.safe]] : []).map(([sign, s]) => html('li', {}, html('b', {}, sign), s)));
}
