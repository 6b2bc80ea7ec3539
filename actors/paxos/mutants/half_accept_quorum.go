package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/quorums"
	"github.com/paxsim/paxsim/sim/zoo"
)

// halfAcceptQuorum is C3. With 4 actors, 3 to promise and 2 to accept always
// meet.
var halfAcceptQuorum = Mutant{
	Mutant: zoo.Mutant{
		Name:    "half-accept-quorum",
		Aliases: []string{"C3"},
		Doc:     "of an even number of actors, half is a quorum of acceptances; promises take one more",
		Kind:    zoo.Control,
		Source:  "Flexible Paxos; exhaustively safe at 4 actors and 2 rounds",
		Least:   "none: it is safe",
	},
	Scope: Scope{Actors: 4},
	Rules: func(r *paxos.Rules) {
		r.IsAcceptQuorum = func(q quorums.Quorum, size, n int) bool { return q.Holds(size, n) || 2*size == n }
	},
}
