package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// secondValue is S16. The first two promises report nothing and get the
// proposer's own value, the third reports another and gets that one.
var secondValue = Mutant{
	Mutant: zoo.Mutant{
		Name:    "second-value",
		Aliases: []string{"S16"},
		Doc:     "a late promise makes the proposer pick another value for the same ballot",
		Kind:    zoo.Unsafe,
		First:   paxos.OneValue,
		Splits:  true,
		Par:     10,
		Source:  "classic: the value is computed where it is sent",
		Least:   "3 actors, 2 proposers",
		Try:     []string{"duelling-proposers", "--set", "members=[1, 3, 5]"},
	},
	Scope: Scope{Rounds: 2},
	Rules: func(r *paxos.Rules) {
		r.Slips.ChangeValue = sound.PickValue
	},
}
