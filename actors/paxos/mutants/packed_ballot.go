package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// packedBallot is S23c. The bits of the actor reach into those of the round.
var packedBallot = Mutant{
	Mutant: zoo.Mutant{
		Name:    "packed-ballot",
		Aliases: []string{"S23c"},
		Doc:     "ballots are packed as round<<4 | actor, and there are more than 15 actors",
		Kind:    zoo.Unsafe,
		First:   paxos.BallotRises,
		Splits:  true,
		Par:     10,
		Source:  "a layout met in several repositories; 17 in round 1 is 1 in round 1, and 1001 goes down from round 1 to 2",
		Least:   "17 actors, proposers 1 and 17",
		Try:     []string{"duelling-proposers", "--set", "actors=17", "--set", "members=[1, 2, 3]", "--set", "requests.2.actor=17"},
	},
	Scope: Scope{Actors: 17, Members: []sim.ID{1, 2, 3}, Proposers: []sim.ID{1, 17}},
	Rules: func(r *paxos.Rules) {
		r.NextBallot = func(self sim.ID, rec *paxos.Record, seen paxos.Ballot) paxos.Ballot {
			packed := sound.NextBallot(self, rec, seen).Round()<<4 | uint32(self)
			return paxos.MakeBallot(packed>>4, sim.ID(packed&15)) // as whoever unpacks it reads it
		}
	},
}
