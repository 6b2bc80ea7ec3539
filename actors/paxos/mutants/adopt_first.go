package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// adoptFirst is S3a. Any value reported will do, here the one heard of first. 1
// holds x of 1.1 and 2 holds y of 2.2, which is chosen; 3.3 hears 1 before 2
// and proposes x.
var adoptFirst = Mutant{
	Mutant: zoo.Mutant{
		Name:    "adopt-first",
		Aliases: []string{"S3a"},
		Doc:     "of several values reported the proposer adopts the first that it heard of",
		Kind:    zoo.Unsafe,
		First:   paxos.SafeAt,
		Splits:  true,
		Par:     17,
		Source:  "a relative of adopt-last",
		Least:   "3 actors, 3 rounds, two promises in the other order",
		Try:     []string{"lossy"},
	},
	Scope: Scope{Actors: 3, Rounds: 3, FanOut: "all", OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.CountPromise = func(p *paxos.Promises, from sim.ID, m paxos.Message) bool {
			highest, value := p.Highest, p.Value
			counts := sound.CountPromise(p, from, m)
			if highest != 0 {
				p.Highest, p.Value = highest, value
			}
			return counts
		}
	},
}
