package campaign_test

import (
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/search"
)

// TestPCTHasABound: pct draws its falls over as many events as a run of it has at
// most: hardly any would have more, and none has. What the evidence says is the
// greatest of these numbers, and of the events side by side, over all runs.
func TestPCTHasABound(t *testing.T) {
	grounds := map[string]*campaign.Hunt{"the ground": huntedIn(t, 1)}
	for _, x := range []struct{ name, set string }{{"duelling-proposers", "actors=4"}, {"happy-path", "actors=7"}, {"lossy", "paxos.on_nack=retry"}} {
		s, err := scenarios.Load(x.name, scenarios.Set(x.set))
		if err != nil {
			t.Fatal(err)
		}
		h := huntedIn(t, 1)
		h.Ground = []campaign.Variant{{Scenario: &s.Scenario}}
		grounds[x.name] = h
	}
	for name, h := range grounds {
		h.Strategies, h.Budget.Events, h.Runs = []string{"pct"}, 1000, 6000
		lengths, err := h.Lengths()
		if err != nil {
			t.Fatal(err)
		}
		worlds := make([]sim.Runner, len(h.Ground))
		pct := &search.PCT{Depth: 3}
		longer, width, length := 0, 0, 0
		for seed := h.First; seed < h.First+h.Runs; seed++ {
			d := h.Course(seed)
			if worlds[d.Variant] == nil {
				if worlds[d.Variant], err = h.Ground[d.Variant].Protocol.New(h.Ground[d.Variant].Scenario); err != nil {
					t.Fatal(err)
				}
			}
			if d.Budget.Events != lengths[d.Variant] {
				t.Fatalf("%s, seed %d: it has %d events at most, and its falls are among %d", name, seed, d.Budget.Events, lengths[d.Variant])
			}
			w := worlds[d.Variant]
			pct.Length = lengths[d.Variant]
			run := func(most int) uint64 {
				d.Budget.Events = most
				w.Search(&search.Search{Picker: pct, Budget: d.Budget})
				w.Reset(seed, nil)
				return w.Run().Events
			}
			if run(h.Budget.Events) > uint64(lengths[d.Variant]) {
				longer++
			}
			if n := run(lengths[d.Variant]); n > uint64(lengths[d.Variant]) || pct.Picks > n {
				t.Fatalf("%s, seed %d: %d events of at most %d, and %d picks", name, seed, n, lengths[d.Variant], pct.Picks)
			}
			width, length = max(width, pct.Width), max(length, lengths[d.Variant])
		}
		t.Logf("%s: falls among %v events; %d of %d runs would be longer; w %d, n %d", name, lengths, longer, h.Runs, width, length)
		if longer > int(h.Runs)/500 {
			t.Errorf("%s: %d of %d runs would be longer than what is drawn over", name, longer, h.Runs)
		}
		if e := comes(t, h); e.Width != width || e.Length != length {
			t.Errorf("%s: at most %d side by side and %d a run are told, and there were %d and %d", name, e.Width, e.Length, width, length)
		}
	}
}

// TestLengthIsInBudget: no run has more than its hunt says, however long those are
// that are measured; and a hunt without pct measures nothing.
func TestLengthIsInBudget(t *testing.T) {
	h := huntedIn(t, 1)
	h.Strategies, h.Budget.Events = []string{"pct"}, 20
	lengths, err := h.Lengths()
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range lengths {
		if n != 20 {
			t.Errorf("%s: %d events", h.Ground[i].Name, n)
		}
	}
	h.Strategies = []string{"walk"}
	if lengths, err = h.Lengths(); err != nil || lengths[0] != 0 || h.Course(1).Budget.Events != 20 {
		t.Errorf("walk: %v, %v, %d events", lengths, err, h.Course(1).Budget.Events)
	}
}
