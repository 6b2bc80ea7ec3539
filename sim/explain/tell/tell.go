// Package tell tells a short run in numbered sentences of plain English.
//
//	scenario, entries ──> cast: who takes part ──────────────────┐
//	                 └──> an event ──> observe.Teller, or general ├──> Text
//	                 └──> ending: the rule that broke, the bug ───┘
//
// A run is short if a person can read it to its end: 10 to 40 events. What the protocol
// says of its own events comes from [sim.Spec].Teller; without one, general words describe
// them all.
//
// Tell works for any run. A story of sim/story is one example:
//
//	var run trace.Recorder
//	played, err := story.Play(ctx, &run)
//	decisive, err := played.Decisive(ctx)
//	text, err := tell.Of(played.Scenario, run.Entries, tell.Options{Decisive: decisive})
//	fmt.Print(text)                 // all of it, in lines of at most 80 columns
//	line, ok := text.Caption(event) // or what one event is about
package tell

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// Options says what is known of a run beside its entries. The zero Options knows
// nothing.
type Options struct {
	// Decisive is the number of the decisive event: after it the rule breaks even if every
	// message arrives in order and nobody crashes. 0: not known, or there is none.
	Decisive uint64
	// Clock says that the run keeps the clock: what is not told by its end may still be
	// on its way. Else it is a schedule, and what is not told never happens.
	Clock bool
}

// Of tells a run of a scenario. entries are all that an observer saw of it, with what
// they say: see [observe.Entry].Said. Entries that were read from a file lack that. Which
// bug the run has is that of the scenario, and which rule it breaks its entries say. It
// is an error if there can be no such scenario.
func Of(s *sim.Scenario, entries []observe.Entry, o Options) (*Text, error) {
	names, err := s.Protocol.New(s)
	if err != nil {
		return nil, err
	}
	t := teller{scenario: s, names: names, run: entries, own: s.Protocol.Teller(s, names, entries), general: newGeneral(s, names, entries)}
	t.bug, t.deviations = bugOf(s, entries)
	for _, e := range entries {
		if v, ok := e.Said.(sim.Violation); ok && e.What == observe.Violated {
			t.broken = &v
		}
	}
	t.lines(o)
	return &Text{Cast: t.cast(o), Lines: t.told, Ending: t.ending()}, nil
}

// teller tells one run.
type teller struct {
	scenario   *sim.Scenario
	names      sim.Runner
	run        []observe.Entry
	own        observe.Teller // the protocol's; nil: it has none
	general    *general
	bug        *bug
	deviations []observe.Deviation
	told       []Line
	broken     *sim.Violation
}

// lines tells all events that are worth a line.
func (t *teller) lines(o Options) {
	last := uint64(0) // the event whose line is the last
	for from, to := 0, 0; from < len(t.run); from = to {
		for to = from + 1; to < len(t.run) && !t.run[to].What.IsEvent(); to++ {
		}
		event := t.run[from:to]
		e := event[0]
		l := Line{Events: []uint64{e.Event}, Actors: concerned(e)}
		l.Sentences, l.idle = t.sentences(event)
		t.mark(&l, event, o)
		if n := len(t.told); n > 0 && e.What == observe.Synced && last == e.Event-1 && t.told[n-1].Actors[0] == e.Actor {
			t.told[n-1].join(l) // the save that the event before began
			last = e.Event
			continue
		}
		if len(l.Sentences) > 0 {
			l.Number = len(t.told) + 1
			t.told = append(t.told, l)
			last = e.Event
		}
	}
}

// concerned lists the actors of an event.
func concerned(e observe.Entry) []sim.ID {
	list := []sim.ID{e.Actor}
	if e.What == observe.Delivered && e.Peer != e.Actor {
		list = append(list, e.Peer)
	}
	return list
}

// sentences tells an event. idle says that there is nothing to say but that it happens.
func (t *teller) sentences(event []observe.Entry) (list []string, idle bool) {
	t.general.begin(event)
	if !reaches(event) {
		return t.general.lost(event), false
	}
	for _, e := range event {
		list = append(list, t.about(e)...)
	}
	if len(list) == 0 {
		return t.general.nothing(event), true
	}
	return list, false
}

// about tells an entry.
func (t *teller) about(e observe.Entry) []string {
	if e.What == observe.Violated {
		return nil // see mark
	}
	general := t.general.tell(e)
	if t.own != nil {
		if own, ok := t.own.Tell(e); ok {
			return own
		}
	}
	return general
}

// reaches says whether the message of an event reaches a handler.
func reaches(event []observe.Entry) bool {
	if len(event) < 2 || event[0].What != observe.Delivered {
		return true
	}
	e, next := event[0], event[1]
	return next.What != observe.Dropped && next.What != observe.Held || next.Actor != e.Actor || next.Peer != e.Peer || next.N != e.N || next.Kind != e.Kind
}

// mark notes what is special about a line, and says so.
func (t *teller) mark(l *Line, event []observe.Entry, o Options) {
	number := event[0].Event
	if slices.ContainsFunc(t.deviations, func(d observe.Deviation) bool { return d.Event == number }) {
		l.Bug = true
		l.Sentences = append(l.Sentences, fmt.Sprintf("Here the %s acts.", t.bug.what()))
	}
	if t.broken != nil && t.broken.Event == number {
		l.Broken = true
		l.Sentences = append(l.Sentences, fmt.Sprintf("This breaks the rule %s.", t.broken.Invariant))
	}
	if o.Decisive != 0 && o.Decisive == number && !l.Broken && t.broken != nil {
		l.Decisive = true
		l.Sentences = append(l.Sentences, "This event is decisive.", fmt.Sprintf("After it the rule %s breaks even if every message arrives in order and nobody crashes.", t.broken.Invariant))
	}
}

// lineOf is the number of the line of an event; 0: it has none.
func (t *teller) lineOf(event uint64) int {
	for _, l := range t.told {
		if slices.Contains(l.Events, event) {
			return l.Number
		}
	}
	return 0
}
