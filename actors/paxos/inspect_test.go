package paxos_test

import (
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestFieldsChangeNothing: a run of which all actors are asked what they hold
// after each event is the same run.
func TestFieldsChangeNothing(t *testing.T) {
	s := calm(5)
	s.Network = weather.Network{DelayMin: 10, DelayMax: 200, Loss: scheduler.Certain / 4, Duplicate: scheduler.Certain / 10}
	plain, asked := newRunner(t, s), newRunner(t, s)
	for seed := range uint64(20) {
		plain.Reset(seed, nil)
		tally.Run()
		want := plain.Run().Digest
		asked.Reset(seed, nil)
		tally.Run()
		for more := true; more; {
			more = asked.Step()
			for id := sim.ID(1); id <= 5; id++ {
				if len(asked.(observe.Inspector).Inspect(id).Fields) == 0 {
					t.Fatalf("seed %d: actor %d tells nothing", seed, id)
				}
			}
		}
		if got := asked.Outcome().Digest; got != want {
			t.Fatalf("seed %d: another run", seed)
		}
	}
}
