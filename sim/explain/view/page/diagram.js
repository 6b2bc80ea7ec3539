// The diagram. It draws only what can be seen.

import { counts, html, like, svg, text, mark, clamp, first } from './tools.js';
import { state } from './state.js';
import { Layout, LINE, GUTTER } from './layout.js';
import { matches, matchesArrow } from './filters.js';
import { go, choose, pin } from './place.js';
import { nearest } from './pick.js';

// The most that a diagram draws, whatever there is. With what belongs to each,
// that is less than LIMIT elements.
const MOST = { events: 260, arrows: 320, columns: 40, ticks: 110, shades: 60, echoes: 40 };
export const LIMIT = 3000;
const BEYOND = 260; // drawn above and below what can be seen, in pixels
const STRIP = 2000; // arrows that are longer than the window are cut to strips of so many pixels

export const STAR = 'M0 -7L1.7 -2.3L6.7 -2.2L2.7 0.9L4.1 5.7L0 2.9L-4.1 5.7L-2.7 0.9L-6.7 -2.2L-1.7 -2.3Z';
export const CROSS = 'M-5 -5l10 10m0 -10l-10 10';

// Pane is the diagram of a run.
export class Pane {
  constructor(run, n) {
    this.cursor = 0;
    this.n = n;
    this.drawn = new Map(); // by name: the element, and what was drawn
    this.title = html('h2', { onclick: () => choose(this.n) });
    this.names = html('div', { class: 'names' }, html('span'));
    this.sheet = svg('svg', { class: 'sheet', 'aria-hidden': 'true' });
    this.scroll = html('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-roledescription': 'space-time diagram' }, this.names, this.sheet);
    this.root = html('section', { class: 'pane' }, this.title, this.scroll);
    this.view = { top: 0, left: 0, width: 0, height: 0 };
    new ResizeObserver(() => { if (this.layout) { this.measure(); this.show(); this.draw(); } }).observe(this.scroll);
    this.scroll.addEventListener('scroll', () => {
      this.measure();
      this.later();
      for (const p of state.panes) if (p !== this && p.scroll.scrollLeft !== this.scroll.scrollLeft) p.scroll.scrollLeft = this.scroll.scrollLeft;
    });
    this.scroll.addEventListener('focusin', () => { if (state.panes.length > 1) choose(this.n); });
    this.tip = html('div', { class: 'tip', hidden: true });
    this.root.append(this.tip);
    this.sheet.addEventListener('pointermove', event => this.light(nearest(this, event)));
    this.sheet.addEventListener('pointerleave', () => this.light(null));
    this.sheet.addEventListener('click', event => {
      const meant = event.pointerType === 'mouse' && this.meant || nearest(this, event); // what is lit is what is meant
      if (!meant) return;
      choose(this.n);
      if (!state.picked || !state.picked(this, meant, event)) go(meant.i);
    });
    this.take(run);
  }

  // take shows another run, or the same under another letter.
  take(run) {
    this.run = run;
    this.title.hidden = !run.letter;
    text(this.title, `${run.letter}: ${run.name}`);
    text(this.names.firstChild, run.searched ? 'event' : 'not to scale');
    this.scroll.setAttribute('aria-label', `Diagram of ${run.name}. The arrow keys step through the events; each is told in the panel beside.`);
    this.root.setAttribute('aria-label', `run ${run.letter}`);
    this.cursor = clamp(this.cursor, 0, Math.max(0, run.events.length - 1));
  }

  lay() {
    this.measure();
    this.layout = new Layout(this.run, this.view.width - 2);
    const l = this.layout;
    this.sheet.setAttribute('width', l.width);
    this.sheet.setAttribute('height', l.height);
    this.names.style.width = l.width + 'px';
    this.sheet.replaceChildren(svg('defs', {},
      svg('pattern', { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, svg('path', { class: 'hatch', d: 'M0 0V6' })),
      svg('pattern', { id: 'dots', width: 5, height: 5, patternUnits: 'userSpaceOnUse' }, svg('circle', { class: 'dots', cx: 2, cy: 2, r: 1.1 }))));
    this.layers = {};
    for (const name of ['shades', 'ticks', 'columns', 'halo', 'arrows', 'events', 'part', 'times']) {
      this.layers[name] = svg('g', {});
      this.sheet.append(this.layers[name]);
    }
    this.layers.times.append(svg('rect', { class: 'margin', width: GUTTER - 4, height: l.height }));
    this.drawn.clear();
    this.names.replaceChildren(this.names.firstChild);
    this.part();
    this.draw();
  }

  // part marks where two runs part.
  part() {
    const d = state.difference;
    const number = d && (this.n ? d.b : d.a);
    if (!number || !this.run.index.has(number)) return;
    const y = this.layout.y[this.run.index.get(number)] - 10;
    this.layers.part.append(svg('path', { class: 'part', d: `M${GUTTER - 4} ${y}H${this.layout.width}` }));
    this.layers.times.append(svg('text', { class: 'b', x: GUTTER + 2, y: y - 3 }, 'here the runs part'));
  }

  // light shows what a click would choose: an arrow, or an event.
  light(meant) {
    const name = meant ? meant.name : '';
    this.meant = meant;
    const tip = !meant ? '' : meant.arrow ? this.run.tellArrow(meant.arrow) : meant.between ? `the link between actors ${meant.between.join(' and ')}` : '';
    this.tip.hidden = !tip;
    text(this.tip, tip);
    mark(this.sheet, 'aims', !!meant && !meant.between);
    if (this.lit === name) return;
    const was = this.drawn.get(this.lit), is = this.drawn.get(name);
    if (was) was.el.classList.remove('lit');
    if (is) is.el.classList.add('lit');
    this.lit = name;
  }

  later() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.draw(); });
  }

  // measure looks how much of the sheet can be seen. A step does not ask: the browser would
  // have to lay the page out at once, and once more after the step.
  measure() {
    const s = this.scroll;
    this.view = { top: s.scrollTop, left: s.scrollLeft, width: s.clientWidth, height: s.clientHeight };
  }

  // window is what can be seen, in pixels of the sheet.
  window() {
    const { top, left, width, height } = this.view;
    return { top: top - 28, bottom: top + height, left, right: left + width };
  }

  // draw makes the drawing what the window, the cursor and the filters ask for.
  // Elements that are there already stay.
  draw() {
    const l = this.layout, w = this.window(), top = w.top - BEYOND, bottom = w.bottom + BEYOND;
    const wanted = new Map(); // by name: [layer, make, classes]
    const middle = l.y[this.cursor] >= top && l.y[this.cursor] <= bottom ? l.y[this.cursor] : (w.top + w.bottom) / 2;
    const closest = (list, most, y) => list.length <= most ? list : list.sort((a, b) => Math.abs(y(a) - middle) - Math.abs(y(b) - middle)).slice(0, most);

    const low = clamp(Math.floor((w.left - GUTTER) / l.step) - 0, 1, this.run.actors), high = clamp(Math.ceil((w.right - GUTTER) / l.step), 1, this.run.actors);
    for (let a = low; a <= high && a < low + MOST.columns; a++) wanted.set('c' + a, ['columns', () => svg('path', { class: 'col', d: `M${l.x(a)} 0V${l.height - 24}` }), '']);
    this.drawNames(low, Math.min(high, low + MOST.columns - 1));

    let t = Math.max(0, first(l.ticks.length, k => l.ticks[k].y > top) - 1);
    for (let k = 0; t < l.ticks.length && l.ticks[t].y <= bottom && k < MOST.ticks; t++, k++) {
      const tick = l.ticks[t];
      wanted.set('t' + t, ['ticks', () => svg('path', { class: 'tick', d: `M${GUTTER} ${tick.y}H${l.width}` }), '']);
      wanted.set('u' + t, ['times', () => svg('text', { class: 'time', x: GUTTER - 8, y: tick.y + 4 }, this.run.clock(this.run.events[tick.from])), '']);
    }
    for (const s of closest(l.shades.filter(s => s.y1 <= bottom && s.y2 >= top && (!s.actor || l.x(s.actor) >= w.left - 20 && l.x(s.actor) <= w.right + 20)), MOST.shades, s => s.y1)) {
      wanted.set('s' + s.id, ['shades', () => this.shade(s), '']);
    }
    for (const i of closest(l.events(top, bottom, w.left, w.right), MOST.events, i => l.y[i])) {
      const e = this.run.events[i];
      wanted.set('e' + i, ['events', () => this.event(e), this.classes('e', i, matches(this.run, e))]);
    }
    this.cut = [Math.floor(w.left / STRIP), Math.floor(w.top / STRIP)];
    const cut = this.cut.join();
    for (const a of closest(l.arrows(top, bottom, w.left, w.right), MOST.arrows, a => (a.y1 + a.y2) / 2)) {
      wanted.set('a' + a.id, ['arrows', () => this.arrow(a), this.arrowClasses(a), this.long(l.x(a.from), a.y1, l.x(a.to), a.y2) ? cut : 0, a]);
    }
    for (const [name, had] of this.drawn) {
      if (!wanted.has(name)) { had.el.remove(); this.drawn.delete(name); counts.touched++; }
    }
    for (const [name, [layer, make, classes, cut = 0, a]] of wanted) {
      let had = this.drawn.get(name);
      if (!had) {
        had = { el: make(), classes: '', cut };
        had.base = had.el.getAttribute('class') || '';
        this.layers[layer].append(had.el);
        this.drawn.set(name, had);
      }
      if (had.cut !== cut) {
        had.cut = cut;
        like(had.el.firstChild, this.line(...this.shaft(a)));
        counts.touched--; // that line is only looked at
      }
      if (had.classes !== classes) {
        had.el.setAttribute('class', `${had.base} ${classes}${name === this.lit ? ' lit' : ''}`.trim());
        had.classes = classes;
        counts.touched++;
      }
    }
    this.halo();
    mark(this.sheet, 'led', state.led);
    const shift = `translate(${w.left} 0)`; // the times stay at the side
    if (this.layers.times.getAttribute('transform') !== shift) { this.layers.times.setAttribute('transform', shift); counts.touched++; }
  }

  drawNames(low, high) {
    const have = new Map([...this.names.querySelectorAll('button')].map(b => [Number(b.dataset.actor), b]));
    for (const [a, b] of have) if (a < low || a > high) { b.remove(); counts.touched++; }
    for (let a = low; a <= high; a++) {
      let b = have.get(a);
      if (!b) {
        b = html('button', { 'data-actor': a, 'aria-pressed': 'false', title: `show actor ${a} in the panel`, onclick: event => { choose(this.n); if (!state.picked || !state.picked(this, { actor: a }, event)) pin(a); } }, `actor ${a}`);
        b.style.left = this.layout.x(a) + 'px';
        this.names.append(b);
      }
      const pressed = String(state.pinned === a);
      if (b.getAttribute('aria-pressed') !== pressed) { b.setAttribute('aria-pressed', pressed); counts.touched++; }
    }
  }

  classes(sort, i, shown) {
    let c = '';
    if (sort === 'e' && i === this.cursor) c += ' now';
    if (state.soon && this.run.searched && i > this.cursor) c += ' yet';
    if (!shown) c += ' dim';
    if (state.led && this.past) {
      if (i >= 0 && this.past.all[i]) c += ' in';
      if (this.past.chain.has(i)) c += ' why';
    }
    return c.trim();
  }

  arrowClasses(a) {
    let c = '';
    const mine = a.end === this.cursor && a.fate !== 'lost' || a.sent === this.cursor;
    if (mine) c += ' now';
    if (state.soon && state.soon(this, a)) c += ' soon';
    if (state.soon && this.run.searched && a.sent > this.cursor) c += ' yet';
    if (!matchesArrow(a)) c += ' dim';
    if (state.led && this.past) {
      const arrived = a.fate === 'arrived' && this.past.all[a.end];
      if (arrived) c += ' in';
      if (arrived && this.past.chain.has(a.end)) c += ' why';
    }
    return c.trim();
  }

  // halo is behind the chosen event.
  halo() {
    const y = this.layout.y[this.cursor], e = this.run.events[this.cursor];
    if (!e) return;
    if (!this.band) {
      this.band = svg('rect', { class: 'halo', x: 0, height: LINE + 2 });
      this.ring = svg('circle', { class: 'ring', r: 9 });
    }
    if (this.band.parentNode !== this.layers.halo) this.layers.halo.append(this.band, this.ring);
    for (const [el, name, value] of [[this.band, 'y', y - 9], [this.band, 'width', this.layout.width], [this.ring, 'cy', y], [this.ring, 'cx', e.actor ? this.layout.x(e.actor) : -50]]) {
      if (el.getAttribute(name) !== String(value)) { el.setAttribute(name, value); counts.touched++; }
    }
  }

  shade(s) {
    const l = this.layout;
    if (s.actor) return svg('rect', { class: s.sort, x: l.x(s.actor) - 8, y: s.y1, width: 16, height: Math.max(2, s.y2 - s.y1) });
    return svg('g', {}, svg('rect', { class: 'cut', x: GUTTER, y: s.y1, width: l.width - GUTTER, height: Math.max(2, s.y2 - s.y1) }),
      svg('path', { class: 'rim', d: `M${GUTTER} ${s.y1}H${l.width}M${GUTTER} ${s.y2}H${l.width}` }));
  }

  // event draws a point, and what happened elsewhere because of it.
  event(e) {
    const l = this.layout, y = l.y[e.i], g = svg('g', { class: 'e', 'data-i': e.i });
    const has = what => e.effects.some(f => f.what === what && (f.actor === e.actor || !f.actor));
    if (!e.actor) {
      g.append(svg('path', { class: has('violated') ? 'broken' : 'rim', d: `M${GUTTER} ${y}H${l.width}` }));
    } else {
      const x = l.x(e.actor);
      if (has('crash')) g.append(svg('path', { class: 'x', transform: `translate(${x} ${y})`, d: CROSS }));
      else if (has('decide')) g.append(svg('path', { class: 'star', transform: `translate(${x} ${y})`, d: STAR }));
      else if (has('save')) g.append(svg('rect', { class: 'p', x: x - 3.5, y: y - 3.5, width: 7, height: 7 }));
      else g.append(svg('circle', { class: 'p', cx: x, cy: y, r: e.refused ? 1.5 : 3 }));
      if (has('violated')) g.append(svg('path', { class: 'broken', d: `M${GUTTER} ${y + 8}H${l.width}` }));
    }
    if (this.run.spoken.includes(e.number)) g.append(svg('circle', { class: 'spoken', cx: e.actor ? l.x(e.actor) : GUTTER, cy: y, r: 7 }));
    let echoes = 0;
    for (const f of e.effects) {
      if (f.actor === e.actor || !f.actor || echoes >= MOST.echoes) continue;
      if (f.what === 'crash') { g.append(svg('path', { class: 'x', transform: `translate(${l.x(f.actor)} ${y})`, d: CROSS })); echoes++; }
      if (f.what === 'pause' || f.what === 'resume') { g.append(svg('circle', { class: 'p', cx: l.x(f.actor), cy: y, r: 2 })); echoes++; }
    }
    const fromRight = e.what === 'deliver' && e.peer > e.actor;
    const x = (e.actor ? l.x(e.actor) : GUTTER) + (fromRight ? 16 : 10);
    e.lines.forEach(([s, sign], k) => g.append(svg('text', { class: sign || false, x, y: y + 4 + k * 14 }, s)));
    return g;
  }

  // long says whether a line goes far beyond what can be seen.
  long(x1, y1, x2, y2) { return Math.abs(x2 - x1) > this.view.width + STRIP + 1200 || Math.abs(y2 - y1) > this.view.height + STRIP + 1200; }

  // line is a straight line, of a long one what is near the window: a browser computes
  // all dashes of a line whenever it paints a part of it.
  line(x1, y1, x2, y2) {
    const at = f => `${(x1 + f * (x2 - x1)).toFixed(1)} ${(y1 + f * (y2 - y1)).toFixed(1)}`;
    let from = 0, to = 1;
    if (this.long(x1, y1, x2, y2)) {
      for (const [a, b, n, size] of [[x1, x2, this.cut[0], this.view.width], [y1, y2, this.cut[1], this.view.height]]) {
        const shares = [n * STRIP - 600, (n + 1) * STRIP + 600 + size].map(edge => (edge - a) / (b - a || 1)).sort((x, y) => x - y);
        if (a !== b) { from = Math.max(from, shares[0]); to = Math.min(to, shares[1]); }
      }
    }
    return svg('path', { d: from < to ? `M${at(from)}L${at(to)}` : '', 'stroke-dashoffset': from > 0 && (from * Math.hypot(x2 - x1, y2 - y1)).toFixed(1) });
  }

  // shaft is from where to where the line of an arrow between two actors goes.
  shaft(a) {
    const x1 = this.layout.x(a.from), x2 = this.layout.x(a.to), { y1, y2 } = a, long = Math.hypot(x2 - x1, y2 - y1);
    if (a.fate === 'lost' || a.fate === 'flying') return [x1, y1, ...this.layout.stub(a)];
    return [x1, y1, x2 - 12 * (x2 - x1) / long, y2 - 12 * (y2 - y1) / long];
  }

  arrow(a) {
    const l = this.layout, x1 = l.x(a.from), x2 = l.x(a.to);
    const g = svg('g', { class: `m k${kindSign(this.run, a.kind)} ${a.fate}` });
    let { y1, y2 } = a;
    if (a.from === a.to) {
      if (a.fate === 'flying') g.append(svg('path', { d: `M${x1} ${y1}c-20 6 -20 14 -14 20` }));
      else {
        g.append(svg('path', { d: `M${x1} ${y1}C${x1 - 22} ${y1 + 3} ${x1 - 22} ${y2 - 3} ${x1 - 10} ${y2}` }), svg('path', { class: 'a', d: `M${x1 - 4} ${y2}l-9 -3.5v7Z` }));
        if (a.fate === 'refused') g.append(svg('path', { class: 'x', transform: `translate(${x1 - 14} ${y2})`, d: CROSS }));
      }
      return g;
    }
    const long = Math.hypot(x2 - x1, y2 - y1), ux = (x2 - x1) / long, uy = (y2 - y1) / long;
    g.append(this.line(...this.shaft(a)));
    if (a.fate === 'lost' || a.fate === 'flying') {
      const [x, y] = l.stub(a);
      if (a.fate === 'lost') g.append(svg('path', { class: 'x', transform: `translate(${x} ${y})`, d: 'M-4 -4l8 8m0 -8l-8 8' }));
      return g;
    }
    const at = (far, side) => `${(x2 - far * ux - side * uy).toFixed(1)} ${(y2 - far * uy + side * ux).toFixed(1)}`;
    if (a.fate === 'refused') g.append(svg('path', { class: 'x', transform: `translate(${at(10, 0)})`, d: CROSS }));
    else if (a.fate === 'held') g.append(svg('path', { d: `M${at(10, 5)}L${at(10, -5)}` }));
    else g.append(svg('path', { class: 'a', d: `M${at(4, 0)}L${at(13, 3.6)}L${at(13, -3.6)}Z` }));
    return g;
  }

  // show scrolls to the chosen event, if it cannot be seen well.
  show() {
    const { top, left, width, height } = this.view, l = this.layout, e = this.run.events[this.cursor];
    if (!e) return;
    const y = l.y[this.cursor], x = l.x(e.actor), to = {};
    if (y < top + 40 || y > top + height - 90) to.top = Math.max(0, y - height * 0.4);
    // The other pane follows.
    if (e.actor && this === state.active && (x < left + GUTTER || x > left + width - l.step)) to.left = Math.max(0, x - width / 2);
    if (to.top === undefined && to.left === undefined) return;
    this.scroll.scrollTo(to);
    this.measure();
  }
}

// kindSign is the look of a kind of messages: its place among those there are.
export function kindSign(run, kind) {
  let n = 0;
  for (let k = 0; k < kind; k++) if (run.messages[k]) n++;
  return n % 8;
}
