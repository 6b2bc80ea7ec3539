// The page of paxsim view. It reads the runs from the JSON in the page, lays
// them out, and draws of each diagram only what can be seen. No text from a run
// is ever read as HTML: all of it goes through textContent.
'use strict';
(() => {

// ---------------------------------------------------------------- small tools

const SVG = 'http://www.w3.org/2000/svg';
const $ = id => document.getElementById(id);

// counts is for tests: how many elements the last step made, removed or changed.
const counts = { touched: 0 };

function fill(el, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) el.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) el.setAttribute(name, value === true ? '' : value);
  }
  for (const c of children) if (c != null && c !== '') el.append(c);
  counts.touched++;
  return el;
}
const html = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

function text(el, s) { if (el.textContent !== s) { el.textContent = s; counts.touched++; } }
function mark(el, name, on) { if (el.classList.contains(name) !== on) { el.classList.toggle(name, on); counts.touched++; } }
const clamp = (n, low, high) => Math.max(low, Math.min(high, n));
const plural = (n, one) => n === 1 ? '1 ' + one : n.toLocaleString('en') + ' ' + one + 's';

// first is the first of 0..n-1 for which a condition that turns true stays so.
function first(n, is) {
  let low = 0, high = n;
  while (low < high) { const mid = (low + high) >> 1; if (is(mid)) high = mid; else low = mid + 1; }
  return low;
}

// ------------------------------------------------------------------- the runs

const page = JSON.parse($('data').textContent);

// Groups of fields: see state.go.
const MEMORY = 0, DISK = 1, WRITTEN = 2, ALARM = 3, CONDITION = 4;

// Run is a run, as it stands in the page. Events are known by their index; the
// number of an event, which people see, can come twice.
class Run {
  constructor(data, letter) {
    Object.assign(this, data.about);
    this.letter = letter; // A or B, if there are two
    let number = 0, at = 0;
    this.events = data.events.map((line, i) => {
      const [d, t, what, kind, actor, peer, copy, cause, sent, said, refused, effects, changes, choices] = line.concat(Array(14).fill(0)).slice(0, 14);
      number += d; at += t;
      const e = { i, number, at, what: page.whats[what], kind, actor, peer, copy, cause: cause ? number - cause + 1 : 0, sent: sent ? number - sent + 1 : 0,
        text: this.texts[said], round: this.roundOf(said), refused: this.texts[refused], effects: [], changes: changes || [], choices: this.readChoices(choices || []) };
      for (const n of effects || []) {
        const [w, k, a, p, c, s] = this.deeds.slice(6 * n, 6 * n + 6);
        e.effects.push({ what: page.whats[w], kind: k, actor: a, peer: p, copy: c, text: this.texts[s], round: this.roundOf(s) });
      }
      return e;
    });
    this.index = new Map();
    for (const e of this.events) if (!this.index.has(e.number)) this.index.set(e.number, e.i);
    this.readStates();
    this.readCauses();
    this.readMessages();
    this.surprises = []; // but for delays
    let delays = 0;
    this.delays = this.events.map(e => {
      for (const c of e.choices) if (c.delay) delays++; else this.surprises.push({ i: e.i, ...c });
      return delays;
    });
    this.spoken = this.violation ? this.violation.events : []; // numbers of events
  }

  // at is the index of an event by its number, or of the one before.
  at(number) { return this.index.has(number) ? this.index.get(number) : clamp(first(this.events.length, i => this.events[i].number > number) - 1, 0, this.events.length - 1); }

  time(t) { return (t * this.tick_us / 1000).toFixed(this.decimals) + ' ms'; }
  kind(k) { return this.messages[k] || String(k); }
  roundOf(text) { const n = this.round_of ? this.round_of[text] : 0; return n ? this.rounds[n - 1] : ''; } // what a message is of

  // readChoices puts the texts of keys together: see Recorder.surprises.
  readChoices(list) {
    const out = [];
    for (let j = 0; j < list.length; j += 5) {
      const [word, from, to, n, answer] = list.slice(j, j + 5);
      const who = to ? ` ${from}>${to - 1}` : from ? ` ${from}` : '';
      out.push({ key: `${this.texts[word]}${who} #${n}`, answer, delay: this.texts[word].startsWith('delay') });
    }
    return out;
  }

  // readStates keeps for each field of each actor its texts over time.
  readStates() {
    this.past = Array.from({ length: this.actors + 1 }, () => new Map());
    const put = (i, list) => {
      for (let j = 0; j < list.length; j += 3) {
        const fields = this.past[list[j]];
        if (!fields.has(list[j + 1])) fields.set(list[j + 1], []);
        fields.get(list[j + 1]).push([i, this.texts[list[j + 2]]]);
      }
    };
    put(-1, this.start || []);
    for (const e of this.events) put(e.i, e.changes);
    this.named = (group, name) => this.fields.findIndex(f => f[0] === group && f[1] === name);
    this.memory = this.fields.map((f, n) => n).filter(n => this.fields[n][0] === MEMORY);
  }

  // field is the text of a field of an actor after event i.
  field(actor, f, i) {
    const list = this.past[actor].get(f);
    if (!list) return '';
    const n = first(list.length, k => list[k][0] > i) - 1;
    return n < 0 ? '' : list[n][1];
  }

  // changed says whether event i changed a field of an actor.
  changed(actor, f, i) {
    const list = this.events[i].changes;
    for (let j = 0; j < list.length; j += 3) if (list[j] === actor && list[j + 1] === f) return true;
    return false;
  }

  // readCauses finds what led to each event, and what it led to: the event that
  // caused it, the one in which its message left, and the one before at its actor.
  readCauses() {
    const last = new Array(this.actors + 1).fill(-1);
    this.leads = new Map();
    for (const e of this.events) {
      const cause = e.cause && this.index.has(e.cause) ? this.index.get(e.cause) : -1;
      const sent = e.sent && this.index.has(e.sent) ? this.index.get(e.sent) : -1;
      e.because = sent >= 0 ? sent : cause;
      e.before = e.actor ? last[e.actor] : -1;
      if (e.because === e.i) e.because = -1;
      e.also = cause !== e.because && cause !== e.i ? cause : -1;
      for (const a of this.touched(e)) last[a] = e.i;
      if (e.because >= 0) { if (!this.leads.has(e.because)) this.leads.set(e.because, []); this.leads.get(e.because).push(e.i); }
    }
  }

  touched(e) { const s = new Set(); if (e.actor) s.add(e.actor); for (const f of e.effects) if (f.actor && !['drop', 'hold', 'deliver'].includes(f.what)) s.add(f.actor); return s; }

  // pastOf is all events that could have influenced event i (what happened
  // before it, in the sense of Lamport), and among them its chain of causes.
  pastOf(i) {
    const all = new Uint8Array(this.events.length), chain = new Set();
    for (let c = i; c >= 0; c = this.events[c].because) chain.add(c);
    const stack = [i];
    while (stack.length) {
      const n = stack.pop();
      if (n < 0 || all[n]) continue;
      all[n] = 1;
      const e = this.events[n];
      stack.push(e.because, e.before, e.also);
    }
    return { all, chain };
  }

