package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// tornVote is S14c. A crash between the two leaves the new ballot with the old
// value: a proposal that nobody made.
var tornVote = Mutant{
	Mutant: zoo.Mutant{
		Name:    "torn-vote",
		Aliases: []string{"S14c"},
		Doc:     "ballot and value of a vote are saved one after the other",
		Kind:    zoo.Unsafe,
		First:   paxos.AcceptedIsHighestVote,
		Splits:  true,
		Par:     20,
		Source:  "torn writes as in Protocol-Aware Recovery, FAST 2018",
		Least:   "3 actors, 3 rounds, 1 crash between the two",
		Try:     []string{"duelling-proposers", "--set", "paxos.fan_out=all"},
	},
	Scope: Scope{Rounds: 3, FanOut: "all", OnNack: "retry", Faults: []string{"crashes"}},
	Rules: func(r *paxos.Rules) {
		r.SaveVote = func(env *paxos.Env, rec *paxos.Record) {
			if old := env.Saved(); old.Accepted != 0 { // the first vote makes the file, as one
				torn := *rec
				torn.Value = old.Value
				env.Save(torn)
			}
			env.Save(*rec)
		}
	},
}
