// Filters: what is faded, and passed over by steps.

import { $, html, text } from './tools.js';
import { state } from './state.js';

export function matches(run, e) {
  if (state.only.actor && !run.touched(e).has(Number(state.only.actor))) return false;
  if (state.only.round && !run.roundsOf(e).includes(state.only.round)) return false;
  if (state.only.kind === 'other') return e.what !== 'deliver';
  if (state.only.kind === 'trouble') return isTrouble(e);
  return !state.only.kind || e.what === 'deliver' && e.kind === Number(state.only.kind) || e.effects.some(f => (f.what === 'send' || f.what === 'broadcast') && f.kind === Number(state.only.kind));
}

export function matchesArrow(a) {
  if (state.only.actor && a.from !== Number(state.only.actor) && a.to !== Number(state.only.actor)) return false;
  if (state.only.round && a.round !== state.only.round) return false;
  if (state.only.kind === 'other') return false;
  if (state.only.kind === 'trouble') return a.fate === 'lost' || a.fate === 'refused';
  return !state.only.kind || a.kind === Number(state.only.kind);
}

export const isTrouble = e => !!e.refused || ['fault', 'heal', 'restart'].includes(e.what) || e.effects.some(f => ['drop', 'double', 'crash', 'pause', 'violated', 'strike', 'hold'].includes(f.what));
export const isDecision = e => e.effects.some(f => f.what === 'decide');
export const isViolation = e => e.effects.some(f => f.what === 'violated');

export function fillFilters() {
  const options = (id, list, value) => { $(id).replaceChildren(...list.map(([v, s]) => html('option', { value: v }, s))); $(id).value = value; };
  const most = 200, run = state.panes[0].run;
  if (run.actors <= most) options('by-actor', [['', 'all'], ...Array.from({ length: run.actors }, (_, k) => [String(k + 1), String(k + 1)])], state.only.actor);
  else { // a list would be too long
    if ($('by-actor').tagName === 'SELECT') $('by-actor').replaceWith(html('input', { id: 'by-actor', type: 'number', min: 1, max: run.actors, placeholder: 'all' }));
    $('by-actor').value = state.only.actor;
  }
  options('by-kind', [['', 'all'], ...run.messages.map((m, k) => [String(k), m]).filter(x => x[1]), ['other', 'no message'], ['trouble', 'trouble']], state.only.kind);
  const rounds = [...new Set(state.panes.flatMap(p => p.run.rounds || []))];
  $('rounds').hidden = !rounds.length;
  text($('round-word'), run.round || 'round');
  options('by-round', [['', 'all'], ...rounds.slice(0, most).map(b => [b, b])], state.only.round);
}
