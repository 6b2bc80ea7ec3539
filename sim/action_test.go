package sim_test

import (
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// TestIsAction: arrivals of some kinds, or of all where nothing is said, and decisions
// and crashes; no copy, and nothing else.
func TestIsAction(t *testing.T) {
	all, some := &sim.Vocabulary{}, &sim.Vocabulary{Actions: 1<<2 | 1<<40}
	for _, x := range []struct {
		e         observe.Entry
		all, some bool
	}{
		{observe.Entry{What: observe.Delivered, Kind: 2}, true, true},
		{observe.Entry{What: observe.Delivered, Kind: 40}, true, true},
		{observe.Entry{What: observe.Delivered, Kind: 3}, true, false},
		{observe.Entry{What: observe.Delivered, Kind: 2, Copy: 1}, false, false},
		{observe.Entry{What: observe.Sent, Kind: 2}, false, false},
		{observe.Entry{What: observe.Decided}, true, true},
		{observe.Entry{What: observe.Crashed}, true, true},
		{observe.Entry{What: observe.TimedOut, Kind: 2}, false, false},
	} {
		if all.IsAction(x.e) != x.all || some.IsAction(x.e) != x.some {
			t.Errorf("%+v: %v where all are, %v where some are", x.e, all.IsAction(x.e), some.IsAction(x.e))
		}
	}
}
