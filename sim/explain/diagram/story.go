package diagram

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// Story is a short run as its diagrams show it: only what happens, in numbered rows.
// Messages that never arrive are not drawn.
//
//	entries --NewStory--> Story --Text----> columns for a terminal
//	                            --Layout--> Layout --SVG--> picture
type Story struct {
	Actors   []sim.ID // at whom anything happens, in the order of their numbers
	Idle     []sim.ID // all others
	Rows     []Row
	Decisive int      // the number of the row from which on the rule breaks even in calm; 0: not known
	Broken   string   // the invariant that broke, with its grade and how: "agreement (safety): …"; "": none
	See      []int    // the numbers of the earlier rows that it speaks of
	Never    []Absent // the messages that never arrive
}

// Row is an event.
type Row struct {
	Number  int    // in the story, from 1; 0: it happens by itself after the row before
	Event   uint64 // in the run
	Actor   sim.ID // at whom it happens; 0: it concerns all
	From    sim.ID // who sent what arrives; 0: nothing arrives
	Sent    int    // the row in which that left; -1: before the first
	Kind    uint8  // of what arrives
	Says    string // the message that arrives, or what happens
	Stopped string // why the message did not reach its receiver; "": it did
	Does    []Deed // what the actor does then, in order
	Down    bool   // the actor is down after this row
	Breaks  bool   // the invariant breaks here
}

// Deed is something that an actor does, in a word or two.
type Deed struct {
	Text    string
	Class   Class
	crash   bool // the actor goes down
	decides bool
	verb    bool // it is the verb of a message
	begins  bool // it notes that a round begins
}

// Absent is a message that never arrives at some of its receivers.
type Absent struct {
	From sim.ID
	Text string
	To   []sim.ID
}

// Options say what the run alone does not.
type Options struct {
	// Listed are the events that have a number, in their order: the first is 1. nil: all
	// but the starts, the ends of saves that come at once, and returns right after a crash.
	// What is not listed belongs to the event before it.
	Listed []uint64

	// Decisive is the event from which on the rule breaks even if all goes calm. 0: none
	// is marked.
	Decisive uint64
}

// NewStory makes a story of the entries of a run, all of them.
func NewStory(s *sim.Scenario, entries []observe.Entry, o Options) *Story {
	t := &teller{Story: &Story{}, s: s, o: o, tell: grid.Tell(s), book: flights.NewBook[int](s.Actors), down: make([]bool, s.Actors+1), asked: map[uint64]string{}}
	steps := trace.Steps{Each: t.step}
	for _, e := range entries {
		steps.Observe(e)
	}
	steps.Flush()
	t.finish()
	return t.Story
}

// teller makes a story.
type teller struct {
	*Story
	s       *sim.Scenario
	o       Options
	tell    grid.Teller
	book    *flights.Book[int]
	open    []absence
	down    []bool // by actor
	numbers int
	broke   *sim.Violation
	rowOf   []numbered
	asked   map[uint64]string // by event: what the message says that arrives in it
}

// numbered is the number of an event that is listed.
type numbered struct {
	event  uint64
	number int
}

// step adds the rows of an event.
func (t *teller) step(s trace.Step) {
	e := s.Event
	parts := flights.Split(s)
	r := Row{Event: e.Event, Actor: e.Actor, Sent: -1}
	listed := t.listed(e)
	switch {
	case e.What == observe.Delivered:
		r.From, r.Kind, r.Says = e.Peer, e.Kind, t.tell.Message(e)
		if e.Copy > 0 {
			r.Says += " (duplicate)"
		}
		t.asked[e.Event] = short(e.Text)
		if parts.Held == "" {
			if at, ok := t.book.Arrives(e); ok {
				r.Sent = at
			}
			t.arrives(e)
		}
		r.Stopped = terminal.Text(parts.Refused + parts.Held)
	case e.What == observe.Restarted:
		t.down[e.Actor] = false
		r.Says = t.tell.Event(e)
	case e.What == observe.TimedOut:
		r.Says = terminal.Text("alarm " + t.s.Protocol.Vocabulary().Timer(e.Kind))
	default:
		r.Says = strings.Trim(t.tell.Event(e), "- ")
	}
	own, others := parts.Apart(e.Actor)
	r.Does = t.deeds(e, own)
	r.Breaks = slices.ContainsFunc(own, func(f observe.Entry) bool { return f.What == observe.Violated })
	at := t.place(r, listed, e.What == observe.Restarted)
	t.leave(own, at)
	for _, list := range others {
		q := Row{Event: e.Event, Actor: list[0].Actor, Sent: -1, Does: t.deeds(e, list)}
		t.leave(list, t.place(q, false, false))
	}
}

// place adds a row, or what the actor does to the row before if that is of the same
// actor and this one has no number. It returns where that is.
func (t *teller) place(r Row, listed, returns bool) int {
	if r.Actor != 0 {
		for _, d := range r.Does {
			if d.crash {
				t.down[r.Actor] = true
			}
		}
		r.Down = t.down[r.Actor]
	}
	at := len(t.Rows)
	if listed {
		t.numbers++
		r.Number = t.numbers
		t.rowOf = append(t.rowOf, numbered{r.Event, r.Number})
		t.Rows = append(t.Rows, r)
		return at
	}
	if returns {
		r.Does = append([]Deed{{Text: r.Says}}, r.Does...)
	}
	if len(r.Does) == 0 && r.From == 0 && !r.Breaks {
		return at - 1
	}
	if last := at - 1; last >= 0 && t.Rows[last].Actor == r.Actor && r.From == 0 {
		l := &t.Rows[last]
		l.Does = together(l.Does, r.Does)
		l.Down, l.Breaks = r.Down, l.Breaks || r.Breaks
		return last
	}
	if r.From == 0 {
		r.Says = ""
	}
	t.Rows = append(t.Rows, r)
	return at
}

// listed says whether an event has a number.
func (t *teller) listed(e observe.Entry) bool {
	if t.o.Listed != nil {
		return slices.Contains(t.o.Listed, e.Event)
	}
	if len(t.Rows) == 0 {
		return e.What != observe.Booted
	}
	last := &t.Rows[len(t.Rows)-1]
	switch e.What {
	case observe.Booted:
		return false
	case observe.Synced: // at once, or behind others that do
		return last.Event != e.Cause
	case observe.Restarted:
		return last.Event+1 != e.Event || last.Actor != e.Actor || !last.Down
	}
	return true
}

// number is the number of an event; 0: it has none.
func (t *teller) number(event uint64) int {
	for _, n := range t.rowOf {
		if n.event == event {
			return n.number
		}
	}
	return 0
}

// finish tells what is known once all rows are there.
func (t *teller) finish() {
	t.Decisive = t.number(t.o.Decisive)
	if t.broke != nil {
		for _, event := range t.broke.Earlier() {
			if n := t.number(event); n != 0 {
				t.See = append(t.See, n)
			}
		}
	}
	for id := sim.ID(1); int(id) <= t.s.Actors; id++ {
		if slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Actor == id || r.From == id }) {
			t.Actors = append(t.Actors, id)
		} else {
			t.Idle = append(t.Idle, id)
		}
	}
	t.Never = t.absent()
}
