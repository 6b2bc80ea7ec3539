// The page of paxsim play: the page of view with an engine behind it.

import { $, html, text } from './tools.js';
import { state } from './state.js';
import { recall } from './address.js';
import { move } from './place.js';
import { wire } from './controls.js';
import { KEYS } from './keys.js';
import { ask, startEngine, stop } from './engine.js';
import { session, open, show, attempt, say } from './session.js';
import { wireMenu } from './menu.js';
import { act, undo, picked, menuHere, stepOn } from './acts.js';
import { watch, soon } from './moment.js';
import { fork, drawFork } from './futures.js';
import { share, saveFile, linked, textOf } from './share.js';
import { fillOpener, showOpener } from './open.js';
import { fillLessons, check } from './lessons.js';

// runIn is the run that an address holds; '': none.
const runIn = hash => new URLSearchParams(hash.slice(1)).get('run') || '';

// openLink opens the run of the address.
async function openLink(word) {
  let file;
  try { file = await textOf(word); } catch { say('The link is damaged: it holds no run.', true); return null; }
  state.link = word;
  return attempt(() => open({ file }));
}

// drawHead tells how the chosen run stands.
function drawHead() {
  const pane = state.active;
  if (!pane) return;
  const s = pane.standing;
  const e = pane.run.events[pane.cursor], ahead = pane.run.searched && e && e.number < s.events;
  document.querySelector('h1').textContent = s.name;
  text($('outcome'), `${ahead ? 'if you take nothing more: ' : ''}${s.outcome}${s.broke ? `: ${s.broke}` : ''}`);
  $('outcome').className = s.broke && !ahead ? 'bad' : 'quiet';
  document.body.classList.toggle('ahead', !!ahead);
  $('undo').disabled = !s.undos;
  $('undo').title = `take the last act back (u); ${s.undos} can be`;
  drawFork();
}

// turn shows the state on a phone, or the diagram again: they are two pages side by side.
function turn() {
  const main = document.querySelector('main');
  main.scrollTo({ left: main.scrollLeft > innerWidth / 2 ? 0 : innerWidth });
}

// more shows the other controls on a phone.
function more() { $('bar-more').setAttribute('aria-pressed', String(document.body.classList.toggle('more'))); }

// fillPanel puts the lists of acts into the panel, above the event.
function fillPanel() {
  const part = (id, head) => html('section', { id, 'aria-labelledby': id + '-head' }, html('h2', { id: id + '-head' }, head), html('div', { id: id + '-body' }));
  $('panel').prepend(part('acts', 'What you can do here'), part('next-events', ''), part('chosen', ''));
  $('next-events-head').id = 'next-head';
  $('next-events-body').id = 'next-body';
  $('next-events').setAttribute('aria-labelledby', 'next-head');
}

// starting says what the page waits for before its first run is there; '': for nothing.
function starting(s, bad) {
  text($('starting'), s);
  $('starting').hidden = !s;
  $('starting').className = bad ? 'bad' : '';
}

let readyAt = 0; // when the first run is there

async function beginPlay() {
  const data = JSON.parse($('data').textContent);
  session.path = data.path;
  document.body.classList.add('play');
  document.body.append($('actbar'));
  fillPanel();
  wireMenu();
  KEYS.push(['enter', 'what can be done about this event: a menu', ['Enter', 'a'], menuHere], ['u', 'take the last act back', ['u'], undo], ['o', 'open a run', ['o'], showOpener], ['y', 'fork, or keep the chosen one of two', ['y'], fork], ['s', 'a link to this run', ['s'], share]);
  for (const [id, does] of Object.entries({ 'open-run': showOpener, undo, fork, share, 'save-file': saveFile, lessons: () => $('contents').showModal(), stop,
    'bar-act': menuHere, 'bar-undo': undo, 'bar-back': () => move(-1), 'bar-next': stepOn, 'bar-state': turn, 'bar-more': more })) $(id).addEventListener('click', does);
  state.watchers.push(watch, check, drawHead);
  state.picked = picked;
  state.soon = soon;
  session.heard.push(kept => { if (kept) linked(); drawHead(); check(); });
  starting('Starting the engine…');
  try { await startEngine(data.path); session.library = (await ask({ do: 'library' })).library; }
  catch (wrong) { return starting(`The engine does not start: ${wrong.message}`, true); }
  document.body.classList.add('able');
  fillOpener();
  fillLessons(data.lessons);
  wire();
  addEventListener('hashchange', () => { const word = runIn(location.hash); if (word && word !== state.link) openLink(word).then(recall); });
  const hash = location.hash, word = runIn(hash);
  const opened = word ? await openLink(word) : null;
  starting('Opening the run…');
  if (!opened && !await attempt(() => open(data.opens || { scenario: session.library.first }))) {
    starting(`The run does not open: ${$('toast').textContent}`, true);
    session.heard.push(begun);
    return showOpener();
  }
  if (opened && word || !word && hash) { history.replaceState(null, '', hash); recall(); }
  begun();
}

// begun shows the page once it has a run.
function begun() {
  if (readyAt) return;
  starting('');
  document.body.classList.add('ready');
  readyAt = performance.now();
}

beginPlay();

// For tests.
Object.assign(window.paxsim, { digest: () => state.active.standing.digest, standing: () => state.active.standing, session: () => session, panes: () => state.panes.length, ask, stop, open, show, undo, act: deed => act(state.active, deed, deed.kind), link: () => state.link, saved: () => (state.active.saved || {}).digest, readyAt: () => readyAt });
