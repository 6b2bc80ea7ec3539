package sim_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/weather"
)

// What is foreseen first is what happens next, in every weather: an event to
// come that nobody takes back, and whose actor is there, is told when it is due
// with the very words. Looking changes nothing.
func TestForeseen(t *testing.T) {
	came, kinds := 0, map[observe.What]int{}
	for seed := range uint64(300) {
		s := storm(seed)
		blind := runner(t, s)
		blind.Reset(seed, nil)
		want := blind.Run().Digest

		r, l := runner(t, s), &lines{}
		r.Observe(l)
		r.Reset(seed, nil)
		for more := true; more; {
			list := r.(observe.Upcoming).Foresee()
			l.list = l.list[:0]
			events := r.Outcome().Events
			more = r.Step()
			for i := range list {
				if i > 0 && list[i].At < list[i-1].At || !list[i].What.IsEvent() {
					t.Fatalf("seed %d: %+v is foreseen, after %d others", seed, list[i], i)
				}
			}
			i := slices.IndexFunc(l.list, func(e observe.Entry) bool { return e.What.IsEvent() })
			if i < 0 || r.Outcome().Events == events {
				continue // taken back, or nobody was there
			}
			got := l.list[i]
			if len(list) == 0 {
				t.Fatalf("seed %d: nothing foreseen, and there came %+v", seed, got)
			}
			next := list[0]
			if next.Text == "a new value" || got.Text != next.Text && got.What == observe.Delivered && len(got.Text) > len(next.Text) {
				next.Text = got.Text // a value that the client makes then; a forged sender
			}
			got.Event = 0
			if got.What == observe.Asked {
				got.Said = nil // the request gets its number then
			}
			if got.Plain() != next.Plain() || got.Said != next.Said || got.Round != next.Round {
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
	for _, w := range []observe.What{observe.Booted, observe.Delivered, observe.TimedOut, observe.Asked, observe.Synced, observe.Restarted, observe.FaultBegins, observe.FaultEnds, observe.Calmed, observe.PeriodBegins, observe.StormOver} {
		if kinds[w] == 0 {
			t.Errorf("no %v was foreseen", w)
		}
	}
}

// The arrivals of a broadcast to many are foreseen one by one.
func TestForeseenOfMany(t *testing.T) {
	defer sim.SetManyActors(sim.SetManyActors(1 << 20))
	s := rough(9)
	all := func() (list []observe.Entry) {
		r, l := runner(t, s), &lines{}
		r.Observe(l)
		r.Reset(3, nil)
		for r.Step() && r.Outcome().Events < 60 {
			list = append(list, r.(observe.Upcoming).Foresee()...)
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

// listener picks at random, and notes what it was given to pick from and what it
// picked.
type listener struct {
	r      *rand.Rand
	keys   []scheduler.Key
	picked scheduler.Key
}

func (l *listener) Begin(seed uint64)                 { l.r = rand.New(rand.NewPCG(seed, 4)) }
func (l *listener) Born(scheduler.Key, uint32) uint64 { return 0 }
func (l *listener) Pick(p *search.Pending) int {
	l.keys = l.keys[:0]
	for i := range p.Len() {
		l.keys = append(l.keys, p.Key(i))
	}
	at := l.r.IntN(p.Len())
	l.picked = p.Key(at)
	return at
}

// In a searched run what is foreseen is what is enabled, in the very order, and
// what comes is told with the words with which it was foreseen.
func TestForeseenOfSearched(t *testing.T) {
	came := 0
	for seed := range uint64(50) {
		s := &sim.Scenario{Name: "searched", Tick: 1000, Actors: 3, Protocol: pingPong(), Disk: disks.Disk{Sync: 5},
			Network:  weather.Network{DelayMin: 1, DelayMax: 9, Loss: scheduler.Certain / 10, Duplicate: scheduler.Certain / 10},
			Crashes:  faults.Crashes{Chance: scheduler.Certain / 50, DownMin: 1, DownMax: 1},
			Requests: []sim.ScriptedRequest{{Actor: 1}, {Actor: 2}}, Limits: sim.Limits{Time: 3000}}
		r, l, tell := runner(t, s), &listener{}, &lines{}
		r.Observe(tell)
		r.Search(&search.Search{Picker: l, Budget: search.Budget{Events: 200, Alarms: 3, Losses: 3, Duplicates: 3, Crashes: 2}})
		r.Reset(seed, nil)
		for more := true; more; {
			list := r.(observe.Upcoming).Foresee()
			l.keys, tell.list = l.keys[:0], tell.list[:0]
			more = r.Step()
			if len(l.keys) == 0 {
				continue // somebody started, or the run was over
			}
			if len(list) != len(l.keys) {
				t.Fatalf("seed %d: %d foreseen, %d to pick from", seed, len(list), len(l.keys))
			}
			for i, k := range l.keys {
				if list[i].EventKey() != k {
					t.Fatalf("seed %d: %d: %+v is foreseen, and there is %v", seed, i, list[i], k)
				}
			}
			at := slices.IndexFunc(tell.list, func(e observe.Entry) bool { return e.What.IsEvent() })
			if at >= 0 {
				got, want := tell.list[at], list[slices.Index(l.keys, l.picked)]
				if got.What != want.What || got.Actor != want.Actor || got.Cause != want.Cause || got.What == observe.Delivered && got.Text != want.Text {
					t.Fatalf("seed %d: foreseen %+v, and there came %+v", seed, want, got)
				}
				came++
			}
		}
	}
	if came < 500 {
		t.Errorf("only %d events came", came)
	}
}
