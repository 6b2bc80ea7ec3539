// Package view makes a page of a run, or of two beside each other, that a
// browser shows without a network.
//
//	trace.Step ───┐
//	Snapshot   ───┼──> Recorder ──> Write ──> page.html: view.css, the script, and the runs as JSON
//	choices    ───┘
//
// The page holds each event once, and of the actors' states only what changes
// during it: the script finds the state at any event by that. The script is written as
// modules, in the folder page, and a page has them as one script: see script.go.
package view

import (
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/export"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// Recorder takes a run, event by event, and keeps what a page needs of the part
// that is shown. Its methods are called in the order in which they are listed here, Step
// and After once an event.
type Recorder struct {
	run  export.Run
	tell grid.Teller
	look observe.Inspector // nil: nobody can look into the actors

	texts  texts
	deeds  deeds
	fields fields
	state  [][]string        // by actor and field: what its text is, as of the last event
	now    []string          // by field: of the actor that is looked at
	start  []int             // the state before the first event shown, as changes
	before []scheduler.Asked // the last surprises before it
	early  int               // how many there are before it
	events []event
	book   *flights.Book[uint64] // the event in which a message left
	flying openFlights
	steps  trace.Steps
	step   step
	total  uint64 // steps so far
	guide  guide
	score  score
	foot   *trace.Trailer
	story  *Story // nil: the run is none
}

// spot is a field of an actor.
type spot struct {
	actor sim.ID
	field int
}

// event is an event as the page holds it. Texts are numbers of texts.
type event struct {
	number, at       uint64
	what, kind       uint8
	copy             uint8
	actor, peer      sim.ID
	cause, sent      uint64 // events; 0: none
	text             int
	refused          int   // why a message that arrives is not received; 0: it is
	effects          []int // numbers of deeds
	changes, choices []int
	board            []mark
}

// step is what is known of the step between Step and After.
type step struct {
	number uint64
	touch  []sim.ID // whom it concerned
	all    bool     // everybody
	shown  bool     // it is the last of events
}

// NewRecorder takes a run and shows a window of it. A count of 0 there means [MaxEvents].
// look may be nil, and so may names, those of a run that is played: without them the
// protocol's guide says nothing.
func NewRecorder(run export.Run, look observe.Inspector, names sim.Names) *Recorder {
	if run.Window.Count == 0 {
		run.Window.Count = MaxEvents
	}
	r := &Recorder{
		run: run, tell: grid.Tell(run.Scenario), look: look, texts: newTexts(), deeds: newDeeds(), fields: newFields(), state: make([][]string, run.Scenario.Actors+1),
		book: flights.NewBook[uint64](run.Scenario.Actors), flying: newFlights(run.Scenario.Actors), guide: newGuide(run.Scenario, names),
		score: newScore(run.Scenario, names),
	}
	r.steps.Each = r.Step
	return r
}

// Actors is how many actors the run has.
func (r *Recorder) Actors() int { return r.run.Scenario.Actors }

// Observe implements [observe.Observer], for a world that is played: it takes the
// place of Step.
func (r *Recorder) Observe(e observe.Entry) { r.steps.Observe(e) }

// MaxEvents is how many events a page holds, unless fewer or more are asked for.
const MaxEvents = 10_000

// Step takes the next event and what happened during it.
func (r *Recorder) Step(s trace.Step) {
	e := s.Event
	r.total++
	r.step.number = e.Event
	r.step.touch = append(r.step.touch, e.Actor)
	r.step.all = r.step.all || e.Actor == 0
	for _, f := range s.Effects {
		r.step.touch = append(r.step.touch, f.Actor)
		r.step.all = r.step.all || f.What == observe.Elected
	}
	parts := flights.Split(s)
	x := event{number: e.Event, at: uint64(e.At), what: uint8(e.What), kind: e.Kind, copy: e.Copy, actor: e.Actor, peer: e.Peer, cause: e.Cause}
	if e.What == observe.Delivered {
		x.sent = e.Cause // that is the handler that asked; the disk or a pause may have kept the message back
		if parts.Held == "" {
			if sent, ok := r.book.Arrives(e); ok {
				x.sent = sent
			}
		}
	}
	for _, f := range parts.Effects {
		r.book.Effect(f, e.Event)
	}
	for _, g := range parts.Gone {
		r.book.Arrives(g.Entry)
	}
	r.flying.step(e, parts)
	r.guide.see(e, parts)
	if uint64(len(r.events)) >= r.run.Window.Count {
		return
	}
	scored := r.score.step(e, parts)
	if r.run.Window.From > e.Event {
		r.score.earlier(scored)
		return
	}
	if len(r.events) == 0 {
		r.begin()
		r.score.begin(&r.texts)
	}
	x.board = r.score.marks(scored, &r.texts)
	if aboutFault(e.What) {
		x.kind, x.peer = r.fault(e), 0
	}
	x.text = r.texts.addOf(r.said(e), roundOf(e))
	x.refused = r.texts.add(terminal.Text(parts.Refused))
	effect := func(f observe.Entry, text string) {
		x.effects = append(x.effects, r.deeds.add(deed{int(f.What), int(f.Kind), int(f.Actor), int(f.Peer), int(f.Copy), r.texts.addOf(text, roundOf(f))}))
	}
	if parts.Held != "" {
		effect(s.Effects[0], r.said(s.Effects[0]))
	}
	for _, f := range parts.Effects {
		if aboutFault(f.What) {
			f.Kind = r.fault(f)
		}
		effect(f, r.said(f))
	}
	for _, g := range parts.Gone { // an arrival among the effects: what had come, and vanishes
		effect(g.Entry, terminal.Text(g.Why))
	}
	r.events = append(r.events, x)
	r.step.shown = true
}

// said is what an entry says. What is about messages is put together on the
// page, from the kind and this.
func (r *Recorder) said(e observe.Entry) string {
	switch {
	case aboutMessage(e.What):
		return terminal.Text(e.Text)
	case e.What.IsEvent():
		return strings.Trim(r.tell.Event(e), "- ")
	}
	return strings.Trim(r.tell.Effect(e), "-! ")
}

// roundOf is the round of a message that is sent or arrives; 0: none is.
func roundOf(e observe.Entry) sim.Round {
	switch e.What {
	case observe.Delivered, observe.Sent, observe.Broadcast:
		return e.Round
	}
	return 0
}

func aboutMessage(w observe.What) bool {
	switch w {
	case observe.Delivered, observe.Sent, observe.Broadcast, observe.Dropped, observe.Doubled, observe.Held:
		return true
	}
	return false
}

// fault is the number of the fault that an entry is about; 255: none.
func (r *Recorder) fault(e observe.Entry) uint8 {
	if i := flights.Fault(r.run.Scenario, e); i >= 0 {
		return uint8(min(i, 255))
	}
	return 255
}

func aboutFault(w observe.What) bool {
	switch w {
	case observe.FaultBegins, observe.FaultEnds, observe.FaultStruck, observe.FaultHealed:
		return true
	}
	return false
}

// After takes the choices that were made since the last call, when a step of the
// world is over, and looks at whom it concerned. The first call comes before the
// first step.
func (r *Recorder) After(list []scheduler.Asked) {
	r.steps.Flush()
	var changes []change
	ended := !r.step.shown && len(r.events) > 0
	if r.look != nil && !ended {
		if r.total == 0 || r.step.all {
			r.step.touch = r.step.touch[:0]
			for id := 1; id <= r.run.Scenario.Actors; id++ {
				r.step.touch = append(r.step.touch, sim.ID(id))
			}
		}
		for _, id := range r.step.touch {
			if id != 0 {
				changes = r.lookAt(id, changes)
			}
		}
	}
	switch {
	case r.step.shown:
		x := &r.events[len(r.events)-1]
		x.changes, x.choices = r.numbers(changes), r.surprises(list)
	case len(r.events) == 0:
		r.earlier(list)
	}
	r.step.touch, r.step.all, r.step.shown = r.step.touch[:0], false, false
}

// End takes how the run ended.
func (r *Recorder) End(f *trace.Trailer) { r.foot = f }
