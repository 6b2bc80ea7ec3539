// A run, as it is in the page, and what follows from it: states, causes, messages.

import { clamp, first, some } from './tools.js';

// Groups of fields: see state.go.
export const MEMORY = 0, DISK = 1, WRITTEN = 2, ALARM = 3, CONDITION = 4;

// Run is a run, as it stands in the page. Events are known by their index; the
// number of an event, which people see, can come twice.
export class Run {
  constructor(data, letter, whats) {
    Object.assign(this, data.about);
    this.letter = letter; // A or B, if there are two
    let number = 0, at = 0;
    this.events = data.events.map((line, i) => {
      const [d, t, what, kind, actor, peer, copy, cause, sent, said, refused, effects, changes, choices, board] = line.concat(Array(15).fill(0)).slice(0, 15);
      number += d; at += t;
      const e = { i, number, at, what: whats[what], kind, actor, peer, copy, cause: cause ? number - cause + 1 : 0, sent: sent ? number - sent + 1 : 0,
        text: this.texts[said], round: this.roundOf(said), refused: this.texts[refused], effects: [], changes: changes || [], choices: this.readChoices(choices || []), board: board || [] };
      for (const n of effects || []) {
        const [w, k, a, p, c, s] = this.deeds.slice(6 * n, 6 * n + 6);
        e.effects.push({ what: whats[w], kind: k, actor: a, peer: p, copy: c, text: this.texts[s], round: this.roundOf(s) });
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

  // when is the time of an event for a sentence; '' in a searched run, which has none.
  when(e) { return this.searched ? '' : this.time(e.at); }
  // clock is what is written at the side of an event's row.
  clock(e) { return this.searched ? e.number.toLocaleString('en') : this.time(e.at); }
  time(t) { return (t * this.tick_us / 1000).toFixed(this.decimals) + ' ms'; }
  kind(k) { return this.messages[k] || String(k); }
  roundOf(text) { const n = this.round_of ? this.round_of[text] : 0; return n ? this.rounds[n - 1] : ''; } // what a message is of

  // readChoices puts the texts of keys together: see Recorder.surprises.
  readChoices(list) {
    const out = [];
    for (let j = 0; j < list.length; j += 5) {
      const [word, from, to, n, answer] = list.slice(j, j + 5);
      const who = to ? ` ${from}>${to - 1}` : from ? ` ${from}` : '';
      const asks = this.texts[word];
      out.push({ key: `${asks}${who} #${n}`, answer, means: this.meaning(asks.split(/[ -]/)[0], answer), delay: asks.startsWith('delay') });
    }
    return out;
  }

  // meaning is an answer with its unit, in brackets. Choices of times answer in ticks.
  meaning(asks, answer) {
    if (asks === 'delay' || asks === 'down' || asks === 'spell') return ` (${this.time(answer)} above the least)`;
    if (asks === 'bias' || asks === 'gap') return ` (${this.time(answer)})`;
    return ['lost', 'doubled', 'damaged', 'forged', 'crash'].includes(asks) && answer === 1 ? ' (yes)' : '';
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
    const add = (kind, from, to, sent, end, fate, copy, round, text) => this.arrows.push({ id: this.arrows.length, kind, from, to, sent, end, fate, copy, round, text });
    for (const e of this.events) {
      if (e.what === 'deliver') {
        const held = e.effects.some(f => f.what === 'hold');
        add(e.kind, e.peer, e.actor, this.index.get(e.sent) ?? -1, e.i, e.refused ? 'refused' : held ? 'held' : 'arrived', e.copy, e.round, e.text);
      }
      let round = '', said = '';
      for (const f of e.effects) {
        if (f.what === 'send' || f.what === 'broadcast') { round = f.round; said = f.text; }
        if (f.what === 'drop') add(f.kind, f.actor, f.peer, e.i, e.i, 'lost', f.copy, round, said);
      }
    }
    for (let j = 0; j < (this.flying || []).length; j += 5) {
      const [sent, kind, from, to, copy] = this.flying.slice(j, j + 5);
      const e = this.events[this.index.get(sent)];
      const f = e && e.effects.find(f => (f.what === 'send' || f.what === 'broadcast') && f.kind === kind && f.actor === from);
      add(kind, from, to, e ? e.i : -1, -1, 'flying', copy, f ? f.round : '', f ? f.text : '');
    }
  }

  // tellArrow tells a message and what becomes of it.
  tellArrow(a) {
    const fate = { lost: 'is lost', refused: 'is not received', held: 'must wait', flying: 'is still on its way', arrived: '' }[a.fate];
    return `${this.kind(a.kind)} ${a.text}`.trim() + ` from ${a.from} to ${a.to}${a.copy ? ' (duplicate)' : ''}${fate ? ' ' + fate : ''}`;
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
