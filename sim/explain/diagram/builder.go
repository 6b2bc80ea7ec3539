package diagram

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// Builder takes the steps of a run, all of them, and lays out those of a window.
type Builder struct {
	s     *sim.Scenario
	tell  grid.Teller
	from  uint64 // the first event shown
	count uint64 // how many at most

	total, shown uint64 // steps
	last         uint64 // the last event shown
	ticks        []tick
	next         []int // by actor: its next free row in the tick
	floor        int   // below a row that concerns all

	events   []placed
	messages []flight
	book     *flights.Book[departure]
	open     []flight // sent in the window, not settled
	downs    []stay
	downAt   []point // by actor: since when
	pausedAt []point
	cuts     []stay
	cutAt    map[int]stay // by fault
	saves    bool
}

// tick is a time at which something happens.
type tick struct {
	at   sim.Time
	rows int
}

// point is a row of a tick. Tick 0 is the first in the window.
type point struct{ tick, row int }

// The points above and below all that is shown; and that of what does not last.
var (
	up    = point{tick: -2}
	above = point{tick: -1}
	below = point{tick: 1 << 30}
)

type departure struct {
	event uint64
	at    point
}

type placed struct {
	Event
	at    point
	lines []Line // Y counts rows from the event's
}

type flight struct {
	Message
	n        uint32 // its number among the sender's
	from, to point
}

type stay struct {
	actor    sim.ID
	paused   bool
	name     string
	from, to point
}

// NewBuilder lays out runs of a scenario: at most count events from one on.
func NewBuilder(s *sim.Scenario, from, count uint64) *Builder {
	b := &Builder{s: s, tell: grid.Tell(s), from: from, count: count, next: make([]int, s.Actors+1), book: flights.NewBook[departure](s.Actors),
		downAt: slices.Repeat([]point{up}, s.Actors+1), pausedAt: slices.Repeat([]point{up}, s.Actors+1), cutAt: map[int]stay{}}
	return b
}

// Add takes the next step of the run.
func (b *Builder) Add(s trace.Step) {
	b.total++
	switch {
	case s.Event.Event < b.from:
		b.before(s)
	case b.shown < b.count:
		b.shown++
		b.last = s.Event.Event
		b.show(s)
	}
}

// before follows what began before the window.
func (b *Builder) before(s trace.Step) {
	e := s.Event
	p := flights.Split(s)
	if e.What == observe.Delivered && p.Held == "" {
		b.book.Arrives(e)
	}
	b.lasting(e, above)
	for _, f := range p.Effects {
		b.lasting(f, above)
		b.book.Effect(f, departure{0, above})
	}
	for _, g := range p.Gone {
		b.book.Arrives(g.Entry)
	}
}

// lasting notes what an event begins or ends.
func (b *Builder) lasting(e observe.Entry, at point) {
	switch e.What {
	case observe.Crashed:
		b.end(b.pausedAt, e.Actor, at, true)
		b.downAt[e.Actor] = at
	case observe.Restarted:
		b.end(b.downAt, e.Actor, at, false)
	case observe.Paused:
		b.pausedAt[e.Actor] = at
	case observe.Resumed:
		b.end(b.pausedAt, e.Actor, at, true)
	case observe.FaultBegins, observe.FaultStruck:
		if i := flights.Fault(b.s, e); i >= 0 && flights.Lasts(b.s.FaultAt(i)) {
			b.cutAt[i] = stay{name: terminal.Text(e.Text), from: at}
		}
	case observe.FaultEnds, observe.FaultHealed:
		i := flights.Fault(b.s, e)
		if c, ok := b.cutAt[i]; ok && at != above {
			c.to = at
			b.cuts = append(b.cuts, c)
		}
		delete(b.cutAt, i)
	}
}

// end ends what lasted at an actor.
func (b *Builder) end(since []point, id sim.ID, at point, paused bool) {
	if since[id] != up && at != above {
		b.downs = append(b.downs, stay{actor: id, paused: paused, from: since[id], to: at})
	}
	since[id] = up
}

