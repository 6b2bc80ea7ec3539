package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// keepsFirst is S14b. 2 has accepted x in 1.1 and keeps it when it votes for y
// in 2.2.
var keepsFirst = Mutant{
	Mutant: zoo.Mutant{
		Name:    "keeps-first",
		Aliases: []string{"S14b"},
		Doc:     "others hear of a later vote, and it is not kept: the first stays",
		Kind:    zoo.Unsafe,
		First:   paxos.DurableBeforeVisible,
		Splits:  true,
		Par:     17,
		Source:  "as keeps-ballot",
		Least:   "3 actors, 3 rounds",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Rounds: 3, FanOut: "all", OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.CastVote = func(rec *paxos.Record, b paxos.Ballot, v sim.Value) {
			rec.Promised = b
			if rec.Accepted == 0 {
				rec.Accepted, rec.Value = b, v
			}
		}
	},
}
