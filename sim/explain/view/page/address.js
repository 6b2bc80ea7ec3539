// The address of the page names the event.

import { state } from './state.js';
import { setTheme } from './theme.js';
import { go } from './place.js';

// remember puts the event into the address, once the steps come to rest:
// browsers slow down pages that change their address all the time.
let remembering = 0;
export function remember() {
  clearTimeout(remembering);
  remembering = setTimeout(() => {
    const e = state.active.run.events[state.active.cursor];
    if (e) history.replaceState(null, '', `#e=${e.number}` + (state.active.n ? '&run=B' : ''));
  }, 150);
}

// recall reads it from there.
export function recall() {
  const words = new URLSearchParams(location.hash.slice(1));
  if (words.get('theme')) setTheme(words.get('theme'));
  if (words.get('run') === 'B' && state.panes[1]) state.active = state.panes[1];
  if (!/^\d+$/.test(words.get('e') || '')) return false;
  go(state.active.run.at(Number(words.get('e'))));
  return true;
}
