package simtest

import (
	"fmt"
	"testing"
	"time"

	"github.com/paxsim/paxsim/sim/campaign"
)

// eachSeed makes the run of each seed in a subtest, up to the first that fails.
func (x *settings) eachSeed(t T) {
	t.Helper()
	parent, ok := t.(interface {
		Run(name string, f func(*testing.T)) bool
	})
	if !ok {
		t.Fatalf("simtest: Subtests: a %T has no subtests: expected a *testing.T", t)
		return
	}
	var total *campaign.Evidence
	for seed := range x.seeds {
		held := parent.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			h := x.hunt
			h.First, h.Runs, h.For, h.Workers = seed, 1, 0, 1
			h.Strategies = []string{h.Strategies[seed%uint64(len(h.Strategies))]}
			e, ok := x.runs(t, &h)
			if !ok {
				return
			}
			t.Logf("simtest: seed %d by %s held: %d events; it says nothing about any other seed", seed, h.Strategies[0], e.Events)
			if total == nil {
				total = e
			} else {
				total.Merge(e)
			}
		})
		if !held {
			return
		}
	}
	if total != nil && (total.Runs == x.hunt.Runs || x.hunt.For > 0) { // else -run has picked some
		x.judge(t, total)
	}
}

// seeds are those of the runs: so many, or as many as there is time for.
func (x *settings) seeds(yield func(seed uint64) bool) {
	begun := time.Now()
	for seed := x.hunt.First; ; seed++ {
		over := seed-x.hunt.First >= x.hunt.Runs
		if x.hunt.For > 0 {
			over = time.Since(begun) >= x.hunt.For
		}
		if over || !yield(seed) {
			return
		}
	}
}
