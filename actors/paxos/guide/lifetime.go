package guide

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
)

// lifetime is what the teller knows of an actor beside the ledger, since it started last.
type lifetime struct {
	ballot  paxos.Ballot   // the ballot that it prepared last; 0: none in this life
	heard   []sim.ID       // from whom it has a promise of that ballot, members or not
	reports []proposal     // what these report
	refused []sim.ID       // who has refused that ballot
	gave    []gift         // the promises that left
	forgets paxos.Ballot   // the highest promise that a crash took from it, in any life; 0: none
	lost    []proposal     // votes that a crash took from it, in any life
	counted map[vote2]bool // the acceptances that it has heard of
	told    []heardVote    // the same, in their order
}

// gift is a promise to an actor.
type gift struct {
	to     sim.ID
	ballot paxos.Ballot
}

// vote2 is an acceptance that a learner has heard of.
type vote2 struct {
	from sim.ID
	proposal
}

// heardVote is one that has come.
type heardVote struct {
	vote2
	twice bool
}