  // readMessages makes the arrows: from where a message left to where it
  // arrived, was lost, or the page ends.
  readMessages() {
    this.arrows = [];
    const add = (kind, from, to, sent, end, fate, copy, round) => this.arrows.push({ id: this.arrows.length, kind, from, to, sent, end, fate, copy, round });
    for (const e of this.events) {
      if (e.what === 'deliver') {
        const held = e.effects.some(f => f.what === 'hold');
        add(e.kind, e.peer, e.actor, this.index.get(e.sent) ?? -1, e.i, e.refused ? 'refused' : held ? 'held' : 'arrived', e.copy, e.round);
      }
      let round = '';
      for (const f of e.effects) {
        if (f.what === 'send' || f.what === 'broadcast') round = f.round;
        if (f.what === 'drop') add(f.kind, f.actor, f.peer, e.i, e.i, 'lost', f.copy, round);
      }
    }
    for (let j = 0; j < (this.flying || []).length; j += 5) {
      const [sent, kind, from, to, copy] = this.flying.slice(j, j + 5);
      const e = this.events[this.index.get(sent)];
      const f = e && e.effects.find(f => (f.what === 'send' || f.what === 'broadcast') && f.kind === kind && f.actor === from);
      add(kind, from, to, e ? e.i : -1, -1, 'flying', copy, f ? f.round : '');
    }
  }

  roundsOf(e) {
    const out = [];
    if (e.what === 'deliver') out.push(e.round);
    for (const f of e.effects) if (f.what === 'send' || f.what === 'broadcast') out.push(f.round);
    return out.filter(Boolean);
  }

  // head tells an event itself in a few words.
  head(e) {
    if (e.what !== 'deliver') return e.text;
    return `${this.kind(e.kind)} ${e.text}`.trim() + (e.refused ? ` (${e.refused})` : '') + (e.copy ? ' (duplicate)' : '');
  }

  // tell tells an event and what happened during it, a sentence each.
  tell(e) {
    let s = e.text;
    if (e.what === 'deliver') {
      const what = `${this.kind(e.kind)} ${e.text}`.trim();
      s = e.refused ? `${what} from actor ${e.peer} does not arrive: ${e.refused}` : `${what} from actor ${e.peer} arrives${e.copy ? ' once more (duplicate)' : ''}`;
    }
    const out = [], list = e.effects;
    for (let j = 0; j < list.length; j++) {
      const f = list[j], at = f.actor && f.actor !== e.actor ? `actor ${f.actor}: ` : '';
      const what = `${this.kind(f.kind)} ${f.text}`.trim();
      switch (f.what) {
      case 'broadcast': out.push(`${at}sends ${what} to all`); break;
      case 'send': {
        const to = [f.peer], drops = [];
        for (; j + 1 < list.length; j++) {
          const g = list[j + 1];
          if (g.what === 'send' && g.kind === f.kind && g.text === f.text && g.actor === f.actor) to.push(g.peer);
          else if ((g.what === 'drop' || g.what === 'double') && g.kind === f.kind) drops.push(g);
          else break;
        }
        out.push(`${at}sends ${what} to actor${to.length > 1 ? 's' : ''} ${some(to)}`);
        for (const g of drops) out.push(this.befell(g));
        break;
      }
      case 'drop': case 'double': out.push(this.befell(f)); break;
      case 'hold': out.push(`it must wait: ${f.text}`); break;
      case 'deliver': out.push(`${this.kind(f.kind)} from actor ${f.peer} to actor ${f.actor}, which had waited there, is lost (${f.text})`); break;
      default: out.push(at + f.text);
      }
    }
    return { head: s, rest: out };
  }

  befell(f) {
    const what = `${f.copy ? 'the copy of ' : ''}${this.kind(f.kind)} to actor ${f.peer}`;
    return f.what === 'drop' ? `${what} is ${f.text === 'lost' ? 'lost' : `lost (${f.text})`}` : `${what} is doubled`;
  }
}

const some = list => list.length > 12 ? `${list.slice(0, 10).join(', ')} and ${list.length - 10} more` : list.join(', ');

// ----------------------------------------------------------------- the layout

const LINE = 16, GUTTER = 84, LEFT = 28, LETTER = 6.3;

// Layout gives every event a place. Those of one tick share rows where they are
// at different actors; an arrow always points down.
class Layout {
  constructor(run, width) {
    this.run = run;
    const n = run.actors, least = n <= 3 ? 170 : n <= 7 ? 138 : 146;
    this.step = Math.max(least, Math.floor((width - GUTTER - 24) / n));
    this.width = GUTTER + n * this.step + 8;
    this.letters = Math.floor((this.step - LEFT - 6) / LETTER);
    this.y = new Int32Array(run.events.length);
    this.ticks = []; // {at, from, y}: the events of a tick, from its first on
    this.shades = [];
    this.places();
    this.lasting();
    this.buckets();
  }

  x(actor) { return GUTTER + LEFT + (actor - 1) * this.step; }

  places() {
    const run = this.run, steps = [];
    let last = -1;
    for (const e of run.events) { if (last >= 0 && e.at > last) steps.push(e.at - last); last = e.at; }
    steps.sort((a, b) => a - b);
    const usual = Math.max(1, steps[steps.length >> 1] || 1);
    let y = 20, i = 0;
    const room = clamp(Math.floor(900 / (steps.length + 1)), 12, 40); // above each tick
    const next = new Map(); // by actor: its next free row
    while (i < run.events.length) {
      const at = run.events[i].at, from = i;
      if (this.ticks.length) y += room + 4 * Math.min(6, Math.floor(Math.log2(Math.max(1, (at - this.ticks[this.ticks.length - 1].at) / usual))));
      const top = y;
      next.clear();
      let floor = 0, most = 0;
      for (; i < run.events.length && run.events[i].at === at; i++) {
        const e = run.events[i];
        let row = Math.max(floor, next.get(e.actor) || 0);
        if (!e.actor) row = Math.max(row, most);
        if (e.because >= from) row = Math.max(row, (this.y[e.because] - top) / LINE + 1);
        this.y[i] = top + row * LINE;
        e.lines = this.labels(e);
        const end = row + Math.max(1, e.lines.length);
        for (const a of run.touched(e)) next.set(a, end);
        if (!e.actor) floor = end;
        most = Math.max(most, end);
      }
      this.ticks.push({ at, from, y: top });
      y = top + most * LINE;
    }
    this.height = y + 40;
  }

  // labels are what stands beside an event: at most two lines.
  labels(e) {
    const lines = [[this.run.head(e), e.refused ? 'b' : e.actor ? '' : 'w']];
    const rest = [];
    let sign = 'l2';
    for (const f of e.effects) {
      if (f.what === 'violated') { rest.unshift(f.text.split(':')[0]); sign = 'b'; }
      else if (f.what === 'decide' || f.what === 'chosen') { rest.unshift(f.text); if (sign !== 'b') sign = 'g'; }
      else if (f.what === 'crash' && f.actor === e.actor) { rest.push(f.text); sign = 'b'; }
      else if (f.what === 'save' && e.what === 'synced') rest.push(f.text);
      else if (f.what === 'hold') rest.push('waits: ' + f.text);
      else if (f.what === 'note') rest.push(f.text);
      else if (f.what === 'strike' || f.what === 'relent' || f.what === 'elect') rest.push(f.text);
    }
    if (rest.length) lines.push([[...new Set(rest)].join(' · '), sign]);
    return lines;
  }

