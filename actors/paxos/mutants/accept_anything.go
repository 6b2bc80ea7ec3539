package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// acceptAnything is S4a. 1 has promised 2.2 and takes the Accept of 1.1 all the
// same; so does 2, and x is chosen. 2.2 has heard of no vote, and 1 and 3
// choose y.
var acceptAnything = Mutant{
	Mutant: zoo.Mutant{
		Name:    "accept-anything",
		Aliases: []string{"S4a"},
		Doc:     "the acceptor accepts without looking at its promise",
		Kind:    zoo.Unsafe,
		First:   paxos.PromiseRises,
		Splits:  true,
		Par:     12,
		Source:  "the test n >= np dropped from the pseudo-code of MIT 6.824 (paxos-code.html of 2015, line 19)",
		Least:   "3 actors, 2 proposers, one Accept late",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Rounds: 2},
	Rules: func(r *paxos.Rules) {
		r.MayAccept = func(*paxos.Record, paxos.Ballot) bool { return true }
	},
}
