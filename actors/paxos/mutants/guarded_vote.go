package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// guardedVote is D1. What Brooker's bug lacks is here kept in another place: an
// Accept is held against the promise and against the vote. So the higher of the two
// binds the acceptor, as if accepting had raised its promise.
var guardedVote = Mutant{
	Mutant: zoo.Mutant{
		Name:    "guarded-vote",
		Aliases: []string{"D1"},
		Doc:     "accepting does not raise the promise, but no lower vote replaces a higher one",
		Kind:    zoo.Variant,
		First:   paxos.VoteWithinPromise,
		Source:  "Brooker's bug with the usual remedy of those who met it; safe by hand",
		Least:   "3 actors, an Accept to one that has not acked; no value is lost",
		Try:     []string{"duelling-proposers", "--set", "paxos.fan_out=all", "--set", "paxos.on_nack=retry", "--set", "network.delay=1ms..30ms"},
	},
	Scope: Scope{Rounds: 2, FanOut: "all", OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.MayAccept = func(rec *paxos.Record, b paxos.Ballot) bool { return b >= max(rec.Promised, rec.Accepted) }
		r.CastVote = func(rec *paxos.Record, b paxos.Ballot, v sim.Value) { rec.Accepted, rec.Value = b, v }
	},
}
