// The guide.

import { $, counts, text, mark, first } from './tools.js';
import { state } from './state.js';
import { announce } from './voice.js';
import { remember } from './address.js';
import { go } from './place.js';

// A caption belongs to its event. Whoever leaves that sees another caption, or
// none and where the next one is.

// setCaption goes to a caption and its event.
export function setCaption(n) {
  const list = state.active.run.captions;
  if (n < 0 || n >= list.length) return guide(false);
  state.captionAt = n;
  go(state.active.run.at(list[n][0]), true);
  remember();
  announce(list[n][1]);
}

// beside is the nearest caption before the chosen event, or behind it.
export function beside(by) {
  const run = state.active.run, list = run.captions;
  if (state.captionAt >= 0) return state.captionAt + by;
  const n = first(list.length, k => run.at(list[k][0]) > state.active.cursor);
  return by > 0 ? n : n - 1;
}

export function drawCaption() {
  const run = state.active.run, list = run.captions, is = n => n in list && run.at(list[n][0]) === state.active.cursor;
  if (!is(state.captionAt)) state.captionAt = list.findIndex((_, n) => is(n));
  const hide = !state.guiding || !list.length;
  if ($('caption').hidden !== hide) { $('caption').hidden = hide; counts.touched++; }
  if (hide) return;
  const before = beside(-1), after = beside(1);
  text($('caption-text'), state.captionAt >= 0 ? list[state.captionAt][1] : 'The guide says nothing about this event. ' +
    (after < list.length ? `It goes on at event ${list[after][0].toLocaleString('en')}.` : `It ended at event ${list[before][0].toLocaleString('en')}.`));
  mark($('caption'), 'quiet', state.captionAt < 0);
  text($('caption-count'), state.captionAt >= 0 ? `${state.captionAt + 1} of ${list.length}` : '');
  $('caption-back').disabled = before < 0;
  text($('caption-next'), after < list.length ? 'next' : 'finish');
}

export function guide(on) {
  if (!state.active.run.captions.length) return announce('This run has no captions.');
  state.guiding = on;
  if (on) setCaption(0);
  else { drawCaption(); try { localStorage.setItem('paxsim-guide', 'closed'); } catch { /* a page from a file may not keep anything */ } }
  for (const p of state.panes) p.later();
}