  // lasting finds what is shaded: actors that are down or paused, and cuts.
  lasting() {
    const down = new Map(), paused = new Map(), cuts = new Map(), run = this.run;
    const end = (map, key, y) => { if (map.has(key)) { this.shades.push({ ...map.get(key), y2: y }); map.delete(key); } };
    const fault = (f, begins, y) => {
      const [word, name] = run.faults[f.kind] || [];
      if (word !== 'cut' && word !== 'clog') return;
      if (begins) cuts.set(f.kind, { sort: 'cut', name: `${word} ${name}`, y1: y }); else end(cuts, f.kind, y);
    };
    if (run.looks) { // what began before the part that is shown
      const is = run.named(CONDITION, 'is');
      for (let a = 1; a <= run.actors; a++) {
        const was = run.field(a, is, -1);
        if (was === 'down' || was === 'gone') down.set(a, { sort: 'down', actor: a, y1: 0 });
        if (was === 'paused') paused.set(a, { sort: 'pause', actor: a, y1: 0 });
      }
    }
    for (const e of run.events) {
      const y = this.y[e.i];
      if (e.what === 'restart') end(down, e.actor, y);
      if (e.what === 'fault') fault(e, true, y);
      if (e.what === 'heal') fault(e, false, y);
      for (const f of e.effects) {
        if (f.what === 'crash') { end(paused, f.actor, y); if (!down.has(f.actor)) down.set(f.actor, { sort: 'down', actor: f.actor, y1: y }); }
        if (f.what === 'pause') paused.set(f.actor, { sort: 'pause', actor: f.actor, y1: y });
        if (f.what === 'resume') end(paused, f.actor, y);
        if (f.what === 'strike') fault(f, true, y);
        if (f.what === 'relent') fault(f, false, y);
      }
    }
    for (const map of [down, paused, cuts]) for (const key of [...map.keys()]) end(map, key, this.height - 24);
    this.shades.forEach((s, n) => { s.id = n; });
  }

  // buckets finds the arrows of a window without looking at all of them.
  buckets() {
    this.bucket = new Map();
    for (const a of this.run.arrows) {
      const lost = a.fate === 'lost';
      a.y1 = a.sent >= 0 ? this.y[a.sent] : 0;
      a.y2 = lost ? a.y1 + 20 : a.end >= 0 ? this.y[a.end] : Math.max(a.y1 + 24, this.height - 30);
      for (let b = a.y1 >> 9; b <= a.y2 >> 9; b++) {
        if (!this.bucket.has(b)) this.bucket.set(b, []);
        this.bucket.get(b).push(a);
      }
    }
  }

  // arrows are those that cross a window.
  arrows(top, bottom, left, right) {
    const seen = new Set();
    for (let b = Math.max(0, top) >> 9; b <= bottom >> 9; b++) {
      for (const a of this.bucket.get(b) || []) {
        const x1 = this.x(a.from), x2 = this.x(a.to);
        if (a.y1 <= bottom && a.y2 >= top && Math.min(x1, x2) <= right && Math.max(x1, x2) >= left) seen.add(a);
      }
    }
    return [...seen];
  }

  // events are those of a window.
  events(top, bottom, left, right) {
    const out = [], n = this.run.events.length;
    let t = Math.max(0, first(this.ticks.length, k => this.ticks[k].y > top) - 1);
    for (; t < this.ticks.length && this.ticks[t].y <= bottom; t++) {
      const to = t + 1 < this.ticks.length ? this.ticks[t + 1].from : n;
      for (let i = this.ticks[t].from; i < to; i++) {
        const e = this.run.events[i];
        if (this.y[i] < top - 2 * LINE || this.y[i] > bottom) continue;
        const near = a => this.x(a) >= left - this.step && this.x(a) <= right;
        if (!e.actor || near(e.actor) || e.effects.some(f => f.actor !== e.actor && near(f.actor))) out.push(i);
      }
    }
    return out;
  }
}

// ---------------------------------------------------------------- the diagram

// The most that a diagram draws, whatever there is. With what belongs to each,
// that is less than LIMIT elements.
const MOST = { events: 260, arrows: 320, columns: 40, ticks: 110, shades: 60, echoes: 40 };
const LIMIT = 3000;
const BEYOND = 260; // drawn above and below what can be seen, in pixels

const STAR = 'M0 -7L1.7 -2.3L6.7 -2.2L2.7 0.9L4.1 5.7L0 2.9L-4.1 5.7L-2.7 0.9L-6.7 -2.2L-1.7 -2.3Z';
const CROSS = 'M-5 -5l10 10m0 -10l-10 10';

