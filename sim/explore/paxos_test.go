package explore_test

import (
	"context"
	"testing"
	"time"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/weather"
)

// duel is Paxos with three actors, of whom clients ask two.
func duel() *sim.Scenario {
	return &sim.Scenario{
		Name: "duel", Tick: 1_000_000, Actors: 3, Protocol: paxos.Protocol(), Network: weather.Network{DelayMin: 1, DelayMax: 1},
		Requests: []sim.ScriptedRequest{{Actor: 1, Name: "x"}, {Actor: 2, Name: "y"}},
	}
}

func TestPaxos(t *testing.T) {
	for _, crashes := range []int{0, 1} {
		s := duel()
		scope := s.Protocol.Scope(s)
		scope.SetRounds(s.Protocol.Vocabulary(), 1)
		scope.Crashes = crashes
		begin := time.Now()
		r, err := explore.Check(context.Background(), s, scope, explore.Options{For: 200 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d crashes: %v %s %d states, %d steps, depth %d, %d calls, group %d, %d bytes, %v %v",
			crashes, r.Verdict, r.Limit, r.States, r.Steps, r.Depth, r.Calls, r.Group, r.Bytes, time.Since(begin), r.Broken)
	}
}
