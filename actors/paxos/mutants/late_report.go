package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// lateReport is C4. A proposal that is higher than all that the quorum reports
// was itself safe when it was made, and nothing between the two can be chosen.
var lateReport = Mutant{
	Mutant: zoo.Mutant{
		Name:    "late-report",
		Aliases: []string{"C4"},
		Doc:     "what promises of older rounds report is adopted too; they do not count",
		Kind:    zoo.Control,
		Source:  "xiang90/paxos does so; safe by hand",
		Least:   "none: it is safe",
	},
	Scope: Scope{Rounds: 2, OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.CountPromise = func(p *paxos.Promises, from sim.ID, m paxos.Message) bool {
			if m.Ballot < p.Ballot && p.Highest < m.Last {
				p.Highest, p.Value = m.Last, m.Value
			}
			return sound.CountPromise(p, from, m)
		}
	},
}
