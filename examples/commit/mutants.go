package commit

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// bug is what is other than in the sound protocol. The zero bug is none.
type bug struct {
	unsaved bool // the coordinator does not save the outcome before it tells it
	patient bool // it waits for all votes, though one is a no
}

// mutants are what is known of each bug, and the bugs.
var mutants = []struct {
	zoo.Mutant
	bug
}{
	{zoo.Mutant{Name: "unsaved-outcome", Kind: zoo.Unsafe, First: oneOutcome, Splits: true, Doc: "the coordinator tells the outcome before it is on its disk"}, bug{unsaved: true}},
	{zoo.Mutant{Name: "all-votes", Kind: zoo.Control, Doc: "the coordinator waits for all votes, though one is a no"}, bug{patient: true}},
}

// mutable is the protocol with its mutants. It implements [sim.Mutable].
type mutable struct{ sim.Protocol }

// Mutants implements [sim.Mutable].
func (mutable) Mutants() (list []zoo.Mutant) {
	for _, m := range mutants {
		list = append(list, m.Mutant)
	}
	return list
}

// Mutate implements [sim.Mutable].
func (mutable) Mutate(name string) (sim.Protocol, bool) {
	for _, m := range mutants {
		if m.Name == name {
			return mutable{define(m.bug)}, true
		}
	}
	return nil, false
}