// Pane is the diagram of a run.
class Pane {
  constructor(run, n) {
    this.run = run;
    this.cursor = 0;
    this.drawn = new Map(); // by name: the element, and what was drawn
    this.title = page.runs.length > 1 ? html('h2', { onclick: () => choose(n) }, `${run.letter}: ${run.name}`) : null;
    this.names = html('div', { class: 'names' }, html('span', {}, 'not to scale'));
    this.sheet = svg('svg', { class: 'sheet', 'aria-hidden': 'true' });
    this.scroll = html('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-roledescription': 'space-time diagram',
      'aria-label': `Diagram of ${run.name}. The arrow keys step through the events; each is told in the panel beside.` }, this.names, this.sheet);
    this.root = html('section', { class: 'pane', 'aria-label': `run ${run.letter || ''}` }, this.title, this.scroll);
    this.scroll.addEventListener('scroll', () => {
      this.later();
      for (const p of panes) if (p !== this && p.scroll.scrollLeft !== this.scroll.scrollLeft) p.scroll.scrollLeft = this.scroll.scrollLeft;
    });
    this.scroll.addEventListener('focusin', () => { if (panes.length > 1) choose(n); });
    this.sheet.addEventListener('click', event => {
      const g = event.target.closest('[data-i]');
      if (g) { choose(n); go(Number(g.dataset.i)); }
    });
    this.n = n;
  }

  lay() {
    this.layout = new Layout(this.run, this.scroll.clientWidth - 2);
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
    const d = page.difference;
    const number = d && (this.n ? d.b : d.a);
    if (!number || !this.run.index.has(number)) return;
    const y = this.layout.y[this.run.index.get(number)] - 10;
    this.layers.part.append(svg('path', { class: 'part', d: `M${GUTTER - 4} ${y}H${this.layout.width}` }));
    this.layers.times.append(svg('text', { class: 'b', x: GUTTER + 2, y: y - 3 }, 'here the runs part'));
  }

  later() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.draw(); });
  }

  // window is what can be seen, in pixels of the sheet.
  window() {
    const s = this.scroll;
    return { top: s.scrollTop - 28, bottom: s.scrollTop + s.clientHeight, left: s.scrollLeft, right: s.scrollLeft + s.clientWidth };
  }

  // draw makes the drawing what the window, the cursor and the filters ask for.
  // Elements that are there already stay.
  draw() {
    const l = this.layout, w = this.window(), top = w.top - BEYOND, bottom = w.bottom + BEYOND;
    const wanted = new Map(); // by name: [layer, make, classes]
    const middle = l.y[this.cursor] >= top && l.y[this.cursor] <= bottom ? l.y[this.cursor] : (w.top + w.bottom) / 2;
    const nearest = (list, most, y) => list.length <= most ? list : list.sort((a, b) => Math.abs(y(a) - middle) - Math.abs(y(b) - middle)).slice(0, most);

    const low = clamp(Math.floor((w.left - GUTTER) / l.step) - 0, 1, this.run.actors), high = clamp(Math.ceil((w.right - GUTTER) / l.step), 1, this.run.actors);
    for (let a = low; a <= high && a < low + MOST.columns; a++) wanted.set('c' + a, ['columns', () => svg('path', { class: 'col', d: `M${l.x(a)} 0V${l.height - 24}` }), '']);
    this.drawNames(low, Math.min(high, low + MOST.columns - 1));

    let t = Math.max(0, first(l.ticks.length, k => l.ticks[k].y > top) - 1);
    for (let k = 0; t < l.ticks.length && l.ticks[t].y <= bottom && k < MOST.ticks; t++, k++) {
      const tick = l.ticks[t];
      wanted.set('t' + t, ['ticks', () => svg('path', { class: 'tick', d: `M${GUTTER} ${tick.y}H${l.width}` }), '']);
      wanted.set('u' + t, ['times', () => svg('text', { class: 'time', x: GUTTER - 8, y: tick.y + 4 }, this.run.time(tick.at)), '']);
    }
    for (const s of nearest(l.shades.filter(s => s.y1 <= bottom && s.y2 >= top && (!s.actor || l.x(s.actor) >= w.left - 20 && l.x(s.actor) <= w.right + 20)), MOST.shades, s => s.y1)) {
      wanted.set('s' + s.id, ['shades', () => this.shade(s), '']);
    }
    for (const i of nearest(l.events(top, bottom, w.left, w.right), MOST.events, i => l.y[i])) {
      const e = this.run.events[i];
      wanted.set('e' + i, ['events', () => this.event(e), this.classes('e', i, matches(this.run, e))]);
    }
    for (const a of nearest(l.arrows(top, bottom, w.left, w.right), MOST.arrows, a => (a.y1 + a.y2) / 2)) {
      wanted.set('a' + a.id, ['arrows', () => this.arrow(a), this.arrowClasses(a)]);
    }
    for (const [name, had] of this.drawn) {
      if (!wanted.has(name)) { had.el.remove(); this.drawn.delete(name); counts.touched++; }
    }
    for (const [name, [layer, make, classes]] of wanted) {
      let had = this.drawn.get(name);
      if (!had) {
        had = { el: make(), classes: '' };
        had.base = had.el.getAttribute('class') || '';
        this.layers[layer].append(had.el);
        this.drawn.set(name, had);
      }
      if (had.classes !== classes) {
        had.el.setAttribute('class', `${had.base} ${classes}`.trim());
        had.classes = classes;
        counts.touched++;
      }
    }
    this.halo();
    mark(this.sheet, 'led', led);
    const shift = `translate(${w.left} 0)`; // the times stay at the side
    if (this.layers.times.getAttribute('transform') !== shift) { this.layers.times.setAttribute('transform', shift); counts.touched++; }
  }

  drawNames(low, high) {
    const have = new Map([...this.names.querySelectorAll('button')].map(b => [Number(b.dataset.actor), b]));
    for (const [a, b] of have) if (a < low || a > high) { b.remove(); counts.touched++; }
    for (let a = low; a <= high; a++) {
      let b = have.get(a);
      if (!b) {
        b = html('button', { 'data-actor': a, 'aria-pressed': 'false', title: `show actor ${a} in the panel`, onclick: () => { choose(this.n); pin(a); } }, `actor ${a}`);
        b.style.left = this.layout.x(a) + 'px';
        this.names.append(b);
      }
      const pressed = String(pinned === a);
      if (b.getAttribute('aria-pressed') !== pressed) { b.setAttribute('aria-pressed', pressed); counts.touched++; }
    }
  }

  classes(sort, i, shown) {
    let c = '';
    if (sort === 'e' && i === this.cursor) c += ' now';
    if (!shown) c += ' dim';
    if (led && this.past) {
      if (i >= 0 && this.past.all[i]) c += ' in';
      if (this.past.chain.has(i)) c += ' why';
    }
    return c.trim();
  }

  arrowClasses(a) {
    let c = '';
    const mine = a.end === this.cursor && a.fate !== 'lost' || a.sent === this.cursor;
    if (mine) c += ' now';
    if (!matchesArrow(a)) c += ' dim';
    if (led && this.past) {
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
    const most = e.actor ? l.letters - (fromRight ? 1 : 0) : Math.floor((l.width - GUTTER) / LETTER);
    e.lines.forEach(([s, sign], k) => g.append(svg('text', { class: sign || false, x, y: y + 4 + k * 14 }, clip(s, most))));
    return g;
  }

  arrow(a) {
    const l = this.layout, x1 = l.x(a.from), x2 = l.x(a.to);
    const g = svg('g', { class: `m k${kindSign(this.run, a.kind)} ${a.fate}`, 'data-i': a.end >= 0 ? a.end : Math.max(0, a.sent) });
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
    if (a.fate === 'lost' || a.fate === 'flying') {
      let x = x1 + (x2 - x1) * 0.42;
      const foreign = Math.round((x - GUTTER - LEFT) / l.step) + 1; // not on the line of somebody else
      if (foreign !== a.from && Math.abs(x - l.x(foreign)) < 16) x = l.x(foreign) - 18 * Math.sign(x2 - x1);
      const y = a.fate === 'lost' ? y1 + 20 : y1 + Math.min(26, y2 - y1);
      g.append(svg('path', { d: `M${x1} ${y1}L${x} ${y}` }));
      if (a.fate === 'lost') g.append(svg('path', { class: 'x', transform: `translate(${x} ${y})`, d: 'M-4 -4l8 8m0 -8l-8 8' }));
      return g;
    }
    const at = (far, side) => `${(x2 - far * ux - side * uy).toFixed(1)} ${(y2 - far * uy + side * ux).toFixed(1)}`;
    g.append(svg('path', { d: `M${x1} ${y1}L${at(12, 0)}` }));
    if (a.fate === 'refused') g.append(svg('path', { class: 'x', transform: `translate(${at(10, 0)})`, d: CROSS }));
    else if (a.fate === 'held') g.append(svg('path', { d: `M${at(10, 5)}L${at(10, -5)}` }));
    else g.append(svg('path', { class: 'a', d: `M${at(4, 0)}L${at(13, 3.6)}L${at(13, -3.6)}Z` }));
    return g;
  }

  // show scrolls to the chosen event, if it cannot be seen well.
  show() {
    const s = this.scroll, l = this.layout, e = this.run.events[this.cursor];
    if (!e) return;
    const y = l.y[this.cursor];
    if (y < s.scrollTop + 40 || y > s.scrollTop + s.clientHeight - 90) s.scrollTop = Math.max(0, y - s.clientHeight * 0.4);
    if (e.actor && this === active) { // the other pane follows
      const x = l.x(e.actor);
      if (x < s.scrollLeft + GUTTER || x > s.scrollLeft + s.clientWidth - l.step) s.scrollLeft = Math.max(0, x - s.clientWidth / 2);
    }
  }
}

// clip shortens a label: by what stands in brackets, if that is enough.
function clip(s, most) {
  const letters = [...s];
  if (letters.length <= most) return s;
  const short = s.replace(/ \([^()]*\)$/, ' …');
  return short !== s && [...short].length <= most ? short : letters.slice(0, Math.max(1, most - 1)).join('') + '…';
}

// kindSign is the look of a kind of messages: its place among those there are.
function kindSign(run, kind) {
  let n = 0;
  for (let k = 0; k < kind; k++) if (run.messages[k]) n++;
  return n % 8;
}

// ------------------------------------------------------------------- the state

const panes = page.runs.map((data, n) => new Pane(new Run(data, page.runs.length > 1 ? 'AB'[n] : ''), n));
let active = panes[0];
let pinned = 0; // the actor that is shown in the panel; 0: the event's
let led = false; // the causal past is shown
let playing = 0;
const only = { actor: '', kind: '', round: '' };
let guiding = false; // the guide is open
let captionAt = -1; // the caption that is shown; -1: there is none about this event

