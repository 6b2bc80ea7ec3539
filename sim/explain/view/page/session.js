// The session: the runs that are open, and their diagrams. Replies tell only what is
// new; here it is put together.

import { $, counts } from './tools.js';
import { state } from './state.js';
import { Run } from './run.js';
import { Pane } from './diagram.js';
import { go } from './place.js';
import { announce } from './voice.js';
import { drawMarks } from './bar.js';
import { refill } from './controls.js';
import { ask, Broken, startEngine } from './engine.js';

export const session = {
  library: null, // what can be opened
  whats: {},
  path: '',      // how the engine is reached
  heard: [],     // functions that are called when a run has changed
  opened: null,  // the request that opened the first run
};

// together is the data of a run after a change: what is kept, and what is new.
export function together(old, page) {
  const { keep, about, events } = page;
  if (!old || !keep.events && !keep.texts) return page;
  return {
    about: { ...about, texts: old.about.texts.slice(0, keep.texts).concat(about.texts), deeds: old.about.deeds.slice(0, 6 * keep.deeds).concat(about.deeds) },
    events: old.events.slice(0, keep.events).concat(events),
  };
}

// letters names the runs, if there are two, and gives them to their diagrams.
function letters() {
  state.panes.forEach((p, n) => {
    p.n = n;
    p.take(new Run(p.data, state.panes.length > 1 ? 'AB'[n] : '', session.whats));
  });
}

// show draws the runs anew.
export function show() {
  letters();
  counts.touched = 0;
  for (const p of state.panes) p.lay();
  refill();
  drawMarks(state.active.run);
  go(state.active.cursor, true);
  for (const heard of session.heard) heard();
}

// enter puts a run that was opened into a diagram of its own.
export function enter(reply, data, after) {
  const run = new Run(data, '', session.whats), pane = new Pane(run, state.panes.length);
  Object.assign(pane, { data, number: reply.state.run, standing: reply.state, file: '' });
  if (after) state.panes.splice(state.panes.indexOf(after) + 1, 0, pane); else state.panes.push(pane);
  if (after) after.root.after(pane.root); else $('panes').append(pane.root);
  return pane;
}

// leave takes a diagram away, and forgets its run.
export function leave(pane) {
  state.panes = state.panes.filter(p => p !== pane);
  pane.root.remove();
  if (state.active === pane) state.active = state.panes[0] || null;
  return ask({ do: 'close', run: pane.number }).catch(() => {});
}

// open opens a run in the place of all that are there. at is the event that is shown,
// 0: the first; the last, if it is not given.
export async function open(request, at) {
  const reply = await ask({ do: 'open', ...request });
  session.whats = reply.whats;
  session.opened = request;
  const before = state.panes;
  state.panes = [];
  state.difference = null;
  state.pinned = 0;
  for (const name in state.only) state.only[name] = '';
  for (const p of before) { p.root.remove(); ask({ do: 'close', run: p.number }).catch(() => {}); }
  const pane = state.active = enter(reply, reply.page);
  pane.cursor = at === undefined ? 0 : pane.run.at(at);
  show();
  keep(pane).catch(() => {});
  return reply;
}

// renew takes the reply to what changed a run.
export function renew(pane, reply, at) {
  pane.data = together(pane.data, reply.page);
  pane.standing = reply.state;
  letters();
  if (at) pane.cursor = pane.run.at(at);
  else pane.cursor = Math.min(pane.cursor, pane.run.events.length - 1);
  show();
  keep(pane).catch(() => {}); // it comes behind: nobody waits for it
}

// keep keeps the run file of a run: for the link, and for an engine that breaks.
export async function keep(pane) {
  pane.saved = (await ask({ do: 'save', run: pane.number })).saved;
  for (const heard of session.heard) heard(true);
}

// attempt does what asks the engine, and tells what goes wrong. An engine that broke is
// started anew, and the runs are opened from what was kept of them.
export async function attempt(what) {
  document.body.classList.add('busy');
  try { return await what(); }
  catch (wrong) {
    say(wrong.message, true);
    if (wrong instanceof Broken) await revive();
    else if (!wrong.mistakes) throw wrong;
    return null;
  } finally { document.body.classList.remove('busy'); }
}

async function revive() {
  try { await startEngine(session.path); } catch (wrong) { return say(`The engine does not start: ${wrong.message}`, true); }
  for (const pane of state.panes) {
    if (!pane.saved) continue;
    try {
      const reply = await ask({ do: 'open', file: pane.saved.text });
      Object.assign(pane, { number: reply.state.run, standing: reply.state, data: reply.page });
    } catch (wrong) { say(wrong.message, true); }
  }
  if (state.panes.length) show();
}

// say tells something for a while, and to screen-reader users.
let saying = 0;
export function say(s, bad) {
  const toast = $('toast');
  toast.textContent = s;
  toast.className = bad ? 'bad' : '';
  toast.hidden = false;
  announce(s);
  clearTimeout(saying);
  saying = setTimeout(() => { toast.hidden = true; }, bad ? 9000 : 5000);
}
