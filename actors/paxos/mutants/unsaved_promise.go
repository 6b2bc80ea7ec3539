package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// unsavedPromise is S6. It is kept in memory, and reaches the disk with the
// next vote or round. 1 promises 2.2, crashes, and accepts in 1.1.
var unsavedPromise = Mutant{
	Mutant: zoo.Mutant{
		Name:    "unsaved-promise",
		Aliases: []string{"S6"},
		Doc:     "a promise is not on the disk when it leaves",
		Kind:    zoo.Unsafe,
		First:   paxos.DurableBeforeVisible,
		Splits:  true,
		Par:     13,
		Source:  "CrystalBall, bug 2 (from memory of the paper); efficient/epaxos issue 28 (reported)",
		Least:   "3 actors, 1 crash and restart of an acceptor",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Rounds: 2, Faults: []string{"crashes"}},
	Rules: func(r *paxos.Rules) {
		r.SavePromise = func(*paxos.Env, *paxos.Record) {}
	},
}
