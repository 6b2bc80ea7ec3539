// Acts: what the reader does to a run. The engine says what is possible at a place; an
// act is sent back to it.

import { $, capital } from './tools.js';
import { state } from './state.js';
import { go, pin, move } from './place.js';
import { ask } from './engine.js';
import { openMenu, closedBy } from './menu.js';
import { attempt, renew, say } from './session.js';
import { parting } from './futures.js';
import { look } from './moment.js';
import { did, counted } from './lessons.js';

const numberAt = pane => (pane.run.events[pane.cursor] || { number: 0 }).number;

// act does one thing to the run of a diagram.
export function act(pane, deed, kind, ticks) {
  return attempt(async () => {
    const reply = await ask({ do: 'act', run: pane.number, at: numberAt(pane), act: deed, ...(ticks && { ticks }) });
    counted();
    renew(pane, reply, reply.event);
    await parting();
    say(capital(reply.said || 'done') + '.');
    did(kind);
    return reply;
  });
}

export function undo() {
  const pane = state.active;
  if (!pane.standing.undos) return say('There is nothing to take back.');
  return attempt(async () => {
    const reply = await ask({ do: 'undo', run: pane.number });
    renew(pane, reply, reply.event);
    await parting();
    say(capital(reply.said || 'the last act is taken back') + '.');
    did('undo');
  });
}

// item is an act as a line of a menu or a list.
export function item(pane, a) {
  const about = { text: a.text, name: a.name || a.take || a.edit || '', chosen: a.chosen };
  const deed = n => a.edit ? { edit: a.edit } : a.take ? { take: a.take } : { name: a.name, answer: a.answer, ...n };
  if (a.range) return { ...about, range: a.range, value: a.answer, does: n => act(pane, deed({ answer: n }), a.kind) };
  if (a.for) return { ...about, range: a.for, value: a.edit ? 0 : a.for.least, open: !!a.edit, does: n => act(pane, deed(), a.kind, n) };
  return { ...about, does: () => act(pane, deed(), a.kind) };
}

// ORDER is which kinds of acts a list begins with.
const ORDER = ['take', 'calm', 'lose', 'delay', 'double', 'heal', 'cut', 'clog', 'pause', 'crash', 'restart', 'damage', 'forge', 'answer'];
export const sorted = acts => acts.map((a, n) => [a, n]).sort(([a, n], [b, m]) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || n - m).map(x => x[0]);

// menuOf shows what can be done about an arrow, an event or an actor. Where the reader
// is in the run stays as it was, until he goes elsewhere.
async function menuOf(pane, title, request, ways, only, x, y, last = []) {
  const got = await attempt(() => look(pane, request));
  if (!got) return;
  const acts = sorted(got.acts.filter(only));
  openMenu(title, [...ways, ...acts.map(a => item(pane, a)), ...last], x, y);
}

// menuOfArrow is about one message.
function menuOfArrow(pane, a, x, y) {
  const run = pane.run, e = run.events[a.sent >= 0 ? a.sent : a.end], ways = [], last = waysOfLink(pane, a.from, a.to, x, y);
  const next = pane.moment && pane.moment.next.find(n => n.takes && n.peer === a.from && n.actor === a.to && n.sent === run.events[a.sent]?.number);
  if (next) ways.push({ text: 'let it arrive now', name: next.name, does: () => act(pane, { take: next.name }, 'take') });
  if (a.end >= 0 && a.fate !== 'lost') last.push({ text: `go to its arrival, event ${run.events[a.end].number}`, does: () => go(a.end) });
  if (a.sent >= 0) last.push({ text: `go to its sending, event ${e.number}`, does: () => go(a.sent) });
  const effect = e.effects.findIndex(f => (f.what === 'send' && f.peer === a.to || f.what === 'broadcast') && f.kind === a.kind);
  const request = a.sent >= 0 && effect >= 0 ? { event: e.number, effect } : { event: e.number };
  return menuOf(pane, capital(run.tellArrow(a)), request, ways, b => a.sent < 0 || !b.peer || b.peer === a.to, x, y, last);
}

function menuOfEvent(pane, i, x, y) {
  const e = pane.run.events[i];
  if (!e) return;
  const ways = i === pane.cursor ? [] : [{ text: 'go there', does: () => go(i) }];
  const last = e.what === 'deliver' ? waysOfLink(pane, e.peer, e.actor, x, y) : [];
  if (e.actor) last.push({ text: `actor ${e.actor} …`, does: () => menuOfActor(pane, e.actor, x, y) });
  return menuOf(pane, `Event ${e.number}: ${pane.run.head(e)}`, { event: e.number }, ways, () => true, x, y, last);
}

function menuOfActor(pane, actor, x, y) {
  return menuOf(pane, `Actor ${actor}, after event ${numberAt(pane)}`, { actor },
    [{ text: state.pinned === actor ? 'follow the event again' : 'keep it in view', does: () => pin(actor) }, { text: 'the link to another actor …', does: () => menuOfLinks(pane, actor, x, y) }], () => true, x, y);
}

// waysOfLink are the lines of a menu about the link from one actor to another: to cut it
// where the reader is in the run, and all else.
function waysOfLink(pane, from, to, x, y) {
  if (from === to) return [];
  const cut = `cut ${from} > ${to}`, after = `after event ${numberAt(pane)}`;
  const ways = [{ text: `the link between ${from} and ${to} …`, does: () => menuOfLink(pane, from, to, x, y) }];
  const ends = (state.active.moment || { acts: [] }).acts.some(a => a.edit === 'heal ' + cut);
  if (!pane.run.searched && !ends && pane.moment && !pane.moment.over) ways.unshift({ text: `cut the link from ${from} to ${to}, ${after}`, name: cut, does: () => act(pane, { edit: cut }, 'cut') });
  return ways;
}

function menuOfLink(pane, a, b, x, y) {
  return menuOf(pane, `Between actors ${a} and ${b}, after event ${numberAt(pane)}`, { actor: a, peer: b }, [], () => true, x, y);
}

// menuOfLinks asks for the other end of a link, and then what to do to it.
function menuOfLinks(pane, actor, x, y) {
  openMenu(`Between actor ${actor} and`, Array.from({ length: pane.run.actors }, (_, k) => k + 1).filter(k => k !== actor).map(k => ({ text: `actor ${k}`,
    does: () => menuOfLink(pane, actor, k, x, y) })), x, y);
}

// picked is what a click on a diagram does: an event is chosen by its label; its point,
// an arrow, and the room between two actors open a menu.
export function picked(pane, meant, event) {
  const x = event.clientX + 6, y = event.clientY + 6;
  if (meant.actor) { menuOfActor(pane, meant.actor, x, y); return true; }
  if (meant.arrow) { menuOfArrow(pane, meant.arrow, x, y); return true; }
  if (meant.between) { if (!closedBy(event)) menuOfLink(pane, ...meant.between, x, y); return true; }
  if (meant.dot) { go(meant.i); menuOfEvent(pane, meant.i, x, y); return true; }
  return false;
}

// menuHere is the menu of the chosen event, for the keyboard and the bar of a phone.
export function menuHere() {
  const at = state.active.root.querySelector('.e.now .p, .e.now text'), box = (at || $('panel')).getBoundingClientRect();
  menuOfEvent(state.active, state.active.cursor, box.right + 4, box.bottom + 4);
}

// step goes on by an event. At the end of a searched run it takes what comes next.
export function stepOn() { if (!move(1)) say('The run ends here.'); }
