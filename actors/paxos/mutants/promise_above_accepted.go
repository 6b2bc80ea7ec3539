package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// promiseAboveAccepted is S5. The promise goes back: 1 promises 2.2, then 1.1,
// and accepts in 1.1 what 2.2 has not heard of.
var promiseAboveAccepted = Mutant{
	Mutant: zoo.Mutant{
		Name:    "promise-above-accepted",
		Aliases: []string{"S5"},
		Doc:     "the acceptor compares a Prepare with what it has accepted, not with what it has promised",
		Kind:    zoo.Unsafe,
		First:   paxos.PromiseRises,
		Splits:  true,
		Par:     12,
		Source:  "kkdai/paxos, acceptor.go: it compares with one variable and writes another",
		Least:   "3 actors, 2 proposers, one Prepare late",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Rounds: 2},
	Rules: func(r *paxos.Rules) {
		r.MayPromise = func(rec *paxos.Record, b paxos.Ballot) bool { return b >= rec.Accepted }
	},
}
