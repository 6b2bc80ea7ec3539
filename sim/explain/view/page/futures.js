// Futures: a second run beside the first, equal to it until one of them is changed.

import { $ } from './tools.js';
import { state } from './state.js';
import { choose } from './place.js';
import { ask } from './engine.js';
import { attempt, enter, leave, show, keep, say } from './session.js';
import { did } from './lessons.js';

// fork makes a second run, or closes the one that is not chosen.
export function fork() {
  if (state.panes.length > 1) return unfork();
  const pane = state.active;
  return attempt(async () => {
    const reply = await ask({ do: 'fork', run: pane.number });
    const other = enter({ ...reply, state: reply.state }, pane.data, pane);
    other.cursor = pane.cursor;
    state.difference = null;
    show();
    choose(1);
    keep(other).catch(() => {});
    say('Two futures, A and B. They are equal until you change one.');
    did('fork');
  });
}

function unfork() {
  return attempt(async () => {
    await leave(state.panes.find(p => p !== state.active));
    state.active = state.panes[0];
    state.difference = null;
    show();
    say('One run again.');
  });
}

// parting asks where two runs part, after one was changed.
export async function parting() {
  if (state.panes.length < 2) return;
  const [a, b] = state.panes, at = (await ask({ do: 'parting', run: a.number, other: b.number })).parting;
  state.difference = at && (at.a || at.b) ? { ...at, why: at.why || [] } : null;
  show();
}

export function drawFork() { $('fork').textContent = state.panes.length > 1 ? 'keep this one' : 'fork'; }
