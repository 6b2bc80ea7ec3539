package campaign

import (
	"context"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
)

// TestFeedbackReturns: the way to each state that was kept leads there: who goes
// it is in that state after that event.
func TestFeedbackReturns(t *testing.T) {
	list, err := scenarios.Ground()
	if err != nil {
		t.Fatal(err)
	}
	h := &Hunt{Strategies: []string{Feedback}, First: 5, Runs: 4 * Epoch, Budget: sim.Budget{Events: 300, Alarms: 6, Losses: 3, Duplicates: 3, Crashes: 2}}
	for _, g := range list {
		h.Ground = append(h.Ground, Variant{Scenario: g.Scenario, Weight: g.Weight})
	}
	if _, err := h.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	x := newHunter(h)
	cells, deep, tries := 0, 0, uint32(0)
	for i := range h.islands {
		l := &h.islands[i]
		for j, c := range l.cells {
			tries += c.Tries
			cells++
			way := course{Draw: Draw{Seed: 1, Strategy: Feedback}}
			l.back(h, &way, int32(j))
			deep = max(deep, len(way.turns))
			w, err := x.world(way.Variant)
			if err != nil {
				t.Fatal(err)
			}
			x.how = x.search(&way)
			w.Search(&x.how)
			w.Reset(way.begin, nil)
			for range c.At {
				w.Step()
			}
			if got := abstractOf(w, way.Variant); got != c.State {
				t.Fatalf("island %d, state %d: after %d turns and %d events it is %x, not %x", i, j, len(way.turns), c.At, got, c.State)
			}
		}
	}
	t.Logf("%d states, gone back to %d times, at most %d turns", cells, tries, deep)
	if cells < 1000 || deep < 4 || tries < 4*Epoch/2 {
		t.Errorf("%d states, gone back to %d times, at most %d turns", cells, tries, deep)
	}
}
