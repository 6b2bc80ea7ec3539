package etcdraft

import (
	"context"
	"testing"
	"time"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/campaign"
)

// TestMistakesAreFound: a hunt with its usual strategies and budget finds each mistake
// within a minute on two cores. The log says how many runs that took.
func TestMistakesAreFound(t *testing.T) {
	for i, name := range mistakes {
		if mistake(i) == noMistake {
			continue
		}
		t.Run(name, func(t *testing.T) {
			e := hunt(t, 0, name, time.Minute)
			if len(e.Finds) == 0 {
				t.Fatalf("not found in %d runs", e.Runs)
			}
			f := e.Finds[0]
			t.Logf("%d runs: %s: %s", e.Runs, f.Signature, f.First.Text)
		})
	}
}

// TestSoundIsNotFlagged: in the same hunt nothing is found where there is no mistake.
func TestSoundIsNotFlagged(t *testing.T) {
	e := hunt(t, seeds(t, 6_000), "none", 0)
	for _, f := range e.Finds {
		t.Errorf("seed %d by %s: %s: %s", f.First.Seed, f.First.Strategy, f.Signature, f.First.Text)
	}
	for i, n := range e.Marks {
		if n == 0 {
			t.Errorf("no run of %d came to %s", e.Runs, marks[i].Name)
		}
	}
}

// hunt hunts where fuzz does that is given no scenario, and stops at the first find. With
// a time it makes as many runs as there is time for.
func hunt(t *testing.T, runs uint64, mistake string, within time.Duration) *campaign.Evidence {
	t.Helper()
	ground, err := scenarios.Ground(scenarios.Set("etcdraft.mistake=" + mistake))
	if err != nil {
		t.Fatal(err)
	}
	h := campaign.Hunt{Strategies: campaign.Strategies(), Budget: campaign.UsualBudget(), First: 1, Runs: runs, For: within, StopAtFirst: true, Workers: 2}
	for _, g := range ground {
		h.Ground = append(h.Ground, campaign.Variant{Scenario: &g.Scenario.Scenario, Weight: g.Weight})
	}
	e, err := h.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return e
}
