package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// sharedBallot is S23a. Two proposers use the same ballot. It needs a second
// thing to split: that an acceptor acks a ballot again that it has promised, as
// ours does, since it takes it for a repetition.
var sharedBallot = Mutant{
	Mutant: zoo.Mutant{
		Name:    "shared-ballot",
		Aliases: []string{"S23a"},
		Doc:     "ballots lack the number of the actor",
		Kind:    zoo.Unsafe,
		First:   paxos.BallotRises,
		Splits:  true,
		Par:     10,
		Source:  "kkdai/paxos and the code of 0xDVC/go-paxos",
		Least:   "3 actors, 2 proposers",
		Try:     []string{"duelling-proposers"},
	},
	Rules: func(r *paxos.Rules) {
		r.NextBallot = func(self sim.ID, rec *paxos.Record, seen paxos.Ballot) paxos.Ballot {
			return paxos.MakeBallot(sound.NextBallot(self, rec, seen).Round(), 1)
		}
	},
}
