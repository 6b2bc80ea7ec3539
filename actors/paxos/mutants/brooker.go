package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// brooker is S13. 3 has promised nothing and accepts y in 2.2, which 2 makes
// chosen; then the late Accept of 1.1 finds its promise still at none and
// overwrites y by x. 3.3 hears of x alone.
var brooker = Mutant{
	Mutant: zoo.Mutant{
		Name:    "brooker",
		Aliases: []string{"S13"},
		Doc:     "accepting does not raise the promise",
		Kind:    zoo.Unsafe,
		First:   paxos.VoteWithinPromise,
		Splits:  true,
		Par:     17,
		Source:  "brooker.co.za, 2021-11-16; Stack Overflow question 29880949 (several implementations had it); cassandra pull request 1327",
		Least:   "3 actors, 3 proposers, an Accept to one that has not acked",
		Try:     []string{"duelling-proposers", "--set", "paxos.fan_out=all", "--set", "paxos.on_nack=retry", "--set", "network.delay=1ms..30ms"},
	},
	Scope: Scope{Rounds: 3, FanOut: "all", OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.CastVote = func(rec *paxos.Record, b paxos.Ballot, v sim.Value) { rec.Accepted, rec.Value = b, v }
	},
}
