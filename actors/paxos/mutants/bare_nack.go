package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// bareNack is Lv2. The proposer goes up one round at a time, each at the price
// of a refusal, instead of at once.
var bareNack = Mutant{
	Mutant: zoo.Mutant{
		Name:    "bare-nack",
		Aliases: []string{"Lv2"},
		Doc:     "a negative ack does not name the ballot promised",
		Kind:    zoo.Stalls,
		Source:  "classic",
		Least:   "3 actors, one that was cut off while the others went on",
	},
	Scope: Scope{OnNack: "retry", Faults: []string{"cut"}},
	Rules: func(r *paxos.Rules) {
		r.Refusal = func(*paxos.Record) paxos.Ballot { return 0 }
	},
}
