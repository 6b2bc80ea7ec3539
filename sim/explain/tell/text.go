package tell

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// Text is a run in words.
type Text struct {
	Cast   []string // before the first line: who takes part, and how to read it
	Lines  []Line   // what happens, in order
	Ending []string // after the last: paragraphs about the rule that broke, and why
}

// Caption is the line that tells an event; false: no line does, because there is nothing
// to say of it, or it is not in the run.
func (t *Text) Caption(event uint64) (Line, bool) {
	for _, l := range t.Lines {
		if slices.Contains(l.Events, event) {
			return l, true
		}
	}
	return Line{}, false
}

// Line is an event in words.
type Line struct {
	Number    int      // from 1
	Events    []uint64 // the numbers of the event, and of the saves that ended right after it
	Actors    []sim.ID // whom it concerns: where it happens first
	Sentences []string
	Decisive  bool // after it the rule cannot hold: the last sentences say so
	Bug       bool // here an actor did not do what the sound protocol would: a sentence says so
	Broken    bool // here the rule broke: a sentence says so
	idle      bool // there is nothing to say but that the event happens
}

// join adds what another line tells.
func (l *Line) join(m Line) {
	l.Events = append(l.Events, m.Events...)
	if l.idle && !m.idle {
		l.Sentences, l.idle = nil, false
	}
	l.Sentences = append(l.Sentences, m.Sentences...)
	l.Decisive, l.Bug, l.Broken = l.Decisive || m.Decisive, l.Bug || m.Bug, l.Broken || m.Broken
}
