package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// unsavedVote is S7. 2 votes for x in 1.1 with 1, tells, crashes, and reports
// nothing to 2.2; the vote reaches the disk with the next promise or round
// only.
var unsavedVote = Mutant{
	Mutant: zoo.Mutant{
		Name:    "unsaved-vote",
		Aliases: []string{"S7"},
		Doc:     "a vote is not on the disk when others hear of it; the promise is",
		Kind:    zoo.Unsafe,
		First:   paxos.DurableBeforeVisible,
		Splits:  true,
		Par:     13,
		Source:  "the family of ZOOKEEPER-3911",
		Least:   "3 actors, 1 crash and restart of an acceptor",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Rounds: 2, Faults: []string{"crashes"}},
	Rules: func(r *paxos.Rules) {
		r.SaveVote = func(env *paxos.Env, rec *paxos.Record) {
			saved := env.Saved()
			saved.Promised = rec.Promised
			env.Save(saved)
		}
	},
}
