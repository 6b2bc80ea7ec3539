package sim_test

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/sim"
)

// What is foreseen first is what happens next, in every weather: an event to
// come that nobody takes back, and whose actor is there, is told when it is due
// with the very words. Looking changes nothing.
func TestForeseen(t *testing.T) {
	came, kinds := 0, map[sim.What]int{}
	for seed := range uint64(300) {
		s := storm(seed)
		blind := runner(t, s)
		blind.Reset(seed, nil)
		want := blind.Run().Digest

		r, l := runner(t, s), &lines{}
		r.Observe(l)
		r.Reset(seed, nil)
		for more := true; more; {
			list := r.(sim.Foreseer).Foresee()
			l.list = l.list[:0]
			events := r.Outcome().Events
			more = r.Step()
			for i := range list {
				if i > 0 && list[i].At < list[i-1].At || !list[i].What.IsEvent() {
					t.Fatalf("seed %d: %+v is foreseen, after %d others", seed, list[i], i)
				}
			}
			i := slices.IndexFunc(l.list, func(e sim.Entry) bool { return e.What.IsEvent() })
			if i < 0 || r.Outcome().Events == events {
				continue // taken back, or nobody was there
			}
			got := l.list[i]
			if len(list) == 0 {
				t.Fatalf("seed %d: nothing foreseen, and there came %+v", seed, got)
			}
			next := list[0]
			if next.Text == "a new value" || got.Text != next.Text && got.What == sim.Delivered && len(got.Text) > len(next.Text) {
				next.Text = got.Text // a value that the client makes then; a forged sender
			}
			got.Event = 0
			if got != next {
				t.Fatalf("seed %d: foreseen %+v, and there came %+v", seed, next, got)
			}
			came++
			kinds[got.What]++
		}
		if got := r.Outcome().Digest; got != want {
			t.Fatalf("seed %d: looking changes the run", seed)
		}
	}
	t.Logf("%d events foreseen: %v", came, kinds)
	for _, w := range []sim.What{sim.Booted, sim.Delivered, sim.TimedOut, sim.Asked, sim.Synced, sim.Restarted, sim.FaultBegins, sim.FaultEnds, sim.Calmed, sim.SeasonBegins, sim.StormOver} {
		if kinds[w] == 0 {
			t.Errorf("no %v was foreseen", w)
		}
	}
}

// The arrivals of a broadcast to many are foreseen one by one.
func TestForeseenOfMany(t *testing.T) {
	defer sim.SetManyActors(sim.SetManyActors(1 << 20))
	s := rough(9)
	all := func() (list []sim.Entry) {
		r, l := runner(t, s), &lines{}
		r.Observe(l)
		r.Reset(3, nil)
		for r.Step() && r.Outcome().Events < 60 {
			list = append(list, r.(sim.Foreseer).Foresee()...)
		}
		return list
	}
	one := all()
	sim.SetManyActors(1)
	many := all()
	if len(one) == 0 || len(one) != len(many) {
		t.Fatalf("%d foreseen one by one, %d as many", len(one), len(many))
	}
	for i := range one {
		if one[i] != many[i] {
			t.Fatalf("%d: %+v one by one, %+v as many", i, one[i], many[i])
		}
	}
}
