// The bar: the slider, and what is marked below it.

import { $, counts, svg, text } from './tools.js';
import { state } from './state.js';
import { isDecision, isViolation } from './filters.js';

export function drawBar() {
  const run = state.active.run, e = run.events[state.active.cursor], last = run.events[run.events.length - 1], s = $('scrub');
  if (!e) return;
  if (s.max !== String(run.events.length - 1)) s.max = run.events.length - 1;
  if (s.value !== String(state.active.cursor)) { s.value = state.active.cursor; counts.touched++; }
  s.setAttribute('aria-valuetext', [`event ${e.number}`, run.when(e)].filter(Boolean).join(', '));
  text($('where'), [`event ${e.number.toLocaleString('en')} of ${last.number.toLocaleString('en')}`, run.when(e)].filter(Boolean).join(' · '));
  $('first').disabled = $('back').disabled = state.active.cursor === 0;
  $('last').disabled = $('next').disabled = state.active.cursor === run.events.length - 1;
  if ($('marks').dataset.run !== run.letter + '!') drawMarks(run);
}

// drawMarks shows on the scrubber where something happened: decisions as
// triangles, crashes and faults as bars, the violation as a cross, the events that it
// speaks of as rings.
export function drawMarks(run) {
  const n = Math.max(1, run.events.length - 1), m = $('marks'), seen = new Set(), out = [];
  m.dataset.run = run.letter + '!';
  const width = Math.max(100, m.clientWidth);
  m.setAttribute('viewBox', `0 0 ${width} 9`);
  for (const e of run.events) {
    const x = 8 + Math.round(e.i / n * (width - 16)), v = isViolation(e), d = isDecision(e), s = run.spoken.includes(e.number);
    const bad = ['fault', 'heal'].includes(e.what) || e.effects.some(f => f.what === 'crash' || f.what === 'strike');
    if (s) out.push(svg('circle', { class: 'spoken', cx: x, cy: 4.5, r: 3.5 }));
    if (!v && !d && !bad || seen.has(x >> 2) && !v || out.length > 150) continue;
    seen.add(x >> 2);
    out.push(v ? svg('path', { class: 'x', d: `M${x - 5} 0l10 9m0 -9l-10 9` }) : d ? svg('path', { fill: 'var(--good)', d: `M${x} 0l5 8h-10Z` }) : svg('path', { stroke: 'var(--bad)', 'stroke-width': 3, d: `M${x} 1v7` }));
  }
  m.replaceChildren(...out);
}
