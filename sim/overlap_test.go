package sim_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/triggers"
)

// overlapping is a random game in which few actors meet many crashes and pauses
// at once: by the clock, for a spell, at moments, by chance and for good.
func overlapping(seed uint64) *sim.Scenario {
	r := rand.New(rand.NewPCG(seed, 31))
	s := quiet(1 + r.IntN(4))
	s.Network.DelayMin = sim.Time(1 + r.IntN(10))
	s.Network.DelayMax = s.Network.DelayMin + sim.Time(r.IntN(10))
	s.Disk.Sync = sim.Time(r.IntN(2) * (1 + r.IntN(20)))
	s.Requests = []sim.ScriptedRequest{{}, {Actor: 1, At: 600}}
	if r.IntN(3) == 0 {
		s.Crashes = faults.Crashes{Chance: scheduler.Certain / 50, DownMin: sim.Time(r.IntN(60))}
		s.Crashes.DownMax = s.Crashes.DownMin
	}
	if s.Until = sim.Time(300 + r.IntN(200)); r.IntN(3) == 0 {
		s.Core = &aims.Target{Group: aims.Everyone}
	}
	target := func() aims.Target {
		switch r.IntN(4) {
		case 0:
			return aims.Target{Group: aims.Everyone}
		case 1:
			return aims.Target{Group: aims.AtRandom, Many: 1 + r.IntN(s.Actors)}
		}
		return aims.These(sim.ID(1 + r.IntN(s.Actors)))
	}
	moment := func() *triggers.Moment {
		m := &triggers.Moment{Who: sim.ID(r.IntN(s.Actors + 1)), Does: triggers.Doing(1 + r.IntN(6)), Times: r.IntN(3), Most: r.IntN(5) == 0}
		if m.Most {
			m.Times = 0
		}
		return m
	}
	span := func(most int) *delays.Delay {
		d := &delays.Delay{Min: sim.Time(1 + r.IntN(most))}
		d.Max = d.Min + sim.Time(r.IntN(2)*r.IntN(most))
		return d
	}
	for i := range 2 + r.IntN(5) {
		f := faults.Fault{Name: fmt.Sprint("f", i), At: sim.Time(r.IntN(250)), Until: faults.Forever}
		if r.IntN(2) == 0 {
			f.Crash = target()
		} else {
			f.Pause = target()
		}
		if r.IntN(3) == 0 {
			f.At = f.At / 50 * 50 // so that some begin and end at one time
		}
		for range 2 {
			switch r.IntN(6) {
			case 0, 1, 2:
				f.Until = f.At + sim.Time(1+r.IntN(150))
			case 3:
				f.For = span(150)
			case 4:
				f.UntilWhen = moment()
			}
		}
		switch r.IntN(4) {
		case 0:
			f.When, f.At = moment(), 0
		case 1:
			if f.UntilWhen == nil {
				f.Every, f.For = span(60), span(60)
			}
		}
		s.Faults = append(s.Faults, f)
	}
	return s
}

// TestOverlap: faults that overlap follow the one rule of docs/scenario.md, at
// every event, and the trace shows each change of an actor once.
func TestOverlap(t *testing.T) {
	t.Parallel()
	cases := gate.Of[uint64](4_000, 20_000)
	met := map[string]int{}
	for seed := range cases {
		s := overlapping(seed)
		m := newHoldsModel(s)
		tally.Run()
		o, list, err := m.play(runner(t, s), seed)
		if err != nil {
			for _, e := range list {
				t.Log(e)
			}
			for _, f := range s.Faults {
				t.Logf("%+v", f)
			}
			t.Fatalf("seed %d: %v", seed, err)
		}
		again := runner(t, s)
		again.Reset(seed, nil)
		if got := again.Run(); got.Digest != o.Digest {
			t.Fatalf("seed %d: another run if nobody watches", seed)
		}
		for what, n := range m.entries {
			met[what] += n
		}
	}
	t.Log(met)
	for _, what := range []string{"crash", "pause", "resume", "restart", "strike", "relent", "by chance", "crash over pause", "back into a pause"} {
		if met[what] < int(cases)/50 {
			t.Errorf("%q was met %d times only", what, met[what])
		}
	}
}
