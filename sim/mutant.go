package sim

import "github.com/paxsim/paxsim/sim/zoo"

// Mutable is a [Protocol] that has mutants.
type Mutable interface {
	Protocol

	// Mutants lists them.
	Mutants() []zoo.Mutant

	// Mutate is the protocol with the mutant of this name put in, in place of any that it has.
	// It keeps its own name. The settings, the words and the invariants are the same, and it
	// is Mutable. "" is the protocol without any. It is false if there is no mutant of that
	// very name.
	Mutate(name string) (Protocol, bool)
}
