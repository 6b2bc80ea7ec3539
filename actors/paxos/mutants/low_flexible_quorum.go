package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/quorums"
	"github.com/paxsim/paxsim/sim/zoo"
)

// lowFlexibleQuorum is S22c. A majority promises, and any two may accept.
var lowFlexibleQuorum = Mutant{
	Mutant: zoo.Mutant{
		Name:    "low-flexible-quorum",
		Aliases: []string{"S22c"},
		Doc:     "quorums of promises and of acceptances that need not meet: 3 and 2 of 5",
		Kind:    zoo.Unsafe,
		First:   paxos.QuorumIntersection,
		Splits:  true,
		Par:     16,
		Source:  "a miscounted Flexible Paxos: q1 + q2 = N",
		Least:   "5 actors, 2 proposers",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Actors: 5, Rounds: 2},
	Rules: func(r *paxos.Rules) {
		r.IsAcceptQuorum = func(q quorums.Quorum, size, n int) bool { return size >= max(q.Least(n)-1, 2) }
	},
}