function matches(run, e) {
  if (only.actor && !run.touched(e).has(Number(only.actor))) return false;
  if (only.round && !run.roundsOf(e).includes(only.round)) return false;
  if (only.kind === 'other') return e.what !== 'deliver';
  if (only.kind === 'trouble') return isTrouble(e);
  return !only.kind || e.what === 'deliver' && e.kind === Number(only.kind) || e.effects.some(f => (f.what === 'send' || f.what === 'broadcast') && f.kind === Number(only.kind));
}

function matchesArrow(a) {
  if (only.actor && a.from !== Number(only.actor) && a.to !== Number(only.actor)) return false;
  if (only.round && a.round !== only.round) return false;
  if (only.kind === 'other') return false;
  if (only.kind === 'trouble') return a.fate === 'lost' || a.fate === 'refused';
  return !only.kind || a.kind === Number(only.kind);
}

const isTrouble = e => !!e.refused || ['fault', 'heal', 'restart'].includes(e.what) || e.effects.some(f => ['drop', 'double', 'crash', 'pause', 'violated', 'strike', 'hold'].includes(f.what));
const isDecision = e => e.effects.some(f => f.what === 'decide');
const isViolation = e => e.effects.some(f => f.what === 'violated');

// go chooses an event.
function go(i, quiet) {
  counts.touched = 0;
  const run = active.run;
  active.cursor = clamp(i, 0, Math.max(0, run.events.length - 1));
  for (const other of panes) if (other !== active) follow(other);
  refresh(quiet);
}

// follow moves the other run to the same moment: the same event up to where the
// runs part, after it the same event if there is one at that time, or the last.
function follow(other) {
  const i = active.cursor, e = active.run.events[i], d = page.difference;
  if (!e || !other.run.events.length) return;
  const parts = d ? (active.n ? d.b : d.a) : Infinity;
  const list = other.run.events, last = clamp(first(list.length, k => list[k].at > e.at) - 1, 0, list.length - 1);
  const alike = x => ['at', 'what', 'kind', 'actor', 'peer', 'copy', 'text'].every(name => x[name] === e[name]);
  let k = last;
  while (k >= 0 && list[k].at === e.at && !alike(list[k])) k--;
  other.cursor = !parts || e.number < parts ? other.run.at(e.number) : k >= 0 && list[k].at === e.at ? k : last;
}

function refresh(quiet) {
  for (const p of panes) {
    p.past = led && p.run.events.length ? p.run.pastOf(p.cursor) : null;
    p.show();
    p.draw();
    mark(p.root, 'active', panes.length > 1 && p === active);
  }
  drawPanel();
  drawBar();
  drawCaption();
  if (!quiet) { speak(); remember(); }
}

function choose(n) {
  if (active === panes[n]) return;
  active = panes[n];
  refresh(true);
}

function pin(actor) { pinned = pinned === actor ? 0 : actor; counts.touched = 0; refresh(true); }

// move goes by so many events among those that the filters show.
function move(by) {
  const run = active.run;
  let i = active.cursor;
  for (let left = Math.abs(by); left > 0; left--) {
    let k = i + Math.sign(by);
    while (k >= 0 && k < run.events.length && !matches(run, run.events[k])) k += Math.sign(by);
    if (k < 0 || k >= run.events.length) break;
    i = k;
  }
  const moved = i !== active.cursor;
  go(i);
  return moved;
}

// seek goes to the next event of which something is so, round about.
function seek(is) {
  const list = active.run.events, n = list.length;
  for (let k = 1; k <= n; k++) if (is(list[(active.cursor + k) % n])) return go((active.cursor + k) % n);
  announce('There is none.');
}

// seekAt goes to the event before or after at the same actor.
function seekAt(by) {
  const run = active.run, list = run.events, actor = pinned || list[active.cursor].actor;
  for (let k = active.cursor + by; k >= 0 && k < list.length; k += by) if (!actor || run.touched(list[k]).has(actor)) return go(k);
}

function play(on) {
  clearInterval(playing);
  playing = on ? setInterval(() => { if (!move(1)) play(false); }, 450) : 0;
  $('play').textContent = on ? 'pause' : 'play';
  if (!on) speak();
}

function setLed(on) {
  led = on;
  $('past').setAttribute('aria-pressed', String(on));
  refresh(true);
  announce(on ? 'Events that cannot have influenced this one are faded.' : 'All events are shown.');
}

// remember puts the event into the address, once the steps come to rest:
// browsers slow down pages that change their address all the time.
let remembering = 0;
function remember() {
  clearTimeout(remembering);
  remembering = setTimeout(() => {
    const e = active.run.events[active.cursor];
    if (e) history.replaceState(null, '', `#e=${e.number}` + (active.n ? '&run=B' : ''));
  }, 150);
}

// recall reads it from there.
function recall() {
  const words = new URLSearchParams(location.hash.slice(1));
  if (words.get('theme')) setTheme(words.get('theme'));
  if (words.get('run') === 'B' && panes[1]) active = panes[1];
  if (!/^\d+$/.test(words.get('e') || '')) return false;
  go(active.run.at(Number(words.get('e'))));
  return true;
}

function announce(s) { $('live').textContent = s; }
function speak() {
  const run = active.run, e = run.events[active.cursor];
  if (!e || playing) return;
  const told = run.tell(e);
  announce(`Event ${e.number}, ${run.time(e.at)}${e.actor ? `, actor ${e.actor}` : ''}: ${[told.head, ...told.rest].join('; ')}.${guiding && captionAt >= 0 ? ' ' + run.captions[captionAt][1] : ''}`);
}

// ------------------------------------------------------------------- the panel

function link(run, i, s) { return html('button', { class: 'link', onclick: () => go(i) }, s || `event ${run.events[i].number}`); }

function drawPanel() {
  const run = active.run, e = run.events[active.cursor];
  if (!e) { text($('event-head'), 'There is no event to show.'); return; }
  text($('event-head'), `${run.letter ? run.letter + ': ' : ''}Event ${e.number} · ${run.time(e.at)}${e.actor ? ` · actor ${e.actor}` : ''}`);
  const told = run.tell(e), body = [html('p', {}, html('strong', {}, capital(told.head)), '.')];
  if (told.rest.length) {
    const most = 12, list = told.rest.slice(0, most).map((s, k) => html('li', { class: /^VIOLATED/.test(s) ? 'bad' : /DECIDES/.test(s) ? 'good' : false }, s));
    if (told.rest.length > most) list.push(html('li', {}, `and ${told.rest.length - most} more`));
    body.push(html('ul', {}, ...list));
  }
  const why = html('p', { class: 'quiet' });
  if (e.because >= 0) why.append('Because of ', link(run, e.because), '. ');
  const leads = run.leads.get(e.i) || [];
  if (leads.length) {
    why.append('It leads to ');
    leads.slice(0, 8).forEach((k, n) => why.append(n ? ', ' : '', link(run, k, String(run.events[k].number))));
    why.append(leads.length > 8 ? ` and ${leads.length - 8} more.` : '.');
  }
  if (why.childNodes.length) body.push(why);
  if (e.choices.length) body.push(html('p', { class: 'quiet' }, 'Chance answered: ', ...e.choices.slice(0, 10).flatMap((c, k) => [k ? ', ' : '', html('span', { class: 'key' }, `${c.key}: ${c.answer}`)]), e.choices.length > 10 ? ` and ${e.choices.length - 10} more.` : '.'));
  $('event-body').replaceChildren(...body);
  if (run.looks) { drawActors(run, e); drawOne(run, e); }
  else { $('actors').hidden = $('one').hidden = true; }
  drawInvariants(run, e);
  drawChoices(run, e);
}

