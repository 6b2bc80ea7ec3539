package naive_test

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxosspec"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/naive"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/weather"
)

// spec is Lamport's specification, with three acceptors and two values.
func spec(rules paxosspec.Rules, ballots int) *sim.Scenario {
	return &sim.Scenario{
		Name: "spec", Tick: 1_000_000, Actors: 3 + ballots + 1, Members: []sim.ID{1, 2, 3},
		Protocol: paxosspec.WithRules(rules), Network: weather.Network{DelayMin: 1, DelayMax: 1},
	}
}

// TestSpec2: Lamport's specification with three acceptors, two values and the ballots 0
// and 1 has as many states as TLC and others have counted.
func TestSpec2(t *testing.T) {
	s := spec(paxosspec.Sound(), 2)
	if r := compare(t, s, s.Protocol.Scope(s), naive.Options{}); r.States != 3921 || r.Violation != nil {
		t.Errorf("%+v: want 3921 states", r)
	}
}

// TestSpec3: the same with the ballots 0 to 2. The acting engine plays three million paths
// for that, so here its model is looked at alone.
func TestSpec3(t *testing.T) {
	if gate.Of(0, 1) == 0 {
		t.Skip("the gate does it")
	}
	s := spec(paxosspec.Sound(), 3)
	r, err := naive.Walk(s, s.Protocol.Scope(s), naive.Options{})
	if err != nil || r.States != 185_369 || r.Violation != nil {
		t.Errorf("%+v, %v: want 185369 states", r, err)
	}
	t.Logf("%+v", r)
}
