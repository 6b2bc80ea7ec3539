package cli

import (
	"io"
	"testing"

	"github.com/paxsim/paxsim/sim/explain/metrics"
	"github.com/paxsim/paxsim/sim/observe"
)

// TestNobodyWatchesUnasked: without a flag the scenario is the one that was
// read, so its worlds have no observer; with one they have, and runs come out
// the same.
func TestNobodyWatchesUnasked(t *testing.T) {
	s, err := (&app{ctx: t.Context()}).openScenario("lossy", overrides{})
	if err != nil {
		t.Fatal(err)
	}
	if (&observing{}).on(&s.Scenario, io.Discard) != &s.Scenario {
		t.Error("somebody watches")
	}
	plain, err := newWorld(&s.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []*observing{{metrics: "a.om"}, {log: "debug"}, {metrics: "a.om", log: "error"}} {
		w, err := newWorld(o.on(&s.Scenario, io.Discard))
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(20) {
			w.Reset(seed, nil)
			plain.Reset(seed, nil)
			if a, b := w.Run(), plain.Run(); a.Digest != b.Digest || a.Sent != b.Sent {
				t.Fatalf("%+v: seed %d comes out otherwise", o, seed)
			}
			k := keep(&s.Scenario, w)
			if counted := k.counts != nil && k.counts.Saves > 0; counted != (o.metrics != "") {
				t.Errorf("%+v: %+v", o, k.counts)
			}
		}
	}
	if k := keep(&s.Scenario, plain); k.counts != nil {
		t.Error("somebody counted")
	}
}

// TestWatchedAgainIsCountedAfresh: a world that makes many runs counts each.
func TestWatchedAgainIsCountedAfresh(t *testing.T) {
	s, err := (&app{ctx: t.Context()}).openScenario("lossy", overrides{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld((&observing{metrics: "a.om"}).on(&s.Scenario, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	var first metrics.Counts
	for range 3 {
		w.Reset(5, nil)
		w.Run()
		k := keep(&s.Scenario, w)
		if first == (metrics.Counts{}) {
			first = *k.counts
		}
		if *k.counts != first || k.row.Verdict != observe.VerdictDecided {
			t.Errorf("%+v, then %+v", first, *k.counts)
		}
	}
}
