// Opening: a scenario of the library or one that the reader writes, with a bug if he
// wants one; and seeds to pick from.

import { $, html, text } from './tools.js';
import { state } from './state.js';
import { ask } from './engine.js';
import { attempt, open, session, say } from './session.js';

const chosen = () => session.library.scenarios.find(s => s.name === $('scenario').value);

// fillOpener makes the lists of what there is.
export function fillOpener() {
  const groups = new Map();
  for (const s of session.library.scenarios) {
    if (!groups.has(s.group)) groups.set(s.group, []);
    groups.get(s.group).push(html('option', { value: s.name }, s.name));
  }
  $('scenario').replaceChildren(...[...groups].map(([name, list]) => html('optgroup', { label: name || 'others' }, ...list)));
  $('scenario').addEventListener('change', picture);
  $('opener-form').addEventListener('submit', event => { event.preventDefault(); openChosen(); });
  $('try-seeds').addEventListener('click', trySeeds);
  $('scenario-text').addEventListener('input', () => { $('mistakes').replaceChildren(); });
  $('restore').addEventListener('click', picture);
  $('opener-close').addEventListener('click', () => $('opener').close());
}

// picture shows the scenario that is chosen.
function picture() {
  const s = chosen();
  if (!s) return;
  text($('teaches'), s.refused || s.teaches);
  $('scenario-text').value = s.text;
  $('mistakes').replaceChildren();
  $('seeds').replaceChildren();
  const list = session.library.mutants.filter(m => m.protocol === s.protocol);
  $('mutant').replaceChildren(html('option', { value: '' }, 'none: the protocol as it should be'), ...list.map(m => html('option', { value: m.name }, `${m.name}: ${m.doc}`)));
}

export function showOpener() {
  if (!session.library) return; // the engine is not there yet
  if (session.opened && session.opened.scenario) $('scenario').value = session.opened.scenario;
  if (!$('scenario-text').value) picture();
  $('opener').showModal();
}

// request is what the form asks for.
function request(seed) {
  const s = chosen(), own = $('scenario-text').value;
  return { ...(s && own === s.text ? { scenario: s.name } : { text: own }),
    ...($('mutant').value && { mutant: $('mutant').value }), engine: $('engine').value, ...(seed && { seed }) };
}

async function openChosen(seed = $('seed').value.trim()) {
  $('mistakes').replaceChildren();
  document.body.classList.add('busy');
  try {
    await open(request(seed));
    $('opener').close();
    say(`${state.active.standing.name}, ${state.active.standing.base}.`);
  } catch (wrong) {
    if (!wrong.mistakes) { say(wrong.message, true); return; }
    drawMistakes(wrong.mistakes);
  } finally { document.body.classList.remove('busy'); }
}

// drawMistakes tells each mistake with its place. A click leads there.
function drawMistakes(list) {
  const area = $('scenario-text');
  const there = m => {
    const lines = area.value.split('\n'), from = lines.slice(0, m.line - 1).reduce((n, l) => n + l.length + 1, 0) + m.column - 1;
    area.focus();
    area.setSelectionRange(from, from + Math.max(1, (lines[m.line - 1] || '').length - m.column + 1));
  };
  $('mistakes').replaceChildren(...list.map(m => html('li', {}, m.line ? html('button', { type: 'button', class: 'link', onclick: () => there(m) }, `line ${m.line}, column ${m.column}`) : m.file || '', m.line || m.file ? ': ' : '', m.text,
    m.excerpt ? html('pre', {}, m.excerpt) : '')));
  const first = list.find(m => m.line);
  if (first) there(first);
}

const SEEDS = 12; // that are tried at a time

// trySeeds runs seeds and lists what came of each: a row opens its run.
function trySeeds() {
  const from = /^\d+$/.test($('seed').value) ? Number($('seed').value) : 1;
  return attempt(async () => {
    $('mistakes').replaceChildren();
    const body = html('tbody', {});
    $('seeds').replaceChildren(html('table', {}, html('thead', {}, html('tr', {}, ...['seed', 'outcome', 'events', ''].map(s => html('th', { scope: 'col' }, s)))), body));
    for (let seed = from; seed < from + SEEDS; seed++) {
      let reply;
      try { reply = await ask({ do: 'open', ...request(String(seed)) }); }
      catch (wrong) { if (wrong.mistakes) return drawMistakes(wrong.mistakes); throw wrong; }
      ask({ do: 'close', run: reply.state.run });
      const s = reply.state;
      body.append(html('tr', {}, html('th', { scope: 'row' }, String(seed)), html('td', { class: s.broke ? 'bad' : false }, s.outcome + (s.broke ? `: ${s.broke}` : '')), html('td', {}, String(s.events)),
        html('td', {}, html('button', { type: 'button', onclick: () => openChosen(String(seed)) }, 'open'))));
    }
  });
}
