package naive_test

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxosspec"
	"github.com/paxsim/paxsim/internal/naive"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/weather"
)

// spec is Lamport's specification, with three acceptors and two values.
func spec(ballots int) naive.Scope {
	s := &sim.Scenario{
		Name: "spec", Tick: 1_000_000, Actors: 3 + ballots + 1, Members: []sim.ID{1, 2, 3},
		Protocol: paxosspec.Protocol(), Network: weather.Network{DelayMin: 1, DelayMax: 1},
	}
	return naive.Scope{
		Scenario: s, Network: naive.AnyTimes,
		Instant: func(_ uint8, _, to ids.ID) bool { return to > 3 },
		Alarms:  map[uint8]int{0: naive.Unlimited, 1: naive.Unlimited},
	}
}

// TestSpec2: Lamport's specification with three acceptors, two values and the ballots 0
// and 1 has as many states as TLC and others have counted.
func TestSpec2(t *testing.T) {
	r, err := naive.Explore(spec(2))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", r)
	if r.States != 3921 || r.Violation != nil {
		t.Errorf("%d states, want 3921; %v", r.States, r.Violation)
	}
}
