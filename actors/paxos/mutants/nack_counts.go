package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// nackCounts is S12. An acceptor that has refused is taken for one that promised and had
// accepted nothing.
var nackCounts = Mutant{
	Mutant: zoo.Mutant{
		Name:    "nack-counts",
		Aliases: []string{"S12"},
		Doc:     "a negative ack counts as an answer towards the quorum",
		Kind:    zoo.Unsafe,
		First:   paxos.QuorumMembership,
		Splits:  true,
		Par:     12,
		Source:  "classic: waiting for a majority of responses, of whatever kind",
		Least:   "3 actors, 2 proposers",
		Try:     []string{"duelling-proposers"},
	},
	Scope: Scope{Rounds: 2},
	Rules: func(r *paxos.Rules) {
		r.Slips.CountNack = func(p *paxos.Promises, from sim.ID) bool {
			isNew := p.From.Add(from)
			if isNew {
				p.Count++
			}
			return isNew
		}
	},
}
