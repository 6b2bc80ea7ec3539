package scenarios

import "github.com/paxsim/paxsim/sim"

// Scenario is what a file says: a world and what happens to it, and what is said of it and
// of its runs. No run knows the latter.
type Scenario struct {
	sim.Scenario

	Teaches string // one line
	Group   string // of the library, to which it belongs; "": none
	Expect  Expect
	Premise Premise
}
