package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// acceptAtPromise is C1. Stricter than PMS, which lets an acceptor accept above
// its promise too. An acceptor that has not promised cannot vote.
var acceptAtPromise = Mutant{
	Mutant: zoo.Mutant{
		Name:    "accept-at-promise",
		Aliases: []string{"C1"},
		Doc:     "the acceptor accepts in the very ballot that it has promised, and in none above it",
		Kind:    zoo.Control,
		Source:  "the rule of several textbooks; exhaustively safe at 3 actors and 3 rounds",
		Least:   "none: it is safe",
	},
	Scope: Scope{FanOut: "all"},
	Rules: func(r *paxos.Rules) {
		r.MayAccept = func(rec *paxos.Record, b paxos.Ballot) bool { return b == rec.Promised }
	},
}
