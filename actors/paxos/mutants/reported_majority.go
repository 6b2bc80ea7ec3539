package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// reportedMajority is S21. 1 reports x of 1.1 and 2 reports x of 3.3; no ballot
// need have a majority.
var reportedMajority = Mutant{
	Mutant: zoo.Mutant{
		Name:    "reported-majority",
		Aliases: []string{"S21"},
		Doc:     "a value that a majority of promises reports is taken as decided",
		Kind:    zoo.Unsafe,
		First:   paxos.DecidedIsChosen,
		Splits:  true,
		Par:     23,
		Source:  "a short cut for reads, as in CASPaxos",
		Least:   "3 actors, 3 rounds until a decision is wrong, 4 until two values are decided",
		Try:     []string{"lossy"},
	},
	Scope: Scope{Rounds: 4, FanOut: "all", OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.CountPromise = keepReports
		r.Slips.BelieveReports = func(p *paxos.Promises, n int) sim.Value {
			if value, count := mostReported(p); 2*count > n {
				return value
			}
			return 0
		}
	},
}
