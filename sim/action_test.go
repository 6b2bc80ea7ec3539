package sim_test

import (
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// actionActor and actionMessage are of a protocol in which nothing happens.
type actionActor struct {
	sim.Base[actionMessage, sim.NoRecord]
}

type actionMessage struct{}

func (actionMessage) Kind() uint8           { return 1 }
func (actionMessage) Hash(*sim.Digest)      {}
func (actionMessage) Text(sim.Names) string { return "" }

// TestIsAction: arrivals of some kinds, or of all where nothing is said, and decisions
// and crashes; no copy, and nothing else.
func TestIsAction(t *testing.T) {
	of := func(kinds uint64) observe.Actions {
		p := sim.Define[actionActor](sim.Spec[actionActor, actionMessage, sim.NoRecord]{Name: "p", Vocabulary: sim.Vocabulary{Actions: kinds}})
		return p.Actions(&sim.Scenario{Protocol: p})
	}
	all, some := of(0), of(1<<2|1<<40)
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
