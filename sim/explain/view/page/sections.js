// The parts of the panel that open: invariants and surprises.

import { html, plural, first, capital } from './tools.js';
import { link, section } from './panel.js';
import { go } from './place.js';

const spokenOf = (run, v) => v.events.flatMap((n, k) => [k ? ', ' : ' See also ', link(run, run.at(n), `event ${n}`)]).concat(v.events.length ? '.' : []);

export function drawInvariants(run, e) {
  const v = run.violation, broken = v && v.event <= e.number;
  const head = !run.invariants.length ? 'No invariant is watched' : broken ? `Broken: ${v.broke}` : `${plural(run.invariants.length, 'invariant')}: all hold so far`;
  section('invariants', head, !!v, () => [
    broken ? html('p', { class: 'bad' }, `${capital(v.text)}. `, html('button', { class: 'link', onclick: () => go(run.at(v.event)) }, `It broke at event ${v.event}, the first of all.`), ...spokenOf(run, v), v.means ? ` ${capital(v.means)}.` : '')
      : v ? html('p', {}, html('button', { class: 'link', onclick: () => go(run.at(v.event)) }, `${capital(v.invariant)} will break, at event ${v.event}.`), ...spokenOf(run, v)) : '',
    html('ul', {}, ...run.invariants.map(([name, doc]) => html('li', { class: broken && name === v.invariant ? 'bad' : false }, `${broken && name === v.invariant ? '✗ ' : '✓ '}${name}: `, html('span', { class: 'quiet' }, doc)))),
  ].filter(Boolean));
}

export function drawChoices(run, e) {
  const so = first(run.surprises.length, k => run.surprises[k].i > e.i), early = run.early;
  const head = `Surprises so far: ${so + run.delays[e.i] + early}`;
  section('choices', head, false, () => {
    const most = 25, from = Math.max(0, so - most), list = run.surprises.slice(from, so);
    return [
      html('p', { class: 'quiet' }, `Where chance did not give the calm answer, by the name of the choice. ${plural(run.delays[e.i], 'delay')} above the least ${run.delays[e.i] === 1 ? 'is' : 'are'} not listed.${from ? ` The last ${most} of ${so}:` : ''}`),
      html('ul', {}, ...run.readChoices(run.before || []).slice(-10).map(c => html('li', {}, html('span', { class: 'key' }, `${c.key}: ${c.answer}${c.means}`), ' before')),
        ...list.map(c => html('li', { class: c.i === e.i ? 'new' : false }, html('span', { class: 'key' }, `${c.key}: ${c.answer}${c.means}`), ' at ', link(run, c.i)))),
    ];
  });
}