const capital = s => s.charAt(0).toUpperCase() + s.slice(1);
const MOST_ROWS = 12, COLUMNS = 4;

// rows are the actors of the table: all if they are few, else those that the
// event is about, and their neighbours.
function rowsOf(run, e) {
  if (run.actors <= MOST_ROWS) return Array.from({ length: run.actors }, (_, k) => k + 1);
  const list = new Set([pinned, e.actor, e.peer, ...[...run.touched(e)].slice(0, 6)].filter(Boolean));
  for (let a = Math.max(1, (e.actor || 1) - 2); a <= run.actors && list.size < MOST_ROWS; a++) list.add(a);
  return [...list].sort((a, b) => a - b);
}

// other is the same field in the other run, at the same moment.
function otherText(actor, f) {
  if (panes.length < 2) return null;
  const p = panes[1 - active.n], [group, name] = active.run.fields[f], g = p.run.named(group, name);
  return p.run.looks ? p.run.field(actor, g, p.cursor) : null;
}

function drawActors(run, e) {
  const columns = run.memory.slice(0, COLUMNS), is = run.named(CONDITION, 'is');
  const head = html('tr', {}, html('th', { scope: 'col' }, 'actor'), ...columns.map(f => html('th', { scope: 'col' }, run.fields[f][1])));
  const rows = rowsOf(run, e).map(a => {
    const condition = run.field(a, is, e.i), down = condition === 'down' || condition === 'gone';
    const cells = columns.map(f => {
      const disk = run.named(DISK, run.fields[f][1]);
      const now = run.field(a, down && disk >= 0 ? disk : f, e.i), kept = disk >= 0 ? run.field(a, disk, e.i) : null;
      const cell = html('td', { class: run.changed(a, f, e.i) && !down ? 'new' : false });
      if (cell.className) cell.append(html('span', { class: 'hear' }, 'new: '));
      if (down && now) cell.append(html('span', { class: 'quiet' }, `(${now})`, html('span', { class: 'hear' }, ' on disk')));
      else if (!down && kept !== null && kept !== now) cell.append(html('span', { class: 'loose', title: `not on disk: there it is ${kept || 'nothing'}` }, now || '–'), html('span', { class: 'hear' }, ' not on disk'));
      else cell.append(now || '–');
      const other = otherText(a, f);
      if (other !== null && other !== run.field(a, f, e.i)) cell.append(html('span', { class: 'other' }, `≠ ${other || '–'}`));
      return cell;
    });
    const name = html('button', { class: 'link', 'aria-label': `actor ${a}${condition === 'up' ? '' : ', ' + condition}`, onclick: () => pin(a) }, String(a));
    return html('tr', { class: a === e.actor ? 'now' : false }, html('th', { scope: 'row' }, name, condition === 'up' ? '' : html('span', { class: 'bad' }, ' ' + condition)), ...cells);
  });
  const body = [html('table', {}, html('thead', {}, head), html('tbody', {}, ...rows))];
  if (run.actors > MOST_ROWS) body.push(html('p', { class: 'quiet' }, `${rows.length} of ${plural(run.actors, 'actor')}.`));
  $('actors-body').replaceChildren(...body);
}

// drawOne tells all about one actor.
function drawOne(run, e) {
  const a = pinned || e.actor || e.effects.map(f => f.actor).find(Boolean) || 0;
  $('one').hidden = !a;
  if (!a) return;
  const is = run.field(a, run.named(CONDITION, 'is'), e.i), waits = run.field(a, run.named(CONDITION, 'waits'), e.i), down = is === 'down' || is === 'gone';
  text($('one-head'), `Actor ${a}${is === 'up' ? '' : `, ${is}`}${pinned ? ' (kept in view)' : ''}`);
  const names = [...new Set(run.fields.filter(f => f[0] <= WRITTEN).map(f => f[1]))];
  const rows = [];
  for (const name of names) {
    const [m, d, w] = [MEMORY, DISK, WRITTEN].map(group => run.named(group, name));
    const knows = m >= 0 ? run.field(a, m, e.i) : '', disk = d >= 0 ? run.field(a, d, e.i) : '', way = w >= 0 ? run.field(a, w, e.i) : '';
    const news = m >= 0 && run.changed(a, m, e.i), saved = d >= 0 && run.changed(a, d, e.i);
    if (!knows && !disk && !way && !news && !saved) continue;
    const was = (f, on) => on && run.field(a, f, e.i - 1) ? html('span', { class: 'quiet' }, ` (was ${run.field(a, f, e.i - 1)})`) : '';
    rows.push(html('tr', {}, html('th', { scope: 'row' }, name),
      html('td', { class: news ? 'new' : false }, down ? '' : knows || '–', was(m, news && !down)),
      html('td', { class: saved ? 'new' : false }, d < 0 ? html('span', { class: 'quiet' }, 'no') : disk || '–', was(d, saved), way && way !== disk ? html('span', { class: 'quiet' }, ` (${way} on its way)`) : '')));
  }
  const alarms = run.fields.map((f, n) => [f, n]).filter(([f]) => f[0] === ALARM).map(([f, n]) => [f[1], run.field(a, n, e.i), run.changed(a, n, e.i)]).filter(x => x[1] || x[2]);
  const body = [html('table', {}, html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, ''), html('th', { scope: 'col' }, 'it knows'), html('th', { scope: 'col' }, 'on its disk'))), html('tbody', {}, ...rows))];
  if (down) body.push(html('p', {}, 'It is down: it knows nothing, and its disk keeps what was saved.'));
  if (waits) body.push(html('p', {}, `Behind its disk, or a pause, ${waits === '1 effect' ? 'waits' : 'wait'} ${waits}.`));
  if (alarms.length) body.push(html('p', {}, 'Alarms: ', alarms.map(([name, at, news]) => `${news ? '● ' : ''}${name} ${at || 'off'}`).join(', ') + '.'));
  if (pinned) body.push(html('button', { onclick: () => pin(pinned) }, 'follow the event again'));
  $('one-body').replaceChildren(...body);
}

// section is a part of the panel that opens. It keeps what a person made of it.
function section(id, head, open, fill) {
  const s = $(id);
  let d = s.querySelector('details');
  if (!d) {
    d = html('details', {}, html('summary', {}), html('div', {}));
    d.open = open;
    d.addEventListener('toggle', () => { if (d.open) d.lastChild.replaceChildren(...fill()); });
    s.append(d);
  }
  text(d.firstChild, head);
  if (d.open) d.lastChild.replaceChildren(...fill());
}

// spokenOf leads to the events before the last that a violation speaks of.
const spokenOf = (run, v) => v.events.flatMap((n, k) => [k ? ', ' : ' See also ', link(run, run.at(n), `event ${n}`)]).concat(v.events.length ? '.' : []);

function drawInvariants(run, e) {
  const v = run.violation, broken = v && v.event <= e.number;
  const head = !run.invariants.length ? 'No invariant is watched' : broken ? `Broken: ${v.broke}` : `${plural(run.invariants.length, 'invariant')}: all hold so far`;
  section('invariants', head, !!v, () => [
    broken ? html('p', { class: 'bad' }, `${capital(v.text)}. `, html('button', { class: 'link', onclick: () => go(run.at(v.event)) }, `It broke at event ${v.event}, the first of all.`), ...spokenOf(run, v), v.means ? ` ${capital(v.means)}.` : '')
      : v ? html('p', {}, html('button', { class: 'link', onclick: () => go(run.at(v.event)) }, `${capital(v.invariant)} will break, at event ${v.event}.`), ...spokenOf(run, v)) : '',
    html('ul', {}, ...run.invariants.map(([name, doc]) => html('li', { class: broken && name === v.invariant ? 'bad' : false }, `${broken && name === v.invariant ? '✗ ' : '✓ '}${name}: `, html('span', { class: 'quiet' }, doc)))),
  ].filter(Boolean));
}

