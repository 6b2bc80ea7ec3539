package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// expiringPromise is S24. State has a time to live, here one round limit from
// the last promise or vote, and a proposer that comes later finds nothing.
var expiringPromise = Mutant{
	Mutant: zoo.Mutant{
		Name:    "expiring-promise",
		Aliases: []string{"S24"},
		Doc:     "an acceptor forgets promise and vote after a while",
		Kind:    zoo.Unsafe,
		First:   paxos.PromiseRises,
		Splits:  true,
		Par:     12,
		Source:  "scylladb issue 6149, a trace of 8 steps; CEP-14 on the times to live of system.paxos",
		Least:   "3 actors, 3 proposers, messages late",
		Try:     []string{"duelling-proposers", "--set", "paxos.fan_out=all", "--set", "paxos.on_nack=retry", "--set", "network.delay=1ms..30ms"},
	},
	Scope: Scope{Rounds: 2, OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.Slips.Lifetime = func(roundLimit sim.Time) sim.Time { return roundLimit }
	},
}
