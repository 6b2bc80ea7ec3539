package campaign_test

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestMemoryIsABound holds the estimate against what runs really take.
func TestMemoryIsABound(t *testing.T) {
	tests := []struct {
		name, why string
		actors    int
		change    func(s *sim.Scenario)
	}{
		{"small", "each receiver costs an event", 101, func(*sim.Scenario) {}},
		{"large", "all votes are on their way at once, and arrive in one tick", 1001, func(*sim.Scenario) {}},
		{"doubled", "twice as many votes, each twice", 1001, func(s *sim.Scenario) { s.Network.Duplicate = scheduler.Certain }},
		{"spread", "they arrive in many ticks", 1001, func(s *sim.Scenario) { s.Network.DelayMax = 4000 }},
		{"far", "and in so many that each costs an event", 1001, func(s *sim.Scenario) { s.Network.DelayMax = 10_000 }},
		{"by chance", "several rounds overlap", 1001, func(s *sim.Scenario) {
			s.ByChance, s.Requests, s.Network.DelayMax = true, nil, 100
		}},
		{"links", "each pair of actors keeps something", 300, func(s *sim.Scenario) {
			s.Network.Bias, s.Network.FIFO, s.Network.Capacity = 100, true, 3
		}},
		{"rich", "no broadcast is filed, and each may arrive four times", 200, func(s *sim.Scenario) {
			s.Network.Copies, s.Network.Duplicate = 3, scheduler.Certain/2
		}},
		{"many faults", "each knows where every actor is", 3001, func(s *sim.Scenario) {
			s.Requests, s.Limits.Time = nil, 3
			for i := range 1000 {
				s.Faults = append(s.Faults, faults.Fault{Name: string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)), At: 1, Until: 2,
					Cut: &partitions.Cut{Who: aims.Target{Group: aims.Everyone}}})
			}
		}},
		{"huge", "what one actor knows of another adds up", 2001, func(*sim.Scenario) {}},
	}
	for _, tt := range tests {
		if testing.Short() && tt.actors > 101 {
			continue
		}
		s := scenario()
		s.Actors, s.ByChance, s.Requests = tt.actors, false, []sim.ScriptedRequest{{Actor: 1}}
		s.Network = weather.Network{DelayMin: 10, DelayMax: 10}
		tt.change(s)
		took, bound := peak(t, s), campaign.Memory(s)
		t.Logf("%s: took %d MB, estimated %d MB", tt.name, took>>20, bound>>20)
		if took > bound {
			t.Errorf("%s (%s): took %d bytes, estimated %d", tt.name, tt.why, took, bound)
		}
	}
}

// peak is how much memory a run adds to that of the process. All memory is given
// back first, so that what the run takes is asked of the system anew.
func peak(t *testing.T, s *sim.Scenario) uint64 {
	t.Helper()
	debug.FreeOSMemory()
	most := uint64(0)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before := m.HeapSys - m.HeapReleased
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	w.Reset(1, nil)
	tally.Run()
	for n := 0; w.Step(); n++ {
		if n%5000 == 0 {
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapSys-m.HeapReleased)
		}
	}
	runtime.KeepAlive(w)
	return max(most, before) - before
}

// TestMemoryDoesNotOverflow: the greatest world there can be has an estimate
// that is a number of bytes.
func TestMemoryDoesNotOverflow(t *testing.T) {
	s := scenario()
	s.Actors = sim.MaxActors
	s.Network = weather.Network{DelayMax: 1 << 30, Duplicate: 1, Copies: weather.MaxCopies}
	if got := campaign.Memory(s); got < 256<<30 || got > math.MaxInt64 {
		t.Errorf("%d actors: %d bytes", s.Actors, got)
	}
}
