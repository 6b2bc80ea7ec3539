package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// adoptLowest is S3b. The comparison is the wrong way round: the oldest
// proposal wins, and it is the one least likely to be chosen.
var adoptLowest = Mutant{
	Mutant: zoo.Mutant{
		Name:    "adopt-lowest",
		Aliases: []string{"S3b"},
		Doc:     "of several values reported the proposer adopts that of the lowest ballot",
		Kind:    zoo.Unsafe,
		First:   paxos.SafeAt,
		Splits:  true,
		Par:     17,
		Source:  "as adopt-last",
		Least:   "3 actors, 3 rounds",
		Try:     []string{"lossy"},
	},
	Scope: Scope{Actors: 3, Rounds: 3, FanOut: "all", OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.CountPromise = func(p *paxos.Promises, from sim.ID, m paxos.Message) bool {
			lowest, value := p.Highest, p.Value
			counts := sound.CountPromise(p, from, m)
			if counts && m.Last != 0 && (lowest == 0 || m.Last < lowest) {
				lowest, value = m.Last, m.Value
			}
			p.Highest, p.Value = lowest, value
			return counts
		}
	},
}
