package grid

import (
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// Teller tells the entries of a trace in the words of the grid, for code that shows a run
// in another form. All that it says is safe for a terminal.
type Teller struct{ words words }

// Tell is the teller for runs of a scenario.
func Tell(s *sim.Scenario) Teller { return Teller{words{s}} }

// Event tells an event: "client asks for 1a".
func (t Teller) Event(e observe.Entry) string { return terminal.Text(t.words.event(e)) }

// Effect tells what happens during an event: "saves round 1".
func (t Teller) Effect(e observe.Entry) string { return terminal.Text(t.words.effect(e)) }

// Message tells the message of an entry, its kind and what it says: "Accept
// 1.1=1a".
func (t Teller) Message(e observe.Entry) string { return terminal.Text(t.words.message(e)) }

// Kind is the word for the message of an entry alone: "Accept".
func (t Teller) Kind(e observe.Entry) string {
	return terminal.Text(at(t.words.protocol().Messages, e.Kind))
}

// Copy is the same, or that the entry is about a copy of the message: "copy of
// Accept".
func (t Teller) Copy(e observe.Entry) string {
	if e.Copy > 0 {
		return "copy of " + t.Kind(e)
	}
	return t.Kind(e)
}

// Line is one thing that happened, in words.
type Line struct {
	Actor  sim.ID // at whom; 0: at nobody, or at all
	Text   string
	During bool // it happened during the event, it is not the event itself
}

// Lines tells a step as the grid does: the event, and then what happened during it, with
// all that happened to one message in one place.
func (t Teller) Lines(s trace.Step) []Line {
	var lines []Line
	for _, c := range t.words.cells(s) {
		lines = append(lines, Line{c.actor, c.text, c.during})
	}
	return lines
}
