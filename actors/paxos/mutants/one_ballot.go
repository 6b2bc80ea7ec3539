package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// oneBallot is S15. A promise gives the old vote a new ballot: 2 has accepted x
// in 1.1, promises 2.2, and reports x of 2.2 to 3.3 beside the y of 2.2 that is
// chosen.
var oneBallot = Mutant{
	Mutant: zoo.Mutant{
		Name:    "one-ballot",
		Aliases: []string{"S15"},
		Doc:     "one variable holds the ballot promised and the ballot of the vote",
		Kind:    zoo.Unsafe,
		First:   paxos.AcceptedIsHighestVote,
		Splits:  true,
		Par:     14,
		Source:  "Sutra, On the correctness of Egalitarian Paxos, 2019 (arXiv 1906.10917), brought down to one decree; imdea-software/swiftpaxos issue 3",
		Least:   "3 actors, 3 rounds",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Rounds: 3, FanOut: "all", OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.MakePromise = func(rec *paxos.Record, b paxos.Ballot) {
			rec.Promised = b
			if rec.Accepted != 0 {
				rec.Accepted = b
			}
		}
	},
}
