// What is told to screen-reader users.

import { $ } from './tools.js';
import { state } from './state.js';

export function announce(s) { $('live').textContent = s; }
export function speak() {
  const run = state.active.run, e = run.events[state.active.cursor];
  if (!e || state.playing) return;
  const told = run.tell(e);
  announce(`${[`Event ${e.number}`, run.when(e), e.actor && `actor ${e.actor}`].filter(Boolean).join(', ')}: ${[told.head, ...told.rest].join('; ')}.${state.guiding && state.captionAt >= 0 ? ' ' + run.captions[state.captionAt][1] : ''}`);
}
