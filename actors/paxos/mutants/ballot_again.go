package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// ballotAgain is S9. The round is not read back from the disk. 1 gets x
// accepted in 1.1, restarts, begins 1.1 once more for x', and counts the
// promises that the first 1.1 got.
var ballotAgain = Mutant{
	Mutant: zoo.Mutant{
		Name:    "ballot-again",
		Aliases: []string{"S9"},
		Doc:     "after a restart a proposer uses a ballot again",
		Kind:    zoo.Unsafe,
		First:   paxos.BallotRises,
		Splits:  true,
		Par:     10,
		Source:  "Tencent/phxpaxos issue 145, with this very trace",
		Least:   "3 actors, 1 proposer, 1 restart of it, and its old promises late",
		Try:     []string{"duelling-proposers", "--set", "crashes.chance=1%", "--set", "crashes.down=1ms..20ms"},
	},
	Scope: Scope{Faults: []string{"crashes"}},
	Rules: func(r *paxos.Rules) {
		r.NextBallot = func(self sim.ID, _ *paxos.Record, seen paxos.Ballot) paxos.Ballot {
			return paxos.MakeBallot(seen.Round()+1, self)
		}
	},
}
