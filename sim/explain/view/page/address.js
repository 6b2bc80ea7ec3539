// The address of the page names the event, and what is shown of the run.

import { $ } from './tools.js';
import { state } from './state.js';
import { setTheme } from './theme.js';
import { go, setLed } from './place.js';

// remember puts them into the address, once the steps come to rest: browsers slow
// down pages that change their address all the time.
let remembering = 0;
export function remember() {
  clearTimeout(remembering);
  remembering = setTimeout(() => history.replaceState(null, '', '#' + placed()), 150);
}

// placed is the place as words of an address.
function placed() {
  const run = state.active.run, e = run.events[state.active.cursor], words = new URLSearchParams();
  if (e) words.set('e', e.number);
  if (state.active.n) words.set('side', 'B');
  if (state.pinned) words.set('actor', state.pinned);
  if (state.led) words.set('past', 1);
  for (const [name, value] of Object.entries(state.only)) if (value) words.set('by-' + name, name === 'kind' && run.messages[value] || value);
  const theme = document.documentElement.dataset.theme;
  if (theme) words.set('theme', theme);
  return words.toString() + (state.link ? '&run=' + state.link : '');
}

// recall reads it from there, and says whether it names an event.
export function recall() {
  const words = new URLSearchParams(location.hash.slice(1)), number = /^\d+$/;
  if (words.get('theme')) setTheme(words.get('theme'));
  if (words.get('side') === 'B' && state.panes[1]) state.active = state.panes[1];
  const run = state.active.run;
  for (const name in state.only) {
    let value = words.get('by-' + name) || '';
    if (name === 'kind' && run.messages.includes(value)) value = String(run.messages.indexOf(value));
    const field = $('by-' + name);
    field.value = value;
    state.only[name] = field.value === value ? value : field.value = '';
  }
  const actor = words.get('actor') || '';
  state.pinned = number.test(actor) && Number(actor) <= run.actors ? Number(actor) : 0;
  if (state.led !== words.has('past')) setLed(words.has('past'));
  if (!number.test(words.get('e') || '')) return false;
  go(run.at(Number(words.get('e'))));
  return true;
}
