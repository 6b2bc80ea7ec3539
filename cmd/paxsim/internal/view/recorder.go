// Package view makes a page of a run, or of two beside each other, that a
// browser shows without a network.
//
//	trace.Step ───┐
//	sim.Look   ───┼──> Recorder ──> Write ──> page.html: view.css, view.js, and the runs as JSON
//	choices    ───┘
//
// The page holds each event once, and of the actors' states only what changes
// during it: view.js finds the state at any event by that.
package view

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/export"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/grid"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/letters"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// Recorder takes a run, event by event, and keeps what a page needs of the part
// that is shown. Its methods are called in the order in which they stand here,
// Step and After once an event.
type Recorder struct {
	run  export.Run
	tell grid.Teller
	look sim.Inspector // nil: nobody can look into the actors

	texts  texts
	fields fields
	state  map[spot]string   // what stands in each field, as of the last event
	start  []int             // the state before the first event shown, as changes
	before []scheduler.Asked // the last surprises before it
	early  int               // how many there are before it
	events []event
	book   *letters.Book[uint64] // the event in which a message left
	flying flights
	steps  trace.Steps
	step   step
	total  uint64 // steps so far
	guide  guide
	foot   *trace.Foot
	prints *prints // nil: it is not to be compared
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
	refused          int // why a message that arrives is not received; 0: it is
	effects          []int
	changes, choices []int
}

// step is what is known of the step between Step and After.
type step struct {
	number uint64
	touch  []sim.ID // whom it concerned
	all    bool     // everybody
	shown  bool     // it is the last of events
}

// NewRecorder takes a run of which a window is shown. A count of 0 there means
// [MaxEvents]. look may be nil. compare says whether [Differ] will be asked.
func NewRecorder(run export.Run, look sim.Inspector, compare bool) *Recorder {
	if run.Window.Count == 0 {
		run.Window.Count = MaxEvents
	}
	r := &Recorder{
		run: run, tell: grid.Tell(run.Scenario), look: look, texts: newTexts(), fields: newFields(), state: map[spot]string{},
		book: letters.NewBook[uint64](run.Scenario.Actors), flying: newFlights(run.Scenario.Actors), guide: newGuide(run.Scenario),
	}
	r.steps.Each = r.Step
	if compare {
		r.prints = &prints{}
	}
	return r
}

// Actors is how many actors the run has.
func (r *Recorder) Actors() int { return r.run.Scenario.Actors }

// Observe implements [sim.Observer], for a world that is played: it takes the
// place of Step.
func (r *Recorder) Observe(e sim.Entry) { r.steps.Observe(e) }

// MaxEvents is how many events a page holds, unless fewer or more are asked for.
const MaxEvents = 10_000

// Step takes the next event and what happened during it.
func (r *Recorder) Step(s trace.Step) {
	e := s.Event
	r.total++
	r.prints.add(s)
	r.step.number = e.Event
	r.step.touch = append(r.step.touch, e.Actor)
	r.step.all = r.step.all || e.Actor == 0
	for _, f := range s.Effects {
		r.step.touch = append(r.step.touch, f.Actor)
		r.step.all = r.step.all || f.What == sim.Elected
	}
	refused := letters.Refused(s)
	effects := s.Effects
	if refused != "" {
		effects = effects[1:]
	}
	x := event{number: e.Event, at: uint64(e.At), what: uint8(e.What), kind: e.Kind, copy: e.Copy, actor: e.Actor, peer: e.Peer, cause: e.Cause}
	held := slices.ContainsFunc(effects, func(f sim.Entry) bool { return f.What == sim.Held })
	if e.What == sim.Delivered {
		x.sent = e.Cause // that is the handler that asked; the disk or a pause may have kept the message back
		if !held {
			if sent, ok := r.book.Arrives(e); ok {
				x.sent = sent
			}
		}
	}
	for _, f := range effects {
		r.book.Effect(f, e.Event)
	}
	r.flying.step(e, effects, held)
	r.guide.see(s, refused)
	if r.run.Window.From > e.Event || uint64(len(r.events)) >= r.run.Window.Count {
		return
	}
	if len(r.events) == 0 {
		r.begin()
	}
	if i, ok := faultOf(e); ok {
		x.kind, x.peer = uint8(min(i, 255)), 0
	}
	x.text = r.texts.add(r.said(e))
	if refused != "" {
		x.refused = r.texts.add(report.Clean(refused))
	}
	for _, f := range effects {
		if i, ok := faultOf(f); ok {
			f.Kind = uint8(min(i, 255))
		}
		x.effects = append(x.effects, int(f.What), int(f.Kind), int(f.Actor), int(f.Peer), int(f.Copy), r.texts.add(r.said(f)))
	}
	r.events = append(r.events, x)
	r.step.shown = true
}

// said is what an entry says. What is about messages is put together on the
// page, from the kind and this.
func (r *Recorder) said(e sim.Entry) string {
	switch {
	case aboutMessage(e.What):
		return report.Clean(e.Text)
	case e.What == sim.FaultBegins && !r.scripted(e) || e.What == sim.FaultStruck:
		return r.faultName(e) + " begins"
	case e.What == sim.FaultEnds || e.What == sim.FaultHealed:
		return r.faultName(e) + " is over"
	case e.What.IsEvent():
		return strings.Trim(r.tell.Event(e), "- ")
	}
	return r.tell.Effect(e)
}

// scripted says whether the fault that an event begins is one that the teller
// can tell in full: a split or a crash of stated actors, by the clock.
func (r *Recorder) scripted(e sim.Entry) bool {
	f := r.fault(e)
	return f != nil && e.Peer == 0 && (f.Split != nil || f.Crash.Group == sim.Listed && !f.Crash.IsZero())
}

// faultName is what a fault is, and how it is called.
func (r *Recorder) faultName(e sim.Entry) string {
	name := report.Clean(e.Text)
	f := r.fault(e)
	if f == nil || faultWord(f) == name {
		return name
	}
	return faultWord(f) + " " + name
}

// fault is the fault that an entry is about; nil: a trace speaks of one that its
// scenario does not have.
func (r *Recorder) fault(e sim.Entry) *sim.Fault {
	if i, ok := faultOf(e); ok && i < len(r.run.Scenario.Faults) {
		return &r.run.Scenario.Faults[i]
	}
	return nil
}

func aboutMessage(w sim.What) bool {
	switch w {
	case sim.Delivered, sim.Sent, sim.Broadcast, sim.Dropped, sim.Doubled, sim.Held:
		return true
	}
	return false
}

// faultOf is the fault that an entry is about.
func faultOf(e sim.Entry) (int, bool) {
	switch e.What {
	case sim.FaultBegins, sim.FaultEnds:
		if e.Peer != 0 { // one that strikes by chance, or whose end is not by the clock
			return int(e.Peer) - 1, true
		}
		return int(e.N), true
	case sim.FaultStruck, sim.FaultHealed:
		return int(e.N), true
	}
	return 0, false
}

// After takes the choices that were made since the last call, when a step of the
// world is over, and looks at whom it concerned. The first call comes before the
// first step.
func (r *Recorder) After(list []scheduler.Asked) {
	r.steps.Flush()
	r.prints.ask(r.step.number, list)
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
func (r *Recorder) End(f *trace.Foot) { r.foot = f }