function drawChoices(run, e) {
  const so = first(run.surprises.length, k => run.surprises[k].i > e.i), early = run.early;
  const head = `Surprises so far: ${so + run.delays[e.i] + early}`;
  section('choices', head, false, () => {
    const most = 25, from = Math.max(0, so - most), list = run.surprises.slice(from, so);
    return [
      html('p', { class: 'quiet' }, `Where chance did not give the calm answer, by the name of the choice. ${plural(run.delays[e.i], 'delay')} above the least ${run.delays[e.i] === 1 ? 'is' : 'are'} not listed.${from ? ` The last ${most} of ${so}:` : ''}`),
      html('ul', {}, ...run.readChoices(run.before || []).slice(-10).map(c => html('li', {}, html('span', { class: 'key' }, `${c.key}: ${c.answer}`), ' before')),
        ...list.map(c => html('li', { class: c.i === e.i ? 'new' : false }, html('span', { class: 'key' }, `${c.key}: ${c.answer}`), ' at ', link(run, c.i)))),
    ];
  });
}

// --------------------------------------------------------------------- the bar

function drawBar() {
  const run = active.run, e = run.events[active.cursor], last = run.events[run.events.length - 1], s = $('scrub');
  if (!e) return;
  if (s.max !== String(run.events.length - 1)) s.max = run.events.length - 1;
  if (s.value !== String(active.cursor)) { s.value = active.cursor; counts.touched++; }
  s.setAttribute('aria-valuetext', `event ${e.number}, ${run.time(e.at)}`);
  text($('where'), `event ${e.number.toLocaleString('en')} of ${last.number.toLocaleString('en')} · ${run.time(e.at)}`);
  $('first').disabled = $('back').disabled = active.cursor === 0;
  $('last').disabled = $('next').disabled = active.cursor === run.events.length - 1;
  if ($('marks').dataset.run !== run.letter + '!') drawMarks(run);
}

// drawMarks shows on the scrubber where something happened: decisions as
// triangles, crashes and faults as bars, the violation as a cross, the events that it
// speaks of as rings.
function drawMarks(run) {
  const n = Math.max(1, run.events.length - 1), m = $('marks'), seen = new Set(), out = [];
  m.dataset.run = run.letter + '!';
  const width = Math.max(100, m.clientWidth);
  m.setAttribute('viewBox', `0 0 ${width} 9`);
  for (const e of run.events) {
    const x = 8 + Math.round(e.i / n * (width - 16)), v = isViolation(e), d = isDecision(e), s = run.spoken.includes(e.number);
    const bad = ['fault', 'heal'].includes(e.what) || e.effects.some(f => f.what === 'crash' || f.what === 'strike');
    if (s) out.push(svg('circle', { class: 'spoken', cx: x, cy: 4.5, r: 3.5 }));
    if (!v && !d && !bad || seen.has(x >> 2) && !v || out.length > 150) continue;
    seen.add(x >> 2);
    out.push(v ? svg('path', { class: 'x', d: `M${x - 5} 0l10 9m0 -9l-10 9` }) : d ? svg('path', { fill: 'var(--good)', d: `M${x} 0l5 8h-10Z` }) : svg('path', { stroke: 'var(--bad)', 'stroke-width': 3, d: `M${x} 1v7` }));
  }
  m.replaceChildren(...out);
}

// ------------------------------------------------------------------- the guide

// A caption belongs to its event. Whoever leaves that sees another caption, or
// none and where the next one is.

// setCaption goes to a caption and its event.
function setCaption(n) {
  const list = active.run.captions;
  if (n < 0 || n >= list.length) return guide(false);
  captionAt = n;
  go(active.run.at(list[n][0]), true);
  remember();
  announce(list[n][1]);
}

// beside is the nearest caption before the chosen event, or behind it.
function beside(by) {
  const run = active.run, list = run.captions;
  if (captionAt >= 0) return captionAt + by;
  const n = first(list.length, k => run.at(list[k][0]) > active.cursor);
  return by > 0 ? n : n - 1;
}

function drawCaption() {
  const run = active.run, list = run.captions, is = n => n in list && run.at(list[n][0]) === active.cursor;
  if (!is(captionAt)) captionAt = list.findIndex((_, n) => is(n));
  const hide = !guiding || !list.length;
  if ($('caption').hidden !== hide) { $('caption').hidden = hide; counts.touched++; }
  if (hide) return;
  const before = beside(-1), after = beside(1);
  text($('caption-text'), captionAt >= 0 ? list[captionAt][1] : 'The guide says nothing about this event. ' +
    (after < list.length ? `It goes on at event ${list[after][0].toLocaleString('en')}.` : `It ended at event ${list[before][0].toLocaleString('en')}.`));
  mark($('caption'), 'quiet', captionAt < 0);
  text($('caption-count'), captionAt >= 0 ? `${captionAt + 1} of ${list.length}` : '');
  $('caption-back').disabled = before < 0;
  text($('caption-next'), after < list.length ? 'next' : 'finish');
}

function guide(on) {
  if (!active.run.captions.length) return announce('This run has no captions.');
  guiding = on;
  if (on) setCaption(0);
  else { drawCaption(); try { localStorage.setItem('paxsim-guide', 'closed'); } catch { /* a page from a file may not keep anything */ } }
  for (const p of panes) p.later();
}

// ---------------------------------------------------------------------- begins

const KEYS = [
  ['→ ←', 'next event, event before; j and k too', ['ArrowRight', 'j'], () => move(1)], ['', '', ['ArrowLeft', 'k'], () => move(-1)],
  ['↓ ↑', 'next, before at the same actor', ['ArrowDown'], () => seekAt(1)], ['', '', ['ArrowUp'], () => seekAt(-1)],
  ['page down, up', '20 events on, back', ['PageDown'], () => move(20)], ['', '', ['PageUp'], () => move(-20)],
  ['home, end', 'first event, last event', ['Home'], () => go(0)], ['', '', ['End'], () => go(active.run.events.length - 1)],
  ['space', 'play, pause', [' '], () => play(!playing)],
  ['c', 'the event that caused this one', ['c'], () => { const b = active.run.events[active.cursor].because; if (b >= 0) go(b); else announce('Nothing in the page caused it.'); }],
  ['p', 'all that led to this event; the rest fades', ['p'], () => setLed(!led)],
  ['d', 'next decision', ['d'], () => seek(isDecision)],
  ['x', 'next loss, crash or fault', ['x'], () => seek(isTrouble)],
  ['v', 'where an invariant broke', ['v'], () => seek(isViolation)],
  ['f', 'to the filters', ['f'], () => $('by-actor').focus()],
  ['r', 'the other run, if there are two', ['r'], () => { if (panes[1]) { choose(1 - active.n); announce(`Run ${active.run.letter}.`); } }],
  ['g', 'the guide', ['g'], () => guide(!guiding)],
  ['t', 'light or dark', ['t'], () => nextTheme()],
  ['?', 'this list', ['?'], () => $('help').showModal()],
  ['escape', 'close the guide, show all again', ['Escape'], () => { if (guiding) guide(false); else if (led) setLed(false); else { for (const k in only) only[k] = ''; fillFilters(); refresh(); } }],
];

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || $('help').open) return;
  const at = event.target, inField = at.closest('select,input'), onButton = at.closest('button,summary,a');
  const found = KEYS.find(k => k[2].includes(event.key));
  if (!found) return;
  if (inField && event.key === 'Escape') return at.blur();
  if (inField && (at.type !== 'range' || !/^[a-z?]$/.test(event.key))) return; // the field's own keys
  if (onButton && event.key === ' ') return;
  if (at.closest('#panel') && /^(Arrow(Up|Down)|Page|Home|End)/.test(event.key)) return; // it scrolls
  event.preventDefault();
  if (playing && event.key !== ' ') play(false);
  found[3]();
});

