package metrics

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/triggers"
)

// What is on its way by the entries is what the world has on its way, after
// each event, in weather of every kind: crashes in the middle of broadcasts,
// disks that take their time, pauses, clogs, full links, cuts, and broadcasts to
// so many that the world files them together.
func TestOnTheWay(t *testing.T) {
	s, _ := runs(t, 0)
	wild := *s
	wild.Network.Corrupt, wild.Network.Forge, wild.Network.Copies = scheduler.Certain/20, scheduler.Certain/20, 3
	wild.Network.Capacity, wild.Network.EvictOldest = 2, true
	wild.Faults = []faults.Fault{
		{Name: "clog", At: 20, Until: 300, Clog: &aims.Links{To: aims.These(3)}},
		{Name: "pause", At: 10, Until: 200, Pause: aims.These(2)},
		{Name: "crash", At: 120, Until: 260, Crash: aims.These(2)},
		{Name: "in the middle", When: &triggers.Moment{Who: 1, Does: triggers.Sends, Kind: 1, Times: 3}, Until: 500, Crash: aims.These(1)},
	}
	crowd, err := scenarios.Read("crowd.yaml", `paxsim: 1
teaches: broadcasts to many
actors: 150
network: {delay: 1ms..20ms, loss: 5%, duplicate: 5%}
crashes: {chance: 0.1%, down: 5ms..30ms}
requests: [{actor: 1, at: 0s}, {actor: 2, at: 1ms}]
limits: {events: 4000}
`)
	if err != nil {
		t.Fatal(err)
	}
	partly, most := 0, uint64(0)
	for _, x := range []struct {
		s *sim.Scenario
		n uint64
	}{{s, 200}, {&wild, 200}, {&crowd.Scenario, 3}} {
		w, err := x.s.Protocol.New(x.s)
		if err != nil {
			t.Fatal(err)
		}
		c := Attach(w, x.s)
		var before []uint64
		told := uint64(0) // the event of the last broadcast
		w.Observe(observer(func(e observe.Entry) {
			switch {
			case e.What == observe.Broadcast:
				told, before = e.Event, append(before[:0], c.inFlight.to...)
			case e.What == observe.Crashed && told == e.Event && !slices.Equal(before, c.inFlight.to):
				partly++
			}
		}))
		want := make([]uint64, x.s.Actors+1)
		for seed := range x.n {
			c.Reset()
			w.Reset(seed, nil)
			highest := uint64(0)
			for more := true; more; {
				more = w.Step()
				w.(observe.Upcoming).InFlight(want)
				all := uint64(0)
				for _, n := range want {
					all += n
					most = max(most, n)
				}
				highest = max(highest, all)
				if !slices.Equal(c.inFlight.to, want) || c.inFlight.all != all {
					t.Fatalf("%s, seed %d, event %d: %d on their way, %v; the world has %v", x.s.Name, seed, w.Outcome().Events, c.inFlight.all, c.inFlight.to, want)
				}
			}
			if c.Most < highest || c.MostTo > c.Most {
				t.Fatalf("seed %d: at most %d, %d to one, and the world had %d", seed, c.Most, c.MostTo, highest)
			}
		}
	}
	if partly == 0 || most < 3 {
		t.Errorf("%d broadcasts broke off, %d at most to one", partly, most)
	}
}

// What one can count by hand: three actors in calm have most on their way when
// all three have told all three that they accepted.
func TestMostByHand(t *testing.T) {
	s, err := scenarios.Read("three.yaml", "paxsim: 1\nteaches: one round\nactors: 3\nnetwork: {delay: 1ms}\nrequests: [{actor: 1, at: 0s}]\n")
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Protocol.New(&s.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	c := Attach(w, &s.Scenario)
	w.Reset(1, nil)
	if o := w.Run(); o.Verdict != observe.VerdictDecided || c.Most != 9 || c.MostTo != 3 {
		t.Errorf("%v, at most %d and %d to one; by hand 9 and 3", o.Verdict, c.Most, c.MostTo)
	}
}
