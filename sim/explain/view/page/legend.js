// The legend: what the signs of the diagram mean.

import { $, html, svg } from './tools.js';
import { state } from './state.js';
import { STAR, CROSS, kindSign } from './diagram.js';

const at = (d, c) => svg('path', { class: c, transform: 'translate(20 9)', d });
const sign = (picture, s) => html('li', {}, svg('svg', { width: 40, height: 18, class: 'sheet', 'aria-hidden': 'true' }, picture), s);

// SIGNS are those beside the kinds of messages: what a run must have so that the sign
// is in it, the picture, and what it means.
const SIGNS = [
  ['cross', () => at(CROSS, 'x'), 'lost; not received; a crash'],
  ['save', () => svg('g', { class: 'e' }, svg('rect', { class: 'p', x: 16, y: 5, width: 7, height: 7 })), 'saved to disk'],
  ['decide', () => svg('g', { class: 'e' }, at(STAR, 'star')), 'decides'],
  ['spoken', () => svg('g', { class: 'e' }, svg('circle', { class: 'spoken', cx: 20, cy: 9, r: 7 })), 'a broken invariant speaks of it'],
  ['crash', () => svg('rect', { class: 'down', x: 12, y: 1, width: 16, height: 16 }), 'down'],
  ['pause', () => svg('rect', { class: 'pause', x: 12, y: 1, width: 16, height: 16 }), 'paused'],
  ['cut', () => svg('rect', { class: 'cut', x: 2, y: 1, width: 36, height: 16 }), 'the network is cut or clogged'],
  ['flying', () => svg('g', { class: 'm k5 flying' }, svg('path', { d: 'M2 4L30 14' })), 'still on its way at the end'],
];

// signs lists the kinds of messages of a run, and the signs of which is says so.
export function signs(run, is) {
  const used = new Set(run.arrows.map(a => a.kind));
  return [...run.messages.map((m, k) => [m, k]).filter(([m, k]) => m && used.has(k)).map(([m, k]) => sign(svg('g', { class: `m k${kindSign(run, k)}` }, svg('path', { d: 'M2 9H32' }), svg('path', { class: 'a', d: 'M39 9l-9 -4v8Z' })), m)),
    ...SIGNS.filter(s => is(s[0])).map(([, picture, s]) => sign(picture(), s))];
}

// fillLegend shows those that the runs have.
export function fillLegend() {
  const have = new Set();
  for (const { run } of state.panes) {
    if (run.spoken.length) have.add('spoken');
    for (const a of run.arrows) have.add(a.fate === 'lost' || a.fate === 'refused' ? 'cross' : a.fate);
    for (const e of run.events) for (const f of e.effects) {
      have.add(f.what);
      if (f.what === 'crash') have.add('cross');
    }
    if (run.events.some(e => e.what === 'fault' || e.effects.some(f => f.what === 'strike')) && run.faults.some(f => f[0] === 'cut' || f[0] === 'clog')) have.add('cut');
  }
  const most = state.panes.reduce((a, b) => a.run.arrows.length >= b.run.arrows.length ? a : b).run;
  $('legend').replaceChildren(...signs(most, s => have.has(s)));
}
