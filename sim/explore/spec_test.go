package explore_test

import (
	"context"
	"testing"
	"time"

	"github.com/paxsim/paxsim/actors/paxosspec"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/weather"
)

// spec is Lamport's specification, with three acceptors and two values.
func spec(ballots int) *sim.Scenario {
	return &sim.Scenario{
		Name: "spec", Tick: 1_000_000, Actors: 3 + ballots + 1, Members: []sim.ID{1, 2, 3},
		Protocol: paxosspec.Protocol(), Network: weather.Network{DelayMin: 1, DelayMax: 1},
	}
}

// TestSpec: Lamport's specification has as many states as TLC, Spin and others have
// counted, depth first too, and with the acceptors and values that are alike.
func TestSpec(t *testing.T) {
	for _, c := range []struct {
		ballots, states, symmetric int
	}{
		{ballots: 2, states: 3921, symmetric: 443},
		{ballots: 3, states: 185_369, symmetric: 17_153},
	} {
		s := spec(c.ballots)
		for _, o := range []explore.Options{{}, {DepthFirst: true}, {Symmetry: true}, {Symmetry: true, DepthFirst: true}} {
			o.States = 2 * c.states // if more is wrong than a few, it ends all the same
			begin := time.Now()
			r, err := explore.Check(context.Background(), s, s.Protocol.Scope(s), o)
			if err != nil {
				t.Fatal(err)
			}
			want := c.states
			if o.Symmetry {
				want = c.symmetric
			}
			if r.States != want || r.Verdict != explore.Held || !r.Decided {
				t.Errorf("%d ballots, %+v: %d states, want %d; %+v", c.ballots, o, r.States, want, r)
			}
			if r.Calls > 9500 {
				t.Errorf("%d ballots, %+v: %d calls of handlers", c.ballots, o, r.Calls)
			}
			t.Logf("%d ballots, depth first %v, symmetry %v: %d states, %d steps, depth %d, %d calls, group %d, %d bytes, %v",
				c.ballots, o.DepthFirst, o.Symmetry, r.States, r.Steps, r.Depth, r.Calls, r.Group, r.Bytes, time.Since(begin))
		}
	}
}
