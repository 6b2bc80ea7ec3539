package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// decimalBallot is S23b. Zeros at the end are lost, and with them who made the
// ballot. That 1.12 is then below 1.2 does no harm, since every order of the
// actors will do.
var decimalBallot = Mutant{
	Mutant: zoo.Mutant{
		Name:    "decimal-ballot",
		Aliases: []string{"S23b"},
		Doc:     "ballots are decimal fractions: 1.1 and 1.10 are one",
		Kind:    zoo.Unsafe,
		First:   paxos.BallotRises,
		Splits:  true,
		Par:     10,
		Source:  "a ballot that is written round.actor, as everywhere here, and kept as a number",
		Least:   "10 actors, proposers 1 and 10",
		Try:     []string{"lossy", "--set", "actors=10"},
	},
	Scope: Scope{Actors: 10, Proposers: []sim.ID{1, 10}},
	Rules: func(r *paxos.Rules) {
		r.NextBallot = func(self sim.ID, rec *paxos.Record, seen paxos.Ballot) paxos.Ballot {
			for self%10 == 0 {
				self /= 10 // 1.10 is written 1.1
			}
			return paxos.MakeBallot(sound.NextBallot(self, rec, seen).Round(), self)
		}
	},
}
