package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// freeFirstRound is S17. Nothing can be below the first ballot; but 1.2 is
// above 1.1, and the first round is no ballot.
var freeFirstRound = Mutant{
	Mutant: zoo.Mutant{
		Name:    "free-first-round",
		Aliases: []string{"S17"},
		Doc:     "every proposer skips phase 1 in the first round",
		Kind:    zoo.Unsafe,
		First:   paxos.QuorumMembership,
		Splits:  true,
		Par:     6,
		Source:  "the optimisation of a single leader (PMS 3), used by more than one",
		Least:   "3 actors, 2 proposers, no fault",
		Try:     []string{"duelling-proposers"},
	},
	Rules: func(r *paxos.Rules) {
		r.Slips.SkipPhase1 = func(b paxos.Ballot) bool { return b.Round() == 1 }
	},
}
