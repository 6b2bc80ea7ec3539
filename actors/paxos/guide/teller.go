package guide

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// Teller tells a short run of Paxos in sentences, event by event. What it knows of the
// run it has from the ledger, and from a look ahead at which messages arrive.
type Teller struct {
	names    sim.Names
	scenario *sim.Scenario
	book     *ledger
	events   map[uint64][]observe.Entry // the entries by their events, for looks ahead
	comes    map[flight]bool            // the messages that reach an actor at some time
	came     map[flight]bool            // those that have, so far
	began    map[paxos.Ballot]sim.ID    // who began which ballot first, as the text has said
	prepared map[paxos.Ballot]bool      // the ballots for which promises were asked
	offers   map[paxos.Ballot]sim.Value // what was proposed last in each
	offered  map[paxos.Ballot]sim.Value // what was proposed first
	glossed  map[gloss]bool             // what was explained
	actors   []lifetime
	event    observe.Entry // the present one
	again    bool          // it is the arrival of a message that has come before
	twice    bool          // it is a promise, and one of its sender has come before
	offering bool          // the text has a proposal in it
	voted    bool          // the text has a vote in it
	fell     bool          // its actor has crashed in it
	lied     proposal      // what a disk says since this event, and is not so
}

// NewTeller makes a teller of a run of a scenario: see [sim.Spec].Teller.
func NewTeller(s *sim.Scenario, names sim.Names, run []observe.Entry) *Teller {
	t := &Teller{
		names: names, scenario: s, book: newLedger(s), events: map[uint64][]observe.Entry{}, comes: map[flight]bool{}, came: map[flight]bool{},
		began: map[paxos.Ballot]sim.ID{}, prepared: map[paxos.Ballot]bool{}, offers: map[paxos.Ballot]sim.Value{}, offered: map[paxos.Ballot]sim.Value{}, glossed: map[gloss]bool{}, actors: make([]lifetime, s.Actors+1),
	}
	for _, e := range run {
		t.events[e.Event] = append(t.events[e.Event], e)
	}
	for _, e := range run {
		if e.What == observe.Delivered && !t.follows(e, observe.Dropped) && !t.follows(e, observe.Held) {
			t.comes[flightOf(e)] = true
		}
	}
	return t
}

// Cast implements [observe.Teller].
func (t *Teller) Cast() []string {
	return []string{"In Paxos a group of actors chooses one value among those that clients ask for, and never a second one."}
}

// Tell implements [observe.Teller].
func (t *Teller) Tell(e observe.Entry) ([]string, bool) {
	if e.What.IsEvent() {
		return t.begins(e)
	}
	switch e.What {
	case observe.Sent, observe.Broadcast:
		return t.sends(e)
	case observe.Saved:
		return t.saves(e), true
	case observe.Decided:
		return t.decides(e), true
	case observe.Crashed:
		return t.crashes(e), true
	case observe.Noted:
		return t.notes(e), true
	case observe.BecameChosen, observe.Dropped, observe.Doubled:
		return nil, true
	}
	return nil, false
}

// begins tells an event itself.
func (t *Teller) begins(e observe.Entry) ([]string, bool) {
	t.event, t.again, t.twice, t.offering, t.voted, t.fell, t.lied = e, false, false, false, false, false, proposal{}
	switch e.What {
	case observe.Delivered:
		t.again = t.came[flightOf(e)]
		t.came[flightOf(e)] = true
		return t.arrival(e)
	case observe.Asked:
		t.book.event(e)
		return t.asks(e), true
	case observe.TimedOut:
		return t.wakes(e), true
	case observe.Restarted:
		return t.restarts(e), true
	}
	return nil, false
}

// name is the name of a value.
func (t *Teller) name(v sim.Value) string { return t.names.ValueName(v) }

// text tells a proposal: "1a in ballot 1.1".
func (t *Teller) text(p proposal) string { return t.name(p.value) + " in ballot " + p.ballot.String() }

// gloss is a word that is explained where it comes first.
type gloss int

const (
	ofBallots gloss = iota
	ofPromises
	ofProposals
	ofAdoption
	ofVotes
)

// explain adds an explanation, the first time.
func (t *Teller) explain(s *sentences, g gloss, text string) {
	if !t.glossed[g] {
		t.glossed[g] = true
		*s = append(*s, text)
	}
}
