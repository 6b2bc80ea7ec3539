package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/zoo"
)

// nonMembers is S25. Two of the old configuration make a majority of the new.
var nonMembers = Mutant{
	Mutant: zoo.Mutant{
		Name:    "non-members",
		Aliases: []string{"S25"},
		Doc:     "the acks of actors outside the members count",
		Kind:    zoo.Unsafe,
		First:   paxos.QuorumMembership,
		Splits:  true,
		Par:     12,
		Source:  "N2Paxos, family 3 (specula-org): acks of another configuration",
		Least:   "5 actors, 3 of them members",
		Try:     []string{"duelling-proposers", "--set", "members=[1, 3, 5]"},
	},
	Scope: Scope{Actors: 5, Members: []sim.ID{1, 3, 5}, Rounds: 2},
	Rules: func(r *paxos.Rules) {
		r.IsMember = func(*ids.Set, sim.ID) bool { return true }
	},
}
