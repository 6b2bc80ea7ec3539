package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// writtenDecision is D2. 3 has not voted in 1.1; it learns that x is chosen there,
// and from then on promises report 1.1=x as if it had voted. All ballots above 1.1
// have x already, so nobody is led astray.
var writtenDecision = Mutant{
	Mutant: zoo.Mutant{
		Name:    "written-decision",
		Aliases: []string{"D2"},
		Doc:     "an actor that learns the decision writes it over its own lower vote",
		Kind:    zoo.Variant,
		First:   paxos.AcceptedIsHighestVote,
		Source:  "implementations in which a commit message fills the acceptor's slot; safe by hand",
		Least:   "3 actors, a learner that has not voted; no value is lost",
		Try:     []string{"happy-path", "--set", "paxos.fan_out=quorum"},
	},
	Scope: Scope{FanOut: "quorum"},
	Rules: func(r *paxos.Rules) {
		r.Slips.WriteLearned = func(rec *paxos.Record, b paxos.Ballot, v sim.Value) bool {
			if rec.Accepted >= b {
				return false
			}
			rec.Promised, rec.Accepted, rec.Value = max(rec.Promised, b), b, v
			return true
		}
	},
}
