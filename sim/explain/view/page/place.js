// The place in the run: the chosen event, and the ways to another.

import { $, counts, text, mark, clamp, first } from './tools.js';
import { state } from './state.js';
import { matches } from './filters.js';
import { announce, speak } from './voice.js';
import { remember } from './address.js';
import { drawPanel } from './panel.js';
import { drawBoard } from './board.js';
import { drawBar } from './bar.js';
import { drawCaption } from './guide.js';

// go chooses an event.
export function go(i, quiet) {
  counts.touched = 0;
  const run = state.active.run;
  state.active.cursor = clamp(i, 0, Math.max(0, run.events.length - 1));
  for (const other of state.panes) if (other !== state.active) follow(other);
  refresh(quiet);
}

// follow moves the other run to the same moment: the same event up to where the
// runs part; after it the same event at that time if there is one, else a message of
// the same kind between the same actors, else the last.
function follow(other) {
  const i = state.active.cursor, e = state.active.run.events[i], d = state.difference;
  if (!e || !other.run.events.length) return;
  const parts = d ? (state.active.n ? d.b : d.a) : Infinity;
  const list = other.run.events, last = clamp(first(list.length, k => list[k].at > e.at) - 1, 0, list.length - 1);
  const alike = (x, names) => names.every(name => x[name] === e[name]);
  const find = names => { let k = last; while (k >= 0 && list[k].at === e.at && !alike(list[k], names)) k--; return k >= 0 && list[k].at === e.at ? k : -1; };
  const names = ['at', 'what', 'kind', 'actor', 'peer', 'copy'];
  const same = find([...names, 'text']), near = same >= 0 ? same : find(names);
  other.cursor = !parts || e.number < parts ? other.run.at(e.number) : near >= 0 ? near : last;
}

export function refresh(quiet) {
  drawBoard(); // it may take room from the diagrams
  for (const p of state.panes) {
    p.past = state.led && p.run.events.length ? p.run.pastOf(p.cursor) : null;
    p.show();
    p.draw();
    mark(p.root, 'active', state.panes.length > 1 && p === state.active);
  }
  drawPanel();
  drawBar();
  drawCaption();
  for (const watch of state.watchers) watch();
  if (!quiet) { speak(); remember(); }
}

export function choose(n) {
  if (state.active === state.panes[n]) return;
  state.active = state.panes[n];
  refresh(true);
}

export function pin(actor) { state.pinned = state.pinned === actor ? 0 : actor; counts.touched = 0; refresh(true); remember(); }

// move goes by so many events among those that the filters show.
export function move(by) {
  const run = state.active.run;
  let i = state.active.cursor;
  for (let left = Math.abs(by); left > 0; left--) {
    let k = i + Math.sign(by);
    while (k >= 0 && k < run.events.length && !matches(run, run.events[k])) k += Math.sign(by);
    if (k < 0 || k >= run.events.length) break;
    i = k;
  }
  const moved = i !== state.active.cursor;
  go(i);
  return moved;
}

// seek goes to the next event of which something is so, round about.
export function seek(is) {
  const list = state.active.run.events, n = list.length;
  for (let k = 1; k <= n; k++) if (is(list[(state.active.cursor + k) % n])) return go((state.active.cursor + k) % n);
  announce('There is none.');
}

// seekAt goes to the event before or after at the same actor.
export function seekAt(by) {
  const run = state.active.run, list = run.events, actor = state.pinned || list[state.active.cursor].actor;
  for (let k = state.active.cursor + by; k >= 0 && k < list.length; k += by) if (!actor || run.touched(list[k]).has(actor)) return go(k);
}

export function play(on) {
  clearInterval(state.playing);
  state.playing = on ? setInterval(() => { if (!move(1)) play(false); }, 450 / state.speed) : 0;
  text($('play'), on ? 'pause' : 'play');
  if (!on) speak();
}

// setSpeed says how fast the run is played.
export function setSpeed(n) {
  state.speed = n;
  $('speed').value = String(n);
  if (state.playing) play(true);
}

// faster goes to the next speed that the bar offers, or the one before.
export function faster(by) {
  const list = [...$('speed').options].map(o => Number(o.value)), k = list.indexOf(state.speed) + by;
  if (k in list) setSpeed(list[k]);
  announce(`Speed ${state.speed}.`);
}

export function setLed(on) {
  state.led = on;
  $('past').setAttribute('aria-pressed', String(on));
  refresh(true);
  remember();
  announce(on ? 'Events that cannot have influenced this one are faded.' : 'All events are shown.');
}
