package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// reachableMajority is S22d. An acceptor that has not answered when the Prepare has been
// repeated is taken out of the count. One that hears only itself is then a majority of
// one.
var reachableMajority = Mutant{
	Mutant: zoo.Mutant{
		Name:    "reachable-majority",
		Aliases: []string{"S22d"},
		Doc:     "a proposer asks for a majority of those who answer",
		Kind:    zoo.Unsafe,
		First:   paxos.QuorumMembership,
		Splits:  true,
		Par:     10,
		Source:  "the quorum bugs of N2Paxos (specula-org)",
		Least:   "3 actors, 2 proposers, one of them cut off for a while",
		Try:     []string{"lossy"},
	},
	Scope: Scope{Rounds: 2, Faults: []string{"loss"}},
	Rules: func(r *paxos.Rules) {
		r.Slips.Electors = func(_, answered int) int { return answered }
	},
}
