package paxos

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// actions are the actions of a run: a ballot that is prepared, a promise, a proposal, a
// vote, each when it is first seen; a decision, and a crash. To say a thing again is no
// action, and neither is a refusal. It is how lengths of counterexamples are counted
// where messages are a set, as in Lamport's specification of Paxos in TLA+.
type actions struct {
	seen map[deed]bool
}

// deed is what an actor has said: a message, or a vote on its disk.
type deed struct {
	actor        sim.ID
	kind         Kind // Accepted: a vote
	ballot, last Ballot
	value        sim.Value
}

func newActions(*sim.Scenario) observe.Actions { return &actions{seen: map[deed]bool{}} }

// IsAction implements [observe.Actions].
func (a *actions) IsAction(e observe.Entry) bool {
	switch e.What {
	case observe.Crashed:
		return true
	case observe.Decided:
		c, _ := e.Said.(sim.Chosen)
		return a.isNew(deed{actor: e.Actor, ballot: Ballot(c.Under), value: c.Value})
	case observe.Saved:
		r, ok := e.Said.(Record)
		return ok && r.Accepted != 0 && a.isNew(deed{e.Actor, Accepted, r.Accepted, 0, r.Value})
	case observe.Sent, observe.Broadcast:
		m, ok := e.Said.(Message)
		return ok && m.kind >= Prepare && m.kind <= Accepted && a.isNew(deed{e.Actor, m.kind, m.Ballot, m.Last, m.Value})
	}
	return false
}

// isNew says whether a deed is done for the first time.
func (a *actions) isNew(d deed) bool {
	if a.seen[d] {
		return false
	}
	a.seen[d] = true
	return true
}
