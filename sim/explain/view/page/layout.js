// Where everything of a run is in its diagram.

import { clamp, first } from './tools.js';
import { CONDITION } from './run.js';
import { fold, wanted } from './labels.js';

export const LINE = 16, GUTTER = 84, LETTER = 5.9;
const LEFT = 28;

const WIDEST = 200; // of a column, where the window does not give more

// Layout gives every event a place. Those of one tick share rows where they are
// at different actors; an arrow always points down.
export class Layout {
  constructor(run, width) {
    this.run = run;
    const n = run.actors, phone = width < 600, least = phone ? 112 : n <= 3 ? 170 : n <= 7 ? 138 : 146;
    this.step = Math.max(least, Math.min(phone ? least : WIDEST, wanted(run, e => run.head(e))), Math.floor((width - GUTTER - 24) / n));
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

  // labels are what is written beside an event, row by row.
  labels(e) {
    const fromRight = e.what === 'deliver' && e.peer > e.actor;
    const most = e.actor ? this.letters - (fromRight ? 1 : 0) : Math.floor((this.width - GUTTER) / LETTER);
    const lines = fold(this.run.head(e), most).map(s => [s, e.refused ? 'b' : e.actor ? '' : 'w']);
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
    const said = [...new Set(rest)], one = said.join(' · ');
    for (const s of [...one].length <= most ? [one].filter(Boolean) : said) lines.push(...fold(s, most).map(row => [row, sign]));
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

  // stub is where the arrow of a message ends that does not arrive.
  stub(a) {
    const x1 = this.x(a.from), x2 = this.x(a.to);
    let x = x1 + (x2 - x1) * 0.42;
    const foreign = Math.round((x - GUTTER - LEFT) / this.step) + 1; // not on the line of somebody else
    if (foreign !== a.from && Math.abs(x - this.x(foreign)) < 16) x = this.x(foreign) - 18 * Math.sign(x2 - x1);
    return [x, a.fate === 'lost' ? a.y1 + 20 : a.y1 + Math.min(26, a.y2 - a.y1)];
  }

  // path is the corners of an arrow.
  path(a) {
    const x1 = this.x(a.from), x2 = this.x(a.to);
    if (a.from === a.to) return a.fate === 'flying' ? [[x1, a.y1], [x1 - 16, a.y1 + 20]] : [[x1, a.y1], [x1 - 17, a.y1 * 0.75 + a.y2 * 0.25], [x1 - 17, a.y1 * 0.25 + a.y2 * 0.75], [x1 - 8, a.y2]];
    return [[x1, a.y1], a.fate === 'lost' || a.fate === 'flying' ? this.stub(a) : [x2, a.y2]];
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
