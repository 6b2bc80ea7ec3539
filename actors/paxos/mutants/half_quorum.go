package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/quorums"
	"github.com/paxsim/paxsim/sim/zoo"
)

// halfQuorum is S22a. Two halves need not meet.
var halfQuorum = Mutant{
	Mutant: zoo.Mutant{
		Name:    "half-quorum",
		Aliases: []string{"S22a"},
		Doc:     "half of an even number of actors is a quorum",
		Kind:    zoo.Unsafe,
		First:   paxos.QuorumIntersection,
		Splits:  true,
		Par:     10,
		Source:  "DSLabs, IncorrectSingleInstancePaxos",
		Least:   "4 actors, or 2",
		Try:     []string{"duelling-proposers", "--set", "actors=4"},
	},
	Scope: Scope{Actors: 4},
	Rules: func(r *paxos.Rules) {
		half := func(q quorums.Quorum, size, n int) bool { return q.Holds(size, n) || 2*size == n }
		r.IsPromiseQuorum, r.IsAcceptQuorum = half, half
	},
}
