// The moment: how all stands after the chosen event, what may happen next, and what can
// be done there. It is asked for once the steps come to rest.

import { $, html, become, text, plural } from './tools.js';
import { state } from './state.js';
import { go } from './place.js';
import { ask } from './engine.js';
import { act, item, sorted } from './acts.js';
import { openMenu } from './menu.js';

// look asks for a moment.
export async function look(pane, request) {
  const e = pane.run.events[pane.cursor];
  return (await ask({ do: 'moment', run: pane.number, at: e ? e.number : 0, ...request })).moment;
}

let waiting = 0;

// watch asks for the moment of the chosen event, if it is another one.
export function watch() {
  clearTimeout(waiting);
  for (const p of state.panes) if (p.moment && p.lookedAt !== placeOf(p)) p.moment = null;
  drawMoment();
  if (state.active && !state.active.moment && !state.playing) waiting = setTimeout(fresh, 60);
}

const placeOf = pane => `${pane.number} ${pane.standing.digest} ${(pane.run.events[pane.cursor] || {}).number}`;

async function fresh() {
  const pane = state.active, place = placeOf(pane);
  let got;
  try { got = await look(pane, {}); } catch { return; } // whoever acts is told
  if (place !== placeOf(pane)) return;
  Object.assign(pane, { moment: got, lookedAt: place });
  pane.nextSent = new Set(got.next.filter(n => n.sent).map(n => `${n.sent} ${n.peer} ${n.actor}`));
  if (pane === state.active) drawMoment();
  pane.later();
}

// soon says whether an arrow is a message that may arrive next.
export function soon(pane, a) {
  return !!pane.moment && a.sent >= 0 && pane.nextSent.has(`${pane.run.events[a.sent].number} ${a.from} ${a.to}`) && (a.end < 0 || a.end > pane.cursor);
}

const LISTED = 8; // acts that are listed; the menu has the rest

// drawMoment fills the two lists of the panel.
function drawMoment() {
  const pane = state.active, m = pane && pane.moment;
  if (!pane) return;
  $('acts-body').classList.toggle('stale', !m);
  if (!m) return;
  const acts = sorted(m.acts), shown = acts.slice(0, LISTED);
  const button = it => html('button', { class: it.chosen ? 'chosen' : false, onclick: event => it.range ? openMenu(it.text, [it], event.clientX, event.clientY) : it.does() },
    html('span', {}, it.text + (it.range ? ' …' : '')), html('small', {}, it.name));
  const list = shown.map(a => html('li', {}, button(item(pane, a))));
  if (acts.length > LISTED) list.push(html('li', {}, html('button', { onclick: event => openMenu(`At event ${m.at}`, acts.map(a => item(pane, a)), event.clientX || 60, event.clientY || 60) }, `${acts.length - LISTED} more …`)));
  become($('acts-body'), ...(list.length ? [html('ul', { class: 'acts' }, ...list)] : [html('p', { class: 'quiet' }, 'Nothing can be done about this event. Choose one at which a message is sent or arrives.')]));
  text($('next-head'), m.over ? 'The run ends here' : pane.run.searched ? 'What may happen next: take one' : 'What comes next');
  const rows = m.next.map(n => html('li', {},
    n.takes ? html('button', { onclick: () => act(pane, { take: n.name }, 'take') }, html('span', {}, n.text), html('small', {}, n.name)) : html('span', {}, n.time ? html('span', { class: 'quiet' }, n.time + ' ') : '', n.text),
    n.held ? html('span', { class: 'quiet' }, ` held back until ${n.held}`) : ''));
  if (m.more) rows.push(html('li', { class: 'quiet' }, `and ${m.more} more`));
  become($('next-body'), html('ul', { class: m.next.some(n => n.takes) ? 'acts' : false }, ...rows));
  drawChosen(pane);
}

// drawChosen lists what the reader has chosen in this run.
function drawChosen(pane) {
  const list = pane.standing.chosen || [];
  $('chosen').hidden = !list.length;
  text($('chosen-head'), `What you have chosen: ${plural(list.length, 'answer')}`);
  become($('chosen-body'), html('ul', {}, ...list.map(c => html('li', {}, c.text, ' ', c.name === c.text ? '' : html('small', {}, c.name), c.event ? html('span', {}, ' at ', html('button', { class: 'link', onclick: () => go(pane.run.at(c.event)) }, `event ${c.event}`)) : html('span', { class: 'quiet' }, ' (the run does not ask for it now)')))));
}
