package diagram

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
	"slices"
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
	More     uint64   // how many events with a number follow that are not drawn
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

	returns bool // the actor comes back from a crash
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

	// From and Count are the part of the run that is drawn: at most Count events from one
	// on. 0: all.
	From, Count uint64
}

// NewStory makes a story of the entries of a run, all of them.
func NewStory(s *sim.Scenario, entries []observe.Entry, o Options) *Story {
	b := NewStoryBuilder(s, o)
	steps := trace.Steps{Each: b.Add}
	for _, e := range entries {
		steps.Observe(e)
	}
	steps.Flush()
	return b.Story()
}

// StoryBuilder takes the steps of a run, all of them, and makes a story. It holds no
// more than the part that is drawn.
type StoryBuilder struct {
	story   *Story
	s       *sim.Scenario
	o       Options
	tell    grid.Teller
	book    *flights.Book[int] // by message: the row in which it left
	open    []absence
	down    []bool // by actor
	numbers int    // so far
	last    Row    // the last event that has a number, with what happened by itself after it
	latest  uint64 // the event before
	shown   uint64 // events
	rowOf   []numbered
	heard   map[uint64]string // by event: what the message says that arrives in it
	broke   *sim.Violation
}

// numbered is the number of an event that is listed.
type numbered struct {
	event  uint64
	number int
}

// NewStoryBuilder is a builder for a run of a scenario.
func NewStoryBuilder(s *sim.Scenario, o Options) *StoryBuilder {
	return &StoryBuilder{story: &Story{}, s: s, o: o, tell: grid.Tell(s), book: flights.NewBook[int](s.Actors), down: make([]bool, s.Actors+1), heard: map[uint64]string{}}
}

// Story is the story of what was added.
func (t *StoryBuilder) Story() *Story {
	story := t.story
	story.Decisive = t.number(t.o.Decisive)
	story.See, story.Actors, story.Idle = nil, nil, nil
	if t.broke != nil {
		for _, event := range t.broke.Earlier() {
			if n := t.number(event); n != 0 {
				story.See = append(story.See, n)
			}
		}
	}
	for id := sim.ID(1); int(id) <= t.s.Actors; id++ {
		if slices.ContainsFunc(story.Rows, func(r Row) bool { return r.Actor == id || r.From == id }) {
			story.Actors = append(story.Actors, id)
		} else {
			story.Idle = append(story.Idle, id)
		}
	}
	story.Never = t.absent()
	return story
}

// number is the number of an event; 0: it has none.
func (t *StoryBuilder) number(event uint64) int {
	for _, n := range t.rowOf {
		if n.event == event {
			return n.number
		}
	}
	return 0
}
