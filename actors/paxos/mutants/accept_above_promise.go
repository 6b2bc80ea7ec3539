package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// acceptAbovePromise is Lv5. > instead of >=: who has promised can never vote.
var acceptAbovePromise = Mutant{
	Mutant: zoo.Mutant{
		Name:    "accept-above-promise",
		Aliases: []string{"Lv5"},
		Doc:     "the acceptor refuses an Accept in the very ballot that it has promised",
		Kind:    zoo.Stalls,
		Source:  "luohaha/MyPaxos issue 19",
		Least:   "3 actors, no fault",
		Try:     []string{"duelling-proposers"},
	},
	Rules: func(r *paxos.Rules) {
		r.MayAccept = func(rec *paxos.Record, b paxos.Ballot) bool { return b > rec.Promised }
	},
}
