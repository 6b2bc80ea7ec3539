package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// acceptAboveAccepted is S4b. One of two ballots is looked at, the wrong one.
var acceptAboveAccepted = Mutant{
	Mutant: zoo.Mutant{
		Name:    "accept-above-accepted",
		Aliases: []string{"S4b"},
		Doc:     "the acceptor compares an Accept with what it has accepted, not with what it has promised",
		Kind:    zoo.Unsafe,
		First:   paxos.PromiseRises,
		Splits:  true,
		Par:     12,
		Source:  "as accept-anything",
		Least:   "3 actors, 2 proposers, one Accept late",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Rounds: 2},
	Rules: func(r *paxos.Rules) {
		r.MayAccept = func(rec *paxos.Record, b paxos.Ballot) bool { return b >= rec.Accepted }
	},
}
