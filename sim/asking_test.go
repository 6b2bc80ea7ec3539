package sim_test

import (
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// asks are the times at which clients ask in a run.
func asks(list []observe.Entry) (at []sim.Time) {
	for _, e := range list {
		if e.What == observe.Asked {
			at = append(at, e.At)
		}
	}
	return at
}

// TestAskingIsDrawn: a request with a spread is made so much later as the model says of
// the hash of the choice's name, by the seed and by a source. One without asks nothing.
func TestAskingIsDrawn(t *testing.T) {
	shape := delays.Shape{Model: delays.Exponential, Scale: 30}
	for _, spread := range []delays.Delay{{Max: 400}, {Max: 400, Shape: shape}} {
		s := rough(3)
		s.Faults, s.Crashes = nil, faults.Crashes{}
		s.Requests = []sim.ScriptedRequest{{Actor: 1, At: 1000}, {Actor: 2, At: 20, Spread: &spread}}
		r, watch := runner(t, s), new(lines)
		r.Observe(watch)
		key := scheduler.MakeKey(chance.When, 0, 0, 0, 2)
		for seed := range uint64(50) {
			watch.list = nil
			r.Reset(seed, nil)
			tally.Run()
			r.Run()
			want := 20 + sim.Time(spread.Weights().Seeded(scheduler.NewSeed(seed).Hash(key)))
			if at := asks(watch.list); len(at) != 2 || at[0] != want || at[1] != 1000 {
				t.Fatalf("%v, seed %d: asked at %d, want %d and 1000", spread, seed, at, want)
			}
			answers := map[scheduler.Key]uint32{key: 123}
			watch.list = nil
			r.Reset(seed, &scheduler.Edited{Answers: answers})
			tally.Run()
			r.Run()
			if at := asks(watch.list); at[0] != 143 {
				t.Fatalf("seed %d: asked at %d, answered 123", seed, at)
			}
		}
	}
}

// TestAskedWhileDown: a client whose actor is down when its drawn time comes asks when
// the actor is back, and one whose time has not come then asks at its time.
func TestAskedWhileDown(t *testing.T) {
	s := rough(2)
	spread := delays.Delay{Max: 1000}
	s.Faults = []faults.Fault{{Name: "down", At: 100, Until: 300, Crash: s.Faults[1].Crash}}
	s.Crashes = faults.Crashes{}
	s.Requests = []sim.ScriptedRequest{{Actor: 2, At: 0, Spread: &spread}}
	r, watch := runner(t, s), new(lines)
	r.Observe(watch)
	for drawn, want := range map[uint32]sim.Time{200: 300, 250: 300, 500: 500} {
		watch.list = nil
		r.Reset(1, &scheduler.Edited{Answers: map[scheduler.Key]uint32{scheduler.MakeKey(chance.When, 0, 0, 0, 1): drawn}})
		tally.Run()
		r.Run()
		var first sim.Time
		for _, e := range watch.list {
			if e.What == observe.Asked {
				first = e.At
				break
			}
		}
		if first != want {
			t.Errorf("drawn is %d: first asked at %d, want %d", drawn, first, want)
		}
	}
}

// TestAskingIsChecked: what a scenario says of a spread is held, and the latest time that
// it allows is a part of how long things may go wrong.
func TestAskingIsChecked(t *testing.T) {
	s := rough(2)
	for _, c := range []struct {
		at     sim.Time
		spread delays.Delay
		ok     bool
	}{
		{0, delays.Delay{Max: 5000}, true},
		{0, delays.Delay{Min: 1, Max: 2}, false},
		{0, delays.Delay{Max: -1}, false},
		{1, delays.Delay{Max: 1<<31 - 1}, false},
		{0, delays.Delay{Max: 9, Shape: delays.Shape{Model: delays.Exponential}}, false},
	} {
		s.Requests = []sim.ScriptedRequest{{Actor: 1, At: c.at, Spread: &c.spread}}
		if ps := s.Check(); len(ps) == 0 != c.ok {
			t.Errorf("%+v: %v", c, ps)
		}
		if c.ok {
			if trouble := s.Trouble(); trouble.Over != 5000 {
				t.Errorf("over at %d", trouble.Over)
			}
		}
	}
}
