// What a pointer means: the nearest arrow or event, by distance.

import { state } from './state.js';

const REACH = 9; // in pixels, of the pointer; DOT of an event's point
const DOT = 8;

// far is how far a point is from the corners of a line.
function far(x, y, path) {
  let least = Infinity;
  for (let k = 1; k < path.length; k++) {
    const [x1, y1] = path[k - 1], [x2, y2] = path[k], dx = x2 - x1, dy = y2 - y1;
    const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(x - x1 - along * dx, y - y1 - along * dy));
  }
  return least;
}

// nearest is what a pointer over a diagram means: {i, name} of an event, with the arrow
// of a message if that is nearest. A message leads to its arrival, or to its sending if
// the pointer is nearer to that or it never arrives. If nothing is near, it is the room
// between two actors, which means the link between them. null: it is none of these.
export function nearest(pane, event) {
  const box = pane.sheet.getBoundingClientRect(), l = pane.layout;
  const x = event.clientX - box.left, y = event.clientY - box.top;
  const reach = event.pointerType === 'touch' ? 2 * REACH : REACH;
  let best = null, least = reach;
  for (const i of l.events(y - 60, y + 20, x - 40, x + 40)) {
    const e = pane.run.events[i], d = e.actor ? Math.hypot(x - l.x(e.actor), y - l.y[i]) : Math.abs(y - l.y[i]);
    if (d <= (e.actor ? DOT : 4) && d < least) { least = d; best = { i, name: 'e' + i, dot: true }; }
  }
  if (best) return best;
  const label = event.target.closest('.e');
  if (label) return { i: Number(label.dataset.i), name: 'e' + label.dataset.i };
  for (const a of l.arrows(y - reach, y + reach, x - reach, x + reach)) {
    const path = l.path(a), d = far(x, y, path);
    if (d >= least) continue;
    least = d;
    const end = path[path.length - 1], late = Math.hypot(x - end[0], y - end[1]) <= Math.hypot(x - path[0][0], y - path[0][1]);
    const i = a.end >= 0 && a.fate !== 'lost' && (late || a.sent < 0) ? a.end : Math.max(0, a.sent);
    best = { i, name: 'a' + a.id, arrow: a };
  }
  if (best || !state.picked) return best;
  const left = Math.floor((x - l.x(1)) / l.step) + 1;
  return left >= 1 && left < pane.run.actors && Math.min(x - l.x(left), l.x(left + 1) - x) > 2 * REACH ? { between: [left, left + 1], name: '' } : null;
}
