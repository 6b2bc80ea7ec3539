package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// votesOfAnyRound is S19. x of 1.1 at 1 and y of 2.2 at 2 are taken for a
// majority, here for y and elsewhere for x.
var votesOfAnyRound = Mutant{
	Mutant: zoo.Mutant{
		Name:    "votes-of-any-round",
		Aliases: []string{"S19"},
		Doc:     "a learner adds up acceptances of all ballots, and takes the value of the last",
		Kind:    zoo.Unsafe,
		First:   paxos.DecidedIsChosen,
		Splits:  true,
		Par:     12,
		Source:  "classic",
		Least:   "3 actors, 2 rounds",
		Try:     []string{"duelling-proposers", "--set", "paxos.fan_out=all"},
	},
	Scope: Scope{Rounds: 2},
	Rules: func(r *paxos.Rules) {
		r.CountAccepted = func(t *paxos.Tallies, from sim.ID, _ paxos.Ballot, v sim.Value) *paxos.Tally {
			return sound.CountAccepted(t, from, paxos.MakeBallot(1, 1), v) // one tally for all
		}
	},
}
