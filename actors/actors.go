// Package actors is the register of the protocols that paxsim knows. Each has
// a room of its own below this one.
package actors

import (
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/actors/paxosspec"
	"github.com/paxsim/paxsim/sim"
)

var protocols = []sim.Protocol{mutants.Protocol(), paxosspec.Protocol()}

// Find is the protocol of this name.
func Find(name string) (sim.Protocol, bool) {
	for _, p := range protocols {
		if p.Name() == name {
			return p, true
		}
	}
	return nil, false
}

// Names lists the names of all protocols, the default one first.
func Names() []string {
	names := make([]string, len(protocols))
	for i, p := range protocols {
		names[i] = p.Name()
	}
	return names
}
