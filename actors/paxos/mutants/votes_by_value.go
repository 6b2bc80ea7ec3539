package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// votesByValue is S18. x of 1.1 at 1 and x of 3.3 at 2 are two votes for x, and
// no majority in any ballot: y of 2.2 can still be adopted from 3 and be
// chosen.
var votesByValue = Mutant{
	Mutant: zoo.Mutant{
		Name:    "votes-by-value",
		Aliases: []string{"S18"},
		Doc:     "a learner adds up acceptances of one value over ballots",
		Kind:    zoo.Unsafe,
		First:   paxos.DecidedIsChosen,
		Splits:  true,
		Par:     22,
		Source:  "classic",
		Least:   "3 actors, 2 rounds until a decision is wrong, 4 until two values are decided",
		Try:     []string{"duelling-proposers", "--set", "actors=4"},
	},
	Scope: Scope{Rounds: 4, FanOut: "all", OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.CountAccepted = func(t *paxos.Tallies, from sim.ID, _ paxos.Ballot, v sim.Value) *paxos.Tally {
			return sound.CountAccepted(t, from, paxos.Ballot(v), v) // one tally a value
		}
	},
}
