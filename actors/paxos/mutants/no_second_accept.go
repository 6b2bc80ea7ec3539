package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// noSecondAccept is Lv3. One lost Accept, or one lost acceptance, and the
// proposer waits for ever: it neither repeats nor gives up.
var noSecondAccept = Mutant{
	Mutant: zoo.Mutant{
		Name:    "no-second-accept",
		Aliases: []string{"Lv3"},
		Doc:     "a proposer repeats nothing in phase 2",
		Kind:    zoo.Stalls,
		Source:  "xiang90/paxos: run ends once the Accepts are out",
		Least:   "3 actors, 1 Accept lost",
		Try:     []string{"lossy"},
	},
	Scope: Scope{Faults: []string{"loss"}},
	Rules: func(r *paxos.Rules) {
		r.Slips.FallSilent = func(phase2 bool) bool { return phase2 }
	},
}
