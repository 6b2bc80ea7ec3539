package play

import (
	"context"

	"github.com/paxsim/paxsim/sim/explain/stepper"
)

// Host knows what can be opened. The command gives one that knows the library and the
// guests.
type Host interface {
	// Library lists what there is. Version, Tool and Limits are the session's to say.
	Library() Library

	// Load is the run that a request to open means. The mistakes are in the words of the
	// command. A run whose scenario has more actors than a number is not made.
	Load(ctx context.Context, q *Request, mostActors int) (*Loaded, []Mistake)
}

// Loaded is a run that was just loaded.
type Loaded struct {
	Name    string // of the scenario
	Stepper *stepper.Stepper
}
