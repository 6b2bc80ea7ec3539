package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// doublePromise is S10. Promises are a number, not a set of acceptors.
var doublePromise = Mutant{
	Mutant: zoo.Mutant{
		Name:    "double-promise",
		Aliases: []string{"S10"},
		Doc:     "a promise that arrives twice counts twice",
		Kind:    zoo.Unsafe,
		First:   paxos.QuorumMembership,
		Splits:  true,
		Par:     10,
		Source:  "classic; it takes a network that doubles messages",
		Least:   "3 actors, 1 duplicate",
		Try:     []string{"lossy", "--runs", "100"},
	},
	Scope: Scope{Rounds: 2, Faults: []string{"duplicate"}},
	Rules: func(r *paxos.Rules) {
		r.CountPromise = func(p *paxos.Promises, from sim.ID, m paxos.Message) bool {
			if !sound.CountPromise(p, from, m) && m.Ballot == p.Ballot {
				p.Count++
			}
			return m.Ballot == p.Ballot
		}
	},
}
