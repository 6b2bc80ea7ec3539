package sim_test

import (
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// farApart are three places for four actors, no two ways alike.
func farApart() *weather.Places {
	return &weather.Places{
		Names: []string{"a", "b", "c"},
		Of:    []uint8{0, 1, 1, 2},
		Delay: [][]scheduler.Time{{9, 100, 200}, {300, 50, 400}, {500, 600, 9}},
	}
}

// TestPlacesInEveryWeather: a message and its copies take the way between the places on
// top of what the weather says: the general one, that of a period, that of a fault, and
// the calm one. What an actor sends to itself takes no way.
func TestPlacesInEveryWeather(t *testing.T) {
	at := func(d sim.Time) weather.Weather {
		x := weather.Unchanged()
		x.Delay = &delays.Delay{Min: d, Max: d}
		return x
	}
	period, fault := at(5), at(11)
	s := rough(4)
	s.Network.DelayMin, s.Network.DelayMax, s.Network.Copies, s.Network.Places = 20, 20, 3, farApart()
	s.Periods = []weather.Period{{For: 3000, Weather: period, Crashes: weather.Same}}
	s.Faults = append(s.Faults, faults.Fault{Name: "slow", At: 1000, Until: 2000, Weather: &fault})
	r, watch := runner(t, s), new(lines)
	r.Observe(watch)
	seen := map[sim.Time]int{}
	for seed := range uint64(100) {
		watch.list = watch.list[:0]
		r.Reset(seed, nil)
		tally.Run()
		r.Run()
		var begins []sim.Time // by event
		for _, e := range watch.list {
			for uint64(len(begins)) <= e.Event {
				begins = append(begins, e.At)
			}
			if e.What != observe.Delivered {
				continue
			}
			took := e.At - begins[e.Cause]
			if e.Peer == e.Actor {
				continue // its disk may have held it back, and it is in no table
			}
			far := s.Network.Places.Between(uint16(e.Peer), uint16(e.Actor))
			for _, d := range []sim.Time{20, 5, 11} {
				if took == far+d || took == far+d+s.Disk.Sync { // behind a save
					seen[d]++
					took = -1
					break
				}
			}
			if took >= 0 {
				seen[-1]++ // it waited behind several saves, or a pause
			}
		}
	}
	for _, d := range []sim.Time{20, 5, 11} {
		if seen[d] < 50 {
			t.Errorf("%d messages took %d and their way, of %v", seen[d], d, seen)
		}
	}
	if seen[-1]*10 > seen[20] {
		t.Errorf("too many took another time: %v", seen)
	}
}

// TestPlacesAtOneSpot: places that are no way apart leave every run as it is without
// them, also for many actors.
func TestPlacesAtOneSpot(t *testing.T) {
	for _, n := range []int{4, 300} {
		s := rough(n)
		plain := runner(t, s)
		there := *s
		there.Network.Places = &weather.Places{Names: []string{"a", "b"}, Of: make([]uint8, n), Delay: [][]scheduler.Time{{0, 0}, {0, 0}}}
		far := runner(t, &there)
		for seed := range uint64(10) {
			plain.Reset(seed, nil)
			far.Reset(seed, nil)
			tally.Run()
			tally.Run()
			if a, b := plain.Run(), far.Run(); a.Digest != b.Digest {
				t.Fatalf("%d actors, seed %d: %016x without, %016x with", n, seed, a.Digest, b.Digest)
			}
		}
	}
}

// TestPlacesAreChecked: a scenario tells of places that are wrong, and their greatest
// distance is a part of how slow a message may be.
func TestPlacesAreChecked(t *testing.T) {
	s := rough(3)
	s.Network.Places = farApart()
	if ps := s.Check(); len(ps) != 1 || ps[0].Path != "network.places" {
		t.Errorf("%v", ps)
	}
	s.Actors = 4
	if trouble := s.Trouble(); trouble.Slowest != 30+600 {
		t.Errorf("the slowest message takes %d", trouble.Slowest)
	}
}
