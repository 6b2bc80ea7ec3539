// The page of paxsim view. It reads the runs from the JSON in the page, lays
// them out, and draws of each diagram only what can be seen.

import { $ } from './tools.js';
import { state } from './state.js';
import { Run } from './run.js';
import { recall } from './address.js';
import { Pane } from './diagram.js';
import { guide } from './guide.js';
import { go } from './place.js';
import { wire, refill } from './controls.js';

function begin() {
  const data = JSON.parse($('data').textContent);
  state.difference = data.difference;
  state.panes = data.runs.map((run, n) => new Pane(new Run(run, data.runs.length > 1 ? 'AB'[n] : '', data.whats), n));
  state.active = state.panes[0];
  for (const p of state.panes) $('panes').append(p.root);
  refill();
  wire();
  if (innerWidth < 700) for (const story of document.querySelectorAll('.story')) story.open = false; // there is no room for both
  for (const p of state.panes) p.lay();
  let closed = false;
  try { closed = localStorage.getItem('paxsim-guide') === 'closed'; } catch { /* as if for the first time */ }
  if (!recall()) {
    const v = state.active.run.violation;
    if (state.panes.length > 1 && state.difference && state.difference.a) go(state.active.run.at(state.difference.a), true);
    else if (!closed && state.active.run.captions.length) guide(true);
    else go(v ? state.active.run.at(v.event) : 0, true);
  }
  for (const p of state.panes) p.later();
}

begin();
