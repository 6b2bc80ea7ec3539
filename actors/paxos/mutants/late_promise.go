package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// latePromise is S11. A promise is matched against nothing. The promises of 1.1
// arrive while 1 prepares 3.1, and stand for what was voted for since.
var latePromise = Mutant{
	Mutant: zoo.Mutant{
		Name:    "late-promise",
		Aliases: []string{"S11"},
		Doc:     "a promise of an older round counts for the round under way",
		Kind:    zoo.Unsafe,
		First:   paxos.QuorumMembership,
		Splits:  true,
		Par:     11,
		Source:  "luohaha/MyPaxos issue 18, a full report",
		Least:   "3 actors, 2 proposers, 1 promise late",
		Try:     []string{"duelling-proposers", "--set", "paxos.on_nack=retry", "--runs", "100"},
	},
	Scope: Scope{Rounds: 2, OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.CountPromise = func(p *paxos.Promises, from sim.ID, m paxos.Message) bool {
			m.Ballot = p.Ballot
			return sound.CountPromise(p, from, m)
		}
	},
}
