package sim_test

import (
	"testing"

	"github.com/paxsim/paxsim/sim"
)

// TestIsAction: arrivals of some kinds, or of all where nothing is said, and decisions
// and crashes; no copy, and nothing else.
func TestIsAction(t *testing.T) {
	all, some := &sim.Words{}, &sim.Words{Actions: 1<<2 | 1<<40}
	for _, x := range []struct {
		e         sim.Entry
		all, some bool
	}{
		{sim.Entry{What: sim.Delivered, Kind: 2}, true, true},
		{sim.Entry{What: sim.Delivered, Kind: 40}, true, true},
		{sim.Entry{What: sim.Delivered, Kind: 3}, true, false},
		{sim.Entry{What: sim.Delivered, Kind: 2, Copy: 1}, false, false},
		{sim.Entry{What: sim.Sent, Kind: 2}, false, false},
		{sim.Entry{What: sim.Decided}, true, true},
		{sim.Entry{What: sim.Crashed}, true, true},
		{sim.Entry{What: sim.TimedOut, Kind: 2}, false, false},
	} {
		if all.IsAction(x.e) != x.all || some.IsAction(x.e) != x.some {
			t.Errorf("%+v: %v where all are, %v where some are", x.e, all.IsAction(x.e), some.IsAction(x.e))
		}
	}
}
