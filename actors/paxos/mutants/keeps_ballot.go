package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// keepsBallot is S14a. What it reports looks older than it is, so that a value
// that is not chosen can win over it.
var keepsBallot = Mutant{
	Mutant: zoo.Mutant{
		Name:    "keeps-ballot",
		Aliases: []string{"S14a"},
		Doc:     "a later vote overwrites the value and keeps the ballot of the first",
		Kind:    zoo.Unsafe,
		First:   paxos.DurableBeforeVisible,
		Splits:  true,
		Par:     23,
		Source:  "storage faults as in Protocol-Aware Recovery, FAST 2018: one of two fields is stale",
		Least:   "3 actors, 4 rounds",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Rounds: 4, FanOut: "all", OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.CastVote = func(rec *paxos.Record, b paxos.Ballot, v sim.Value) {
			rec.Promised, rec.Value = b, v
			if rec.Accepted == 0 {
				rec.Accepted = b
			}
		}
	},
}
