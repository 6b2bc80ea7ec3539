package sim_test

import (
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestDigestSeesTheWorld: whatever differs in a run shows in its digest.
func TestDigestSeesTheWorld(t *testing.T) {
	base := func() *sim.Scenario {
		return &sim.Scenario{Tick: 1000, Actors: 3, Protocol: pingPong(), Network: weather.Network{DelayMin: 5, DelayMax: 5},
			Requests: []sim.ScriptedRequest{{Actor: 1, Name: "x"}}}
	}
	changes := map[string]func(*sim.Scenario){
		"nothing":      func(*sim.Scenario) {},
		"the delay":    func(s *sim.Scenario) { s.Network.DelayMin, s.Network.DelayMax = 6, 6 },
		"who is asked": func(s *sim.Scenario) { s.Requests[0].Actor = 2 },
		"when":         func(s *sim.Scenario) { s.Requests[0].At = 1 },
		"which value": func(s *sim.Scenario) {
			s.Requests = append([]sim.ScriptedRequest{{Actor: 3, At: 900, Name: "y"}}, s.Requests...)
		},
		"a slow disk":        func(s *sim.Scenario) { s.Disk.Sync = 1 },
		"one actor more":     func(s *sim.Scenario) { s.Actors = 4 },
		"a cut":              func(s *sim.Scenario) { s.Faults = []faults.Fault{{Name: "c", At: 3, Until: 9, Split: [][]sim.ID{{1}}}} },
		"a cut of nothing":   func(s *sim.Scenario) { s.Faults = []faults.Fault{{Name: "c", At: 6, Until: 7, Split: [][]sim.ID{{3}}}} },
		"a crash":            func(s *sim.Scenario) { s.Faults = []faults.Fault{{Name: "c", At: 3, Until: 9, Crash: aims.These(3)}} },
		"a crash for longer": func(s *sim.Scenario) { s.Faults = []faults.Fault{{Name: "c", At: 3, Until: 11, Crash: aims.These(3)}} },
		"all doubled":        func(s *sim.Scenario) { s.Network.Duplicate = scheduler.Certain },
		"all lost":           func(s *sim.Scenario) { s.Network.Loss = scheduler.Certain },
	}
	seen := map[uint64]string{}
	for name, change := range changes {
		s := base()
		change(s)
		r := runner(t, s)
		r.Reset(1, nil)
		tally.Run()
		d := r.Run().Digest
		if other, ok := seen[d]; ok {
			t.Errorf("%q and %q have the same digest", name, other)
		}
		seen[d] = name
	}
}
