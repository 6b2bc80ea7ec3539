package story

import (
	"errors"
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// write writes the draft down in lines. It then plays them: where they would mean
// another event, the line says more.
func (x *shrinker) write() (*Story, error) {
	for _, pass := range []func() error{x.vain, x.originals} {
		if err := pass(); err != nil && !errors.Is(err, errCapped) {
			return nil, err
		}
	}
	entries, err := x.observed()
	if err != nil {
		return nil, err
	}
	d := &writer{ourWords: ourWords{x.best.s.Protocol.Vocabulary(), x.best.s}, entries: entries, more: make([]int, len(x.player.came))}
	for _, c := range x.player.came {
		d.steps = append(d.steps, x.best.steps[c.step])
		d.events = append(d.events, c.event)
		d.keys = append(d.keys, c.key)
		d.told = append(d.told, told{nameOf(c.key), d.textOf(c.event), c.event})
	}
	if len(d.steps) > manyLines {
		for i := range d.more {
			d.more[i] = all
		}
	}
	st := &Story{Scenario: x.closed(), Breaks: x.breaks.Invariant}
	for _, k := range sortedKeys(x.best.given) {
		if st.Given == nil {
			st.Given = map[string]uint32{}
		}
		st.Given[d.KeyText(k)] = x.best.given[k]
	}
	for range 2*len(d.steps) + 1 {
		lines, first := d.lines()
		st.Lines = nil
		for i := range lines {
			st.Lines = append(st.Lines, d.text(&lines[i]))
		}
		p, err := st.Play(x.ctx)
		if p != nil {
			x.work.Replays++
			x.work.Events += p.Outcome.Events
		}
		at := d.differs(p, err, first)
		if at < 0 || !d.explain(at) {
			if v := violation(p); err == nil && v != nil && v.Invariant == x.breaks.Invariant {
				return st, nil
			}
			return nil, fmt.Errorf("the story cannot be written down: at step %d: %w", at+1, orElse(err))
		}
	}
	return nil, fmt.Errorf("the story cannot be written down in lines")
}

func orElse(err error) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("it breaks nothing in this form")
}

func violation(p *Played) *sim.Violation {
	if p == nil {
		return nil
	}
	return p.Outcome.Violation
}

// closed is the scenario of the draft with what is possible only because lines speak
// of it switched off again.
func (x *shrinker) closed() *sim.Scenario {
	s := *x.best.s
	if x.fixed {
		return x.given
	}
	s.Crashes, s.Network.Duplicate, s.Network.Forge = faults.Crashes{}, 0, 0
	return &s
}

// writer writes the steps of a run as lines.
type writer struct {
	ourWords
	steps   []step
	events  []uint64 // by step: the number of its event
	keys    []key
	told    []told
	entries []observe.Entry
	more    []int // by step: how much more the line says than the least
}

// all says that the line of a step says all that it can. Where there are many lines all
// do: else it would take too long to find those that must.
const (
	all       = 2
	manyLines = 100
)

// explain makes the line of a step say more, and says whether it can.
func (d *writer) explain(at int) bool {
	if d.more[at] >= all || observe.WhatOf(d.steps[at].name) != observe.Delivered {
		return false
	}
	d.more[at]++
	return true
}

// differs is the first step for which a played story has another event; -1: none.
func (d *writer) differs(p *Played, err error, first []int) int {
	if m, ok := err.(*Mistake); ok && m.Line > 0 {
		return first[m.Line-1]
	}
	if p == nil {
		return -1
	}
	for i := range d.told {
		if i >= len(p.told) || !p.told[i].same(&d.told[i]) {
			return i
		}
	}
	return -1
}

// arrival is the entry of a message that arrives in an event; nil: none does.
func (d *writer) arrival(event uint64) *observe.Entry {
	i := slices.IndexFunc(d.entries, func(e observe.Entry) bool { return e.Event == event && e.What == observe.Delivered })
	if i < 0 {
		return nil
	}
	e := d.entries[i]
	if e.As != 0 {
		e.Text = e.Text[:len(e.Text)-len(fmt.Sprintf(" as if from %d", e.As))]
	}
	return &e
}

// textOf is what the message says that arrives in an event.
func (d *writer) textOf(event uint64) string {
	if e := d.arrival(event); e != nil {
		return e.Text
	}
	return ""
}

// lines are the steps as lines, those that belong together in one; first is by line
// the first step in it.
func (d *writer) lines() (lines []line, first []int) {
	for i := range d.steps {
		l := d.line(i)
		if n := len(lines); n > 0 && joined(&lines[n-1], &l) {
			continue
		}
		lines, first = append(lines, l), append(first, i)
	}
	return lines, first
}

// joined puts a line into the one before, if the two can be one, and says whether
// they can: a message that reaches several actors, or of several that reach one.
func joined(l, next *line) bool {
	if l.what != observe.Delivered || next.what != observe.Delivered || l.kind != next.kind || l.text != next.text || l.again != next.again || l.as != next.as ||
		l.slow || next.slow || len(l.marks)+len(next.marks) > 0 {
		return false
	}
	switch {
	case len(l.from) < 2 && slices.Equal(l.from, next.from) && !slices.Contains(l.to, next.to[0]):
		l.to = append(l.to, next.to[0])
		return true
	case len(l.to) == 1 && l.to[0] == next.to[0] && len(l.from) > 0 && len(next.from) > 0 && !slices.Contains(l.from, next.from[0]):
		l.from = append(l.from, next.from[0])
		return true
	}
	return false
}

// line is the line of a step.
func (d *writer) line(i int) line {
	x := &d.steps[i]
	l := line{what: observe.WhatOf(x.name), kind: x.name.Kind(), slow: x.slow, to: []sim.ID{sim.ID(x.name.To())}}
	for _, m := range x.marks {
		if what := m.ask.What(); what < chance.Doubled || what >= chance.Delay && (what < chance.Forged || what >= chance.Protocol) {
			l.marks = append(l.marks, m)
		}
	}
	slices.SortStableFunc(l.marks, func(a, b mark) int {
		return boolToInt(crashes(a.ask)) - boolToInt(crashes(b.ask)) // nothing happens after a crash
	})
	switch l.what {
	case observe.Delivered:
		d.message(&l, i)
	case observe.Asked:
		l.text = d.request(x.name.Count())
	case observe.FaultBegins, observe.FaultEnds:
		l.fault = int(x.name.Count())
	}
	return l
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// message says which message it is that arrives.
func (d *writer) message(l *line, i int) {
	l.again = d.keys[i].What()&3 != 0
	from := sim.ID(d.steps[i].name.From())
	e := d.arrival(d.events[i])
	if e == nil { // it vanishes
		l.from = []sim.ID{from}
		return
	}
	l.as = e.As
	l.text = d.shortest(e)
	if d.more[i] > 0 {
		l.text = e.Text
	}
	if d.more[i] > 1 || d.severalSend(l.kind, l.text) {
		l.from = []sim.ID{from}
	}
}

// severalSend says whether several actors send such messages in the run.
func (d *writer) severalSend(kind uint8, text string) bool {
	sender := sim.ID(0)
	for i := range d.entries {
		e := &d.entries[i]
		if (e.What == observe.Sent || e.What == observe.Broadcast) && e.Kind == kind && begins(e.Text, text) {
			if sender != 0 && sender != e.Actor {
				return true
			}
			sender = e.Actor
		}
	}
	return false
}
