// The head of the page: what came of each run, and where two part.

import { $, html, become, plural, capital } from './tools.js';
import { state } from './state.js';
import { go, choose } from './place.js';

export function drawSummaries() {
  const list = state.panes.map(p => {
    const v = p.run.violation;
    return html('p', {}, p.run.letter ? `${p.run.letter} (${p.run.name}): ` : '', p.run.summary, '. ',
      v ? html('span', { class: 'bad' }, capital(v.broke) + ' broke at ', html('button', { class: 'link', onclick: () => { choose(p.n); go(p.run.at(v.event)); } }, `event ${v.event}`), `: ${v.text}. ${v.means ? capital(v.means) + '. ' : ''}`) : '', p.run.note || '', p.run.unflown ? ` ${plural(p.run.unflown, 'message')} on their way at the end are not drawn.` : '');
  });
  if (state.panes.length > 1) {
    const d = state.difference, i = d && d.a ? state.panes[0].run.index.get(d.a) : undefined;
    list.push(html('p', {}, d ? html('strong', {}, d.a && d.b ? `They part at event ${d.a}. ` : d.a ? `B ends where A goes on, at event ${d.a}. ` : `A ends where B goes on, at event ${d.b}. `) : 'They are the same run.', d ? capital(d.why.slice(0, 3).join('; ')) + '. ' : '',
      i !== undefined ? html('button', { class: 'link', onclick: () => { choose(0); go(i); } }, 'Go there') : ''));
  }
  become($('summaries'), ...list);
}
