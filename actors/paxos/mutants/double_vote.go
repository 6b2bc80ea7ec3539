package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// doubleVote is S20. Acceptances are a number, not a set of acceptors: one vote
// and its copy are a majority.
var doubleVote = Mutant{
	Mutant: zoo.Mutant{
		Name:    "double-vote",
		Aliases: []string{"S20"},
		Doc:     "an acceptance that arrives twice counts twice",
		Kind:    zoo.Unsafe,
		First:   paxos.DecidedIsChosen,
		Splits:  true,
		Par:     12,
		Source:  "classic; it takes a network that doubles messages, or an Accept that is repeated",
		Least:   "3 actors, 1 duplicate",
		Try:     []string{"lossy"},
	},
	Scope: Scope{Faults: []string{"duplicate"}},
	Rules: func(r *paxos.Rules) {
		r.CountAccepted = func(t *paxos.Tallies, from sim.ID, b paxos.Ballot, v sim.Value) *paxos.Tally {
			tally := t.Of(b)
			tally.Value = max(tally.Value, v)
			tally.Count++
			return tally
		}
	},
}
