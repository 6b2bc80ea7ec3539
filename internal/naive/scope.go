package naive

import "github.com/paxsim/paxsim/sim"

// Options are what a scope leaves open.
type Options struct {
	// Delays are choices of the protocol that only say when an alarm goes off. They are
	// not varied.
	Delays []uint8
	// Most is how many states there may be; 0: any number.
	Most int
	// Key makes the key of a state of its text, to save memory; nil: the text itself.
	Key func(text string) string
}

// Result is what comes of it.
type Result struct {
	States    int
	Steps     int            // that lead from a state to a state
	Depth     int            // of the last state that is new, in steps
	Runs      int            // that the engine has made
	Whole     bool           // all states were visited, or a violation was found
	Violation *sim.Violation // the first that is found; nil: none
	Path      []string       // that leads to it
}