function setTheme(word) { if (word === 'auto') delete document.documentElement.dataset.theme; else if (['light', 'dark'].includes(word)) document.documentElement.dataset.theme = word; }
function nextTheme() {
  const is = document.documentElement.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  setTheme(is === 'dark' ? 'light' : 'dark');
}

function fillFilters() {
  const options = (id, list, value) => { $(id).replaceChildren(...list.map(([v, s]) => html('option', { value: v }, s))); $(id).value = value; };
  const most = 200, run = panes[0].run;
  if (run.actors <= most) options('by-actor', [['', 'all'], ...Array.from({ length: run.actors }, (_, k) => [String(k + 1), String(k + 1)])], only.actor);
  else { // a list would be too long
    if ($('by-actor').tagName === 'SELECT') $('by-actor').replaceWith(html('input', { id: 'by-actor', type: 'number', min: 1, max: run.actors, placeholder: 'all' }));
    $('by-actor').value = only.actor;
  }
  options('by-kind', [['', 'all'], ...run.messages.map((m, k) => [String(k), m]).filter(x => x[1]), ['other', 'no message'], ['trouble', 'trouble']], only.kind);
  const rounds = [...new Set(panes.flatMap(p => p.run.rounds || []))];
  $('rounds').hidden = !rounds.length;
  text($('round-word'), run.round || 'round');
  options('by-round', [['', 'all'], ...rounds.slice(0, most).map(b => [b, b])], only.round);
}

function fillHelp() {
  $('help-keys').replaceChildren(...KEYS.filter(k => k[0]).map(k => html('tr', {}, html('td', {}, html('kbd', {}, k[0])), html('td', {}, k[1]))));
  const sign = (picture, s) => html('li', {}, svg('svg', { width: 40, height: 18, class: 'sheet', 'aria-hidden': 'true' }, picture), s);
  const at = (d, c) => svg('path', { class: c, transform: 'translate(20 9)', d });
  const run = panes[0].run, used = new Set(run.arrows.map(a => a.kind));
  $('signs').replaceChildren(
    ...run.messages.map((m, k) => [m, k]).filter(([m, k]) => m && used.has(k)).map(([m, k]) => sign(svg('g', { class: `m k${kindSign(run, k)}` }, svg('path', { d: 'M2 9H32' }), svg('path', { class: 'a', d: 'M39 9l-9 -4v8Z' })), m)),
    sign(at(CROSS, 'x'), 'lost; not received; a crash'),
    sign(svg('g', { class: 'e' }, svg('rect', { class: 'p', x: 16, y: 5, width: 7, height: 7 })), 'saved to disk'),
    sign(svg('g', { class: 'e' }, at(STAR, 'star')), 'decides'),
    sign(svg('g', { class: 'e' }, svg('circle', { class: 'spoken', cx: 20, cy: 9, r: 7 })), 'a broken invariant speaks of it'),
    sign(svg('rect', { class: 'down', x: 12, y: 1, width: 16, height: 16 }), 'down'),
    sign(svg('rect', { class: 'pause', x: 12, y: 1, width: 16, height: 16 }), 'paused'),
    sign(svg('rect', { class: 'cut', x: 2, y: 1, width: 36, height: 16 }), 'the network is cut or clogged'),
    sign(svg('g', { class: 'm k5 flying' }, svg('path', { d: 'M2 4L30 14' })), 'still on its way at the end'),
    html('li', {}, '● new; dotted below: not on disk'));
}

function begin() {
  for (const p of panes) {
    $('panes').append(p.root);
    const v = p.run.violation;
    $('summaries').append(html('p', {}, p.run.letter ? `${p.run.letter} (${p.run.name}): ` : '', p.run.summary, '. ',
      v ? html('span', { class: 'bad' }, capital(v.broke) + ' broke at ', html('button', { class: 'link', onclick: () => { choose(p.n); go(p.run.at(v.event)); } }, `event ${v.event}`), `: ${v.text}. ${v.means ? capital(v.means) + '. ' : ''}`) : '', p.run.note || '', p.run.unflown ? ` ${plural(p.run.unflown, 'message')} on their way at the end are not drawn.` : ''));
  }
  if (panes.length > 1) {
    const d = page.difference, i = d && d.a ? panes[0].run.index.get(d.a) : undefined;
    $('summaries').append(html('p', {}, d ? html('strong', {}, d.a && d.b ? `They part at event ${d.a}. ` : d.a ? `B ends where A goes on, at event ${d.a}. ` : `A ends where B goes on, at event ${d.b}. `) : 'They are the same run.', d ? capital(d.why.slice(0, 3).join('; ')) + '. ' : '',
      i !== undefined ? html('button', { class: 'link', onclick: () => { choose(0); go(i); } }, 'Go there') : ''));
  }
  fillFilters();
  fillHelp();
  for (const [id, act] of Object.entries({ first: () => go(0), back: () => move(-1), next: () => move(1), last: () => go(active.run.events.length - 1), play: () => play(!playing),
    past: () => setLed(!led), guide: () => guide(!guiding), keys: () => $('help').showModal(), theme: nextTheme, 'caption-close': () => guide(false),
    'caption-back': () => setCaption(beside(-1)), 'caption-next': () => setCaption(beside(1)) })) $(id).addEventListener('click', act);
  $('scrub').addEventListener('input', () => go(Number($('scrub').value)));
  for (const id of ['actor', 'kind', 'round']) $('by-' + id).addEventListener('change', () => { only[id] = $('by-' + id).value; counts.touched = 0; refresh(true); });
  for (const p of panes) p.lay();
  let width = innerWidth;
  addEventListener('resize', () => { if (innerWidth !== width) { width = innerWidth; for (const p of panes) p.lay(); drawMarks(active.run); } for (const p of panes) p.later(); });
  addEventListener('hashchange', recall);
  let closed = false;
  try { closed = localStorage.getItem('paxsim-guide') === 'closed'; } catch { /* as if for the first time */ }
  if (!recall()) {
    const v = active.run.violation;
    if (panes.length > 1 && page.difference && page.difference.a) go(active.run.at(page.difference.a), true);
    else if (!closed && active.run.captions.length) guide(true);
    else go(v ? active.run.at(v.event) : 0, true);
  }
  for (const p of panes) p.later();
}

begin();

// For tests: what is drawn, and what the last step cost.
window.paxsim = {
  limit: LIMIT,
  drawn: () => Math.max(...panes.map(p => p.sheet.querySelectorAll('*').length)),
  elements: () => document.querySelectorAll('*').length,
  touched: () => counts.touched,
  go, move, cursor: () => active.run.events[active.cursor].number, events: () => active.run.events.length,
};
})();
