package mutants

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// storm is a random scenario within a scope: rounds overlap, messages are late,
// and whatever weather the scope names is on, and no other.
func storm(p sim.Protocol, scope Scope, seed uint64) *sim.Scenario {
	r := rand.New(rand.NewPCG(seed, 5))
	n := scope.least()
	if scope.Actors == 0 {
		n += r.IntN(3)
	}
	s := &sim.Scenario{
		Tick: 100_000, Actors: n, Protocol: p, Members: scope.Members,
		Network:  weather.Network{DelayMin: 1, DelayMax: sim.Time(5 + r.IntN(60))},
		Disk:     disks.Disk{Sync: sim.Time(r.IntN(2) * 4)},
		Settings: make([]int64, len(p.Settings())),
	}
	for i, setting := range p.Settings() {
		s.Settings[i] = setting.Default
		choose := func(name, word string) {
			switch {
			case setting.Name != name:
			case word != "":
				s.Settings[i] = int64(slices.Index(setting.Words, word))
			default:
				s.Settings[i] = int64(r.IntN(len(setting.Words)))
			}
		}
		choose("fan_out", scope.FanOut)
		choose("on_nack", scope.OnNack)
	}
	for _, family := range scope.Faults {
		some := scheduler.Probability(1+r.IntN(6)) * 50_000_000
		switch family {
		case "loss":
			s.Network.Loss = some
		case "duplicate":
			s.Network.Duplicate = some
		case "crashes":
			s.Crashes = faults.Crashes{Chance: some / 8, DownMin: 5, DownMax: 60}
		}
	}
	proposers := scope.Proposers
	if proposers == nil {
		for id := 1; id <= min(n, 3+r.IntN(3)); id++ {
			proposers = append(proposers, sim.ID(id))
		}
	}
	for i, id := range proposers {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: id, At: sim.Time(r.IntN(1 + 80*i))})
	}
	return s
}

// play makes one run, under the seed that the scenario has too.
func play(t *testing.T, s *sim.Scenario, seed uint64) sim.Outcome {
	t.Helper()
	r, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	r.Reset(seed, nil)
	return r.Run()
}
