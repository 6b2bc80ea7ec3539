package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// adoptLast is S3c. Each report overwrites the one before it.
var adoptLast = Mutant{
	Mutant: zoo.Mutant{
		Name:    "adopt-last",
		Aliases: []string{"S3c"},
		Doc:     "of several values reported the proposer adopts the last that it heard of",
		Kind:    zoo.Unsafe,
		First:   paxos.SafeAt,
		Splits:  true,
		Par:     17,
		Source:  "the Paxos bug injected into WiDS Checker and CrystalBall (from memory of the papers)",
		Least:   "3 actors, 3 rounds, two promises in the other order",
		Try:     []string{"duelling-proposers", "--set", "network.loss=20%"},
	},
	Scope: Scope{Actors: 3, Rounds: 3, FanOut: "all", OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.CountPromise = func(p *paxos.Promises, from sim.ID, m paxos.Message) bool {
			counts := sound.CountPromise(p, from, m)
			if counts && m.Last != 0 {
				p.Highest, p.Value = m.Last, m.Value
			}
			return counts
		}
	},
}