// show lays out a step.
func (b *Builder) show(s trace.Step) {
	e := s.Event
	if n := len(b.ticks); n == 0 || b.ticks[n-1].at != e.At {
		b.ticks = append(b.ticks, tick{at: e.At})
		clear(b.next)
		b.floor = 0
	}
	parts := flights.Split(s)
	p := placed{Event: Event{Number: e.Event, Actor: e.Actor, Own: true, Full: b.full(e, parts)}}
	var sent departure
	known, lowest := false, 0
	switch {
	case parts.Held != "":
		p.line(b.tell.Message(e)+" must wait", Quiet)
	case e.What == observe.Delivered:
		p.line(b.arrival(e, parts.Refused))
		sent, known = b.book.Arrives(e)
		p.FromRight = known && e.Peer > e.Actor
		if known && sent.at.tick == len(b.ticks)-1 {
			lowest = sent.at.row + 1 // within a tick, too, time runs down
		}
	case e.Actor == 0:
		p.line(strings.Trim(b.tell.Event(e), "- "), World)
	default:
		p.line(b.tell.Event(e), Plain)
	}
	own, others := parts.Apart(e.Actor)
	var all []observe.Entry // that concern all, though the event does not
	for _, f := range own {
		if f.Actor == 0 && (e.Actor != 0 || f.What == observe.Violated) {
			all = append(all, f)
		} else {
			b.effect(&p, f)
		}
	}
	b.place(&p, lowest)
	if known {
		b.arrow(e, sent, parts.Refused, p.at)
	}
	b.lasting(e, p.at)
	b.leave(e, own, p.at)
	for _, list := range others {
		q := placed{Event: Event{Number: e.Event, Actor: list[0].Actor, Full: b.tell.Effect(list[0])}}
		for _, f := range list {
			b.effect(&q, f)
		}
		b.place(&q, p.at.row+1)
		b.leave(e, list, q.at)
	}
	for _, g := range parts.Gone {
		q := placed{Event: Event{Number: e.Event, Actor: g.Actor, Full: b.tell.Message(g.Entry) + " is dropped (" + terminal.Text(g.Why) + ")"}}
		q.line(b.arrival(g.Entry, g.Why))
		b.place(&q, p.at.row+1)
		if sent, ok := b.book.Arrives(g.Entry); ok {
			b.arrow(g.Entry, sent, g.Why, q.at)
		}
	}
	for _, f := range all {
		q := placed{Event: Event{Number: e.Event, Full: b.tell.Effect(f)}}
		class := World
		if f.What == observe.Violated {
			class = Bad
		}
		q.line(b.tell.Effect(f), class)
		b.place(&q, 0)
		b.lasting(f, q.at)
	}
}

// arrival is the label of an arrival.
func (b *Builder) arrival(e observe.Entry, why string) (string, Class) {
	text := b.tell.Message(e)
	switch {
	case why != "":
		return text + " (" + terminal.Text(why) + ")", Bad
	case e.Copy > 0:
		return text + " (duplicate)", Plain
	}
	return text, Plain
}

// full tells all that happened in a step.
func (b *Builder) full(e observe.Entry, p flights.Parts) string {
	var text strings.Builder
	fmt.Fprintf(&text, "event %d, %s ms", e.Event, say.Millis(b.s, e.At))
	if e.Actor != 0 {
		fmt.Fprintf(&text, ", actor %d", e.Actor)
	}
	text.WriteString(": ")
	switch {
	case p.Refused != "":
		fmt.Fprintf(&text, "%s from actor %d is dropped (%s)", b.tell.Message(e), e.Peer, terminal.Text(p.Refused))
	case p.Held != "":
		fmt.Fprintf(&text, "%s from actor %d must wait (%s)", b.tell.Message(e), e.Peer, terminal.Text(p.Held))
	case e.What == observe.Delivered:
		fmt.Fprintf(&text, "%s from actor %d arrives", b.tell.Message(e), e.Peer)
	default:
		text.WriteString(b.tell.Event(e))
	}
	for _, f := range p.Effects {
		switch f.What {
		case observe.Sent:
			fmt.Fprintf(&text, "; sends %s to actor %d", b.tell.Message(f), f.Peer)
		case observe.Broadcast:
			fmt.Fprintf(&text, "; sends %s to all", b.tell.Message(f))
		case observe.Dropped, observe.Doubled: // its arrow tells
		default:
			if said := b.tell.Effect(f); said != "" {
				text.WriteString("; " + said)
			}
		}
	}
	return text.String()
}

