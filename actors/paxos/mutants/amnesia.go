package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/zoo"
)

// amnesia is S8. All that was saved is ignored after a restart. What was
// promised to 2.2 is not kept, and what was accepted in 1.1 not reported.
var amnesia = Mutant{
	Mutant: zoo.Mutant{
		Name:    "amnesia",
		Aliases: []string{"S8"},
		Doc:     "an acceptor whose disk is lost comes back and votes as if it had never voted",
		Kind:    zoo.Unsafe,
		First:   paxos.PromiseRises,
		Splits:  true,
		Par:     10,
		Source:  "Michael and others, DISC 2017 (diskless recovery); the disk corruption of Paxos Made Live; atlasdb issue 1504; Protocol-Aware Recovery, FAST 2018",
		Least:   "3 actors, 1 crash and restart",
		Try:     []string{"duelling-proposers", "--set", "crashes.chance=1%", "--set", "crashes.down=1ms..20ms"},
	},
	Scope: Scope{Rounds: 2, Faults: []string{"crashes"}},
	Rules: func(r *paxos.Rules) {
		r.Recover = func(paxos.Record) paxos.Record { return paxos.Record{} }
	},
}
