package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// strictPromise is C2. Ours answers the same Prepare again, which is as safe
// (exhaustively at 2 rounds) and heals a lost promise.
var strictPromise = Mutant{
	Mutant: zoo.Mutant{
		Name:    "strict-promise",
		Aliases: []string{"C2"},
		Doc:     "a Prepare is answered only if its ballot is above the promise, not when it is repeated",
		Kind:    zoo.Control,
		Source:  "PMS 2.2 to the letter: \"greater than that of any prepare request to which it has already responded\"",
		Least:   "none: it is safe",
	},
	Rules: func(r *paxos.Rules) {
		r.MayPromise = func(rec *paxos.Record, b paxos.Ballot) bool { return b > rec.Promised }
	},
}
