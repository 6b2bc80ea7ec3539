// Package guide tells runs of Paxos to readers who are new to it: see [observe.Guide].
//
//	Entry ──> Guide.See ──> ledger: who has promised, accepted, chosen, decided what
//	                └─────> the first event of each thing worth a caption ──> Captions
package guide

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// Guide finds the events that explain a run to somebody who has never seen Paxos: the
// first of each thing worth a word. What it says of one it says when the run is over. A
// sentence about this run follows from the ledger. A rule of Paxos is stated only where
// the protocol is Paxos and nothing broke.
type Guide struct {
	names sim.Names
	book  *ledger
	said  map[subject]bool
	found []moment
	event observe.Entry // the event itself, of what was seen last
	saves []uint64      // by actor: the event in which it saved last; 0: none
}

// subject is what a caption is about. Those that come first here are the most important.
type subject int

const (
	ofSecond subject = iota // a second value is chosen
	ofDecided
	ofChosen
	ofPrepare
	ofPromise
	ofAccept
	ofAccepted
	ofUntrue  // a promise that does not report what was accepted
	ofIgnores // a proposal in spite of what was reported
	ofBetrays // a vote below a promise
	ofAdopts  // a proposal that follows what was reported
	ofNack
)

// moment is an event worth a caption, and what will be said of it.
type moment struct {
	about subject
	event uint64
	tell  func(sound bool) sentences
}

// New makes a guide for a run of a scenario. names are those of the run.
func New(s *sim.Scenario, names sim.Names) *Guide {
	return &Guide{names: names, book: newLedger(s), said: map[subject]bool{}, saves: make([]uint64, s.Actors+1)}
}

// Captions implements [observe.Guide].
func (g *Guide) Captions(sound bool) []observe.Caption {
	slices.SortStableFunc(g.found, func(a, b moment) int { return cmp.Compare(a.about, b.about) })
	out := make([]observe.Caption, len(g.found))
	for i, m := range g.found {
		out[i] = observe.Caption{Event: m.event, Text: strings.Join(m.tell(sound), " ")}
	}
	return out
}

// say adds a caption, unless there is one about this already.
func (g *Guide) say(about subject, event uint64, tell func(sound bool) sentences) {
	if !g.said[about] {
		g.said[about] = true
		g.found = append(g.found, moment{about, event, tell})
	}
}

// name is the name of a value.
func (g *Guide) name(v sim.Value) string { return g.names.ValueName(v) }

// asked says whether a client has asked an actor for a value so far.
func (g *Guide) asked(actor sim.ID, v sim.Value) bool {
	return slices.Contains(g.book.actors[actor].asked, g.name(v))
}

// See implements [observe.Guide].
func (g *Guide) See(e observe.Entry) {
	if e.What.IsEvent() {
		g.event = e
		g.book.event(e)
		return
	}
	isNew, chose := g.book.effect(e)
	switch e.What {
	case observe.Decided:
		g.say(ofDecided, e.Event, g.decidedCaption(g.event, e))
	case observe.Saved:
		g.saves[e.Actor] = e.Event
	case observe.Sent, observe.Broadcast:
		g.message(e)
	}
	if isNew {
		g.vote(e)
	}
	if chose {
		g.choice(e)
	}
}

// message looks at a message that leaves.
func (g *Guide) message(e observe.Entry) {
	m := messageOf(e)
	switch kind(e) {
	case paxos.Prepare:
		g.say(ofPrepare, e.Event, prepareCaption(e))
	case paxos.Promise:
		g.say(ofPromise, e.Event, g.promiseCaption(e, g.hasSaved(e)))
		if reported(m) != g.book.owed(e) {
			g.say(ofUntrue, e.Event, g.untrueCaption(e))
		}
	case paxos.Accept:
		g.say(ofAccept, e.Event, g.acceptCaption(e))
		switch r := g.book.promised(e.Actor, m.Ballot); {
		case !g.book.proposes(e.Actor, m.Ballot):
		case r.highest == proposal{}:
		case r.highest.value != m.Value:
			g.say(ofIgnores, e.Event, g.ignoresCaption(e))
		case !g.asked(e.Actor, m.Value):
			g.say(ofAdopts, e.Event, g.adoptsCaption(e))
		}
	case paxos.Accepted:
		if g.book.actors[e.Actor].offered[proposed(m)] {
			g.say(ofAccepted, e.Event, g.acceptedCaption(e, g.hasSaved(e)))
		}
	case paxos.Nack:
		g.say(ofNack, e.Event, g.nackCaption(e))
	}
}

// vote looks at a vote that is new.
func (g *Guide) vote(e observe.Entry) {
	if n := len(g.book.broken); n > 0 && g.book.broken[n-1].event == e.Event && g.book.broken[n-1].actor == e.Actor {
		g.say(ofBetrays, e.Event, betraysCaption(g.book.broken[n-1]))
	}
}

// choice looks at a vote by which a value is chosen.
func (g *Guide) choice(e observe.Entry) {
	now := g.book.chosen[len(g.book.chosen)-1]
	g.say(ofChosen, e.Event, g.chosenCaption(now, len(g.book.decided) > 0))
	if first := g.book.chosen[0]; first.value != now.value {
		g.say(ofSecond, e.Event, g.secondCaption(first, now))
	}
}

// hasSaved says whether the actor that sends a message has saved something during the
// same event before.
func (g *Guide) hasSaved(e observe.Entry) bool { return g.saves[e.Actor] == e.Event }
