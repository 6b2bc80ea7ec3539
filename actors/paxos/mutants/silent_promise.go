package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// silentPromise is S2. The field is lost on the way, or filtered out as old
// news: the next proposer takes itself for the first.
var silentPromise = Mutant{
	Mutant: zoo.Mutant{
		Name:    "silent-promise",
		Aliases: []string{"S2"},
		Doc:     "a promise does not report what was accepted",
		Kind:    zoo.Unsafe,
		First:   paxos.TruthfulPromise,
		Splits:  true,
		Par:     12,
		Source:  "kkdai/paxos echoes the Prepare as the promise; ailidani/paxi leaves out what is committed",
		Least:   "3 actors, 2 proposers one after the other, no fault",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Rounds: 2},
	Rules: func(r *paxos.Rules) {
		r.Report = func(*paxos.Record) (paxos.Ballot, sim.Value) { return 0, 0 }
	},
}
