// Lessons: each has a question, a thing to do, and what one should have seen.

import { $, html, text, mark } from './tools.js';
import { state } from './state.js';
import { ask } from './engine.js';
import { go } from './place.js';
import { boardSays } from './board.js';
import { attempt, open, renew, say, session, together } from './session.js';

const lessons = { list: [], at: -1, bug: null, kinds: new Set(), acts: 0, done: false };

export function fillLessons(list) {
  lessons.list = list;
  $('lessons').hidden = !list.length;
  $('lesson-list').replaceChildren(...list.map((l, n) => html('li', {}, html('button', { onclick: () => { $('contents').close(); startLesson(n); } }, l.name), html('span', { class: 'quiet' }, ' ' + l.question), l.mutants ? html('div', {}, html('label', {}, 'the bug: ', html('select', { id: 'bug' }, html('option', { value: '' }, 'one whose name is hidden'), ...l.mutants.map(m => html('option', { value: m.name }, m.name))))) : '')));
  $('lesson-close').addEventListener('click', () => { lessons.at = -1; drawLesson(); });
  $('lesson-next').addEventListener('click', () => { if (lessons.at + 1 < list.length) startLesson(lessons.at + 1); else { lessons.at = -1; drawLesson(); } });
  $('lesson-seen').addEventListener('click', () => { lessons.done = true; drawLesson(); });
  $('lesson-again').addEventListener('click', () => startLesson(lessons.at));
  $('lesson-hint').addEventListener('click', () => say(lessons.list[lessons.at].hint));
}

function startLesson(n) {
  Object.assign(lessons, { at: n, kinds: new Set(), acts: 0, done: false, bug: bugOf(lessons.list[n]) });
  return attempt(async () => {
    await open({ ...lessons.list[n].opens, ...(lessons.bug && { mutant: lessons.bug.name }) });
    $('guide').hidden = !!lessons.bug && lessons.bug.hidden; // it would tell the name
    await prepare(lessons.list[n].takes || []);
    drawLesson();
    $('lesson').focus();
  });
}

// bugOf is the bug that a lesson opens with: the one that is chosen, or any.
function bugOf(l) {
  if (!l.mutants) return null;
  const name = $('bug').value, known = l.mutants.find(m => m.name === name);
  return known || { ...l.mutants[Math.floor(Math.random() * l.mutants.length)], hidden: true };
}

// verdict says which bug it was, and how the reader did.
function verdict() {
  const bug = lessons.bug, pane = state.active, about = session.library.mutants.find(m => m.name === bug.name), took = pane.standing.broke_at - pane.run.actors;
  return ` It is ${bug.name}: ${about ? about.doc : ''}. You took ${took} events; the shortest story known has ${bug.par}.`;
}

// prepare takes the events with which a lesson begins.
async function prepare(takes) {
  const pane = state.active;
  let at = pane.run.actors, reply = null; // all have started
  for (const take of takes) {
    reply = await ask({ do: 'act', run: pane.number, at, act: { take } });
    at = reply.event;
    pane.data = together(pane.data, reply.page);
  }
  if (reply) renew(pane, { ...reply, page: { ...pane.data, keep: { events: 0, texts: 0, deeds: 0 } } }, at);
  else if (pane.run.searched) go(pane.run.at(at), true);
}

// counted notes an act that is about to be done.
export function counted() { lessons.acts++; }

// did notes what the reader has done.
export function did(kind) {
  lessons.kinds.add(kind);
  check();
}

// hasBroken says whether an invariant is broken where the reader is. In a searched run
// what follows is only what would come if he took nothing more.
function hasBroken(p, invariant) {
  const e = p.run.events[p.cursor];
  return p.standing.broke === invariant && (!p.run.searched || e && e.number >= p.standing.broke_at);
}

// check looks whether the lesson is done: all that it names must be so.
export function check() {
  const l = lessons.list[lessons.at];
  if (!l || lessons.done) return;
  const { outcome, broke, acts, kind, at_end: end, gives_up: free } = l.done, pane = state.active;
  if (free) return drawLesson();
  if (!outcome && !broke && !acts && !kind && !end) return;
  const is = state.panes.some(p => (!outcome || p.standing.outcome === outcome) && (!broke || hasBroken(p, broke)) && (!acts || lessons.acts >= acts));
  if (!is || kind && !lessons.kinds.has(kind) || end && pane.cursor < pane.run.events.length - 1) return;
  lessons.done = true;
  drawLesson();
}

function drawLesson() {
  const l = lessons.list[lessons.at];
  $('lesson').hidden = !l;
  if (!l || lessons.done) $('guide').hidden = false;
  for (const p of state.panes) p.later();
  if (!l) return;
  text($('lesson-name'), `Lesson ${lessons.at + 1} of ${lessons.list.length}: ${l.name}`);
  text($('lesson-question'), l.question + (lessons.bug && !lessons.bug.hidden ? ` The bug is ${lessons.bug.name}.` : ''));
  text($('lesson-do'), l.do);
  const counts = l.par ? ` You took ${lessons.acts === 1 ? '1 act' : lessons.acts + ' acts'}; ${l.par} are enough.` : '';
  const board = l.tells === 'safe' && lessons.done ? boardSays(state.active) : '';
  text($('lesson-told'), lessons.done ? [board, l.seen + counts + (lessons.bug ? verdict() : '')].filter(Boolean).join(' ') : '');
  mark($('lesson'), 'done', lessons.done);
  const free = l.done.gives_up && lessons.acts >= (l.done.acts || 0);
  $('lesson-seen').hidden = lessons.done || !free;
  $('lesson-next').hidden = !lessons.done;
  $('lesson-hint').hidden = lessons.done || !l.hint;
  text($('lesson-next'), lessons.at + 1 < lessons.list.length ? 'next lesson' : 'finish');
}
