package naive

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
)

// Compare visits a scope in both ways, in the acting engine and in its model, and says in
// what they differ. What comes of the first is returned. It is an error if there are more
// states than the options allow.
func Compare(s *sim.Scenario, scope sim.Scope, o Options) (acting Result, err error) {
	model, err := Walk(s, scope, o)
	if err != nil {
		return model, fmt.Errorf("the model: %w", err)
	}
	if !model.Whole {
		return model, fmt.Errorf("there are more than %d states", o.Most)
	}
	acting, err = Explore(s, scope, o)
	if err != nil {
		return acting, fmt.Errorf("the acting engine: %w", err)
	}
	a, b := acting.Violation, model.Violation
	switch {
	case (a == nil) != (b == nil), a != nil && (a.Invariant != b.Invariant || acting.Depth != model.Depth):
		return acting, fmt.Errorf("the acting engine breaks %v after %d steps, and its model %v after %d: %q", a, acting.Depth, b, model.Depth, acting.Path)
	case a == nil && (acting.States != model.States || acting.Depth != model.Depth):
		return acting, fmt.Errorf("the acting engine has %d states, %d steps deep, and its model %d and %d", acting.States, acting.Depth, model.States, model.Depth)
	}
	return acting, nil
}
