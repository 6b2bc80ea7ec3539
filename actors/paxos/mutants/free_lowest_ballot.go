package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// freeLowestBallot is D3. Phase 1 asks what may have been chosen below a ballot.
// Below 1.1, the lowest of all, there is none, and only actor 1 can use it. The
// mutant free-first-round gives the same right to 1.2, above 1.1, which is a bug.
var freeLowestBallot = Mutant{
	Mutant: zoo.Mutant{
		Name:    "free-lowest-ballot",
		Aliases: []string{"D3"},
		Doc:     "the lowest ballot of all, 1.1, skips phase 1",
		Kind:    zoo.Variant,
		First:   paxos.QuorumMembership,
		Source:  "the usual optimisation of an owner of the first ballot; safe by hand",
		Least:   "1 proposer, no fault; no value is lost",
		Try:     []string{"happy-path"},
	},
	Rules: func(r *paxos.Rules) {
		r.Slips.SkipPhase1 = func(b paxos.Ballot) bool { return b == paxos.MakeBallot(1, 1) }
	},
}
