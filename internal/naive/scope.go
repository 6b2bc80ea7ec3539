package naive

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
)

// Network says what may happen to a packet that is not instant.
type Network uint8

// The networks. Nothing has to arrive in any of them.
const (
	Once     Network = iota // it arrives at most once, in any order
	AnyTimes                // it arrives any number of times, in any order: packets are a set that grows
	InOrder                 // it arrives at most once, and those of a link in the order in which they were sent
)

// Unlimited is as often as they like.
const Unlimited = -1

// Scope is what is explored.
type Scope struct {
	Scenario *sim.Scenario
	Network  Network

	// Instant says which messages are handled in the step in which they are sent, the
	// oldest first; nil: none is.
	Instant func(kind uint8, from, to ids.ID) bool

	// Alarms is how often alarms of a kind go off at each actor; a kind that is not there
	// never does.
	Alarms map[uint8]int
	// Crashes is how many actors crash, before an effect or between two events.
	Crashes int
	// Delays are choices of the protocol that only say when an alarm goes off. They are
	// not varied.
	Delays []uint8
	// Most is how many states there may be; 0: any number.
	Most int

	// Key makes the key of a state of its text; nil: the text itself. Only tests of
	// this package need it.
	Key func(text string) string
}

// Result is what comes of it.
type Result struct {
	States    int
	Steps     int // that lead from a state to a state, the same one too
	Depth     int // of the last state that is new, in steps
	Runs      int // that the engine has made
	Whole     bool
	Violation *sim.Violation // the first that is found; nil: none
	Path      []string       // that leads to it
}
