package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// noAdoption is S1. The proposer does not adopt: x is chosen in 1.1 by 1 and 2;
// both report it to 2.2, which proposes y all the same.
var noAdoption = Mutant{
	Mutant: zoo.Mutant{
		Name:    "no-adoption",
		Aliases: []string{"S1"},
		Doc:     "the proposer proposes its own value, whatever promises report",
		Kind:    zoo.Unsafe,
		First:   paxos.SafeAt,
		Splits:  true,
		Par:     12,
		Source:  "the code of kkdai/paxos and 0xDVC/go-paxos; the literal reading of many short descriptions",
		Least:   "3 actors, 2 proposers one after the other, no fault",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Rounds: 2},
	Rules: func(r *paxos.Rules) {
		r.PickValue = func(own sim.Value, _ *paxos.Promises) sim.Value { return own }
	},
}
