package paxos

import (
	"math/rand/v2"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// stormy is a random scenario in which rounds overlap, messages are lost,
// doubled and late, and actors crash.
func stormy(p sim.Protocol, seed uint64) *sim.Scenario {
	r := rand.New(rand.NewPCG(seed, 5))
	n := 3 + r.IntN(3)
	settings := make([]int64, len(settingList))
	for i, s := range settingList {
		settings[i] = s.Default
		if s.Name == "fan_out" {
			settings[i] = int64(r.IntN(3))
		}
	}
	var members []sim.ID
	if n == 5 && r.IntN(2) == 0 {
		members = []sim.ID{1, 3, 5}
	}
	return &sim.Scenario{
		Tick: 100_000, Actors: n, Protocol: p, Settings: settings, Members: members,
		Network:  weather.Network{DelayMin: 1, DelayMax: sim.Time(5 + r.IntN(60)), Loss: scheduler.Probability(r.IntN(4)) * 50_000_000, Duplicate: scheduler.Probability(r.IntN(4)) * 50_000_000},
		Crashes:  faults.Crashes{Chance: scheduler.Probability(r.IntN(2)) * 30_000_000, DownMin: 5, DownMax: 60},
		Disk:     disks.Disk{Sync: sim.Time(r.IntN(2) * 4)},
		Requests: []sim.ScriptedRequest{{Actor: 1}, {Actor: 2, At: sim.Time(r.IntN(80))}, {Actor: 3, At: sim.Time(r.IntN(160))}},
	}
}

// TestSoundIsNotFlagged: storms find nothing in Paxos as it should be. What is broken
// in it they find: see internal/breakages.
func TestSoundIsNotFlagged(t *testing.T) {
	p := Protocol()
	for seed := range uint64(5_000) {
		r, err := p.New(stormy(p, seed))
		if err != nil {
			t.Fatal(err)
		}
		r.Reset(seed, nil)
		tally.Run()
		if o := r.Run(); o.Verdict != observe.VerdictDecided {
			t.Fatalf("seed %d: %+v %+v", seed, o, o.Violation)
		}
	}
}