// effect adds to an event what happened at its actor during it.
func (b *Builder) effect(p *placed, f observe.Entry) {
	switch f.What {
	case observe.Sent, observe.Broadcast, observe.Dropped, observe.Doubled:
	case observe.Saved:
		p.Saved, b.saves = true, true
	case observe.Decided:
		p.Decided = true
		p.line(b.tell.Effect(f), Good)
	case observe.BecameChosen:
		p.line(b.tell.Effect(f), Good)
	case observe.Crashed:
		p.Crashed = true
		p.line(b.tell.Effect(f), Bad)
	default:
		p.line(b.tell.Effect(f), Quiet)
	}
}

func (p *placed) line(text string, class Class) {
	if text != "" {
		p.lines = append(p.lines, Line{len(p.lines), text, class})
	}
}

// place gives an event the first rows that are free at its actor, not above the
// lowest that is asked for.
func (b *Builder) place(p *placed, lowest int) {
	t := len(b.ticks) - 1
	row := max(b.next[p.Actor], b.floor, lowest)
	if p.Actor == 0 {
		row = max(row, slices.Max(b.next))
	}
	p.at = point{t, row}
	end := row + max(1, len(p.lines))
	b.next[p.Actor] = end
	if p.Actor == 0 {
		b.floor = end
	}
	b.ticks[t].rows = max(b.ticks[t].rows, end)
	b.events = append(b.events, *p)
}

// arrow adds the message that arrives in an event.
func (b *Builder) arrow(e observe.Entry, sent departure, why string, at point) {
	f := flight{Message: Message{Kind: e.Kind, Copy: e.Copy > 0, From: e.Peer, To: e.Actor, Sent: sent.event, Event: e.Event, Text: b.tell.Message(e)}, n: e.N, from: sent.at, to: at}
	if why != "" {
		f.Fate = Refused
		f.Text += " (" + terminal.Text(why) + ")"
	}
	b.messages = append(b.messages, f)
	b.arrive(f)
}

// arrive takes a copy of a message out of those that are on their way.
func (b *Builder) arrive(f flight) (was flight, ok bool) {
	for i := range b.open {
		if o := &b.open[i]; o.n == f.n && o.From == f.From && o.To == f.To && o.Kind == f.Kind && o.Copy == f.Copy {
			was = *o
			b.open = slices.Delete(b.open, i, i+1)
			return was, true
		}
	}
	return was, false
}

// leave adds the messages that leave during an event at one actor, and notes what
// begins and ends there.
func (b *Builder) leave(e observe.Entry, effects []observe.Entry, at point) {
	for i, f := range effects {
		b.book.Effect(f, departure{e.Event, at})
		m := flight{Message: Message{Kind: f.Kind, Copy: f.Copy > 0, From: f.Actor, To: f.Peer, Sent: e.Event, Text: b.tell.Message(f)}, n: f.N, from: at}
		if f.What == observe.Dropped {
			b.lose(f, m, e.Event)
		}
		b.lasting(f, at)
		switch f.What {
		case observe.Sent:
			b.open = append(b.open, m)
		case observe.Broadcast:
			if half(effects[i+1:]) {
				break // nobody knows whom it still reached
			}
			for to := 1; to <= b.s.Actors; to++ {
				m.To = sim.ID(to)
				b.open = append(b.open, m)
			}
		case observe.Doubled:
			m.Copy = true
			m.Text = b.tell.Kind(f)
			b.open = append(b.open, m)
		}
	}
}

// half says whether a broadcast was cut short by a crash: there is nothing but its losses
// in between.
func half(effects []observe.Entry) bool {
	for _, f := range effects {
		if f.What != observe.Dropped && f.What != observe.Doubled && f.What != observe.BecameChosen {
			return f.What == observe.Crashed
		}
	}
	return false
}

// lose adds a message that is lost: in the event in which it leaves, or in a
// later one, in which its link had no room for it any more.
func (b *Builder) lose(f observe.Entry, m flight, event uint64) {
	if was, ok := b.arrive(m); ok {
		m = was
	}
	m.Fate, m.Event = Lost, event
	m.Text = fmt.Sprintf("%s to actor %d (%s)", b.tell.Copy(f), f.Peer, terminal.Text(f.Text))
	b.messages = append(b.messages, m)
}
