package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/quorums"
	"github.com/paxsim/paxsim/sim/zoo"
)

// lowAcceptQuorum is S22b. One of three has accepted, and is taken for a
// majority; the other two promise the next ballot.
var lowAcceptQuorum = Mutant{
	Mutant: zoo.Mutant{
		Name:    "low-accept-quorum",
		Aliases: []string{"S22b"},
		Doc:     "a quorum of acceptances is one too few",
		Kind:    zoo.Unsafe,
		First:   paxos.QuorumIntersection,
		Splits:  true,
		Par:     12,
		Source:  "DSLabs, BadProposer: 2k >= n-1",
		Least:   "3 actors, 2 proposers",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Rounds: 2},
	Rules: func(r *paxos.Rules) {
		r.IsAcceptQuorum = func(q quorums.Quorum, size, n int) bool { return size >= q.Least(n)-1 }
	},
}
