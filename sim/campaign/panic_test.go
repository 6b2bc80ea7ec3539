package campaign_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
)

// TestPanicReachesTheCaller: whoever waits for workers can clear up when one of
// them panics, and tell where. What came of the runs before has been handed on.
func TestPanicReachesTheCaller(t *testing.T) {
	for _, workers := range []int{1, 2, 5} {
		var made atomic.Uint64
		handed := uint64(0)
		p := campaign.Catch(func() {
			_ = campaign.Seeds(t.Context(), scenario(), 1, 1000, workers, func(sim.Runner) uint64 {
				if made.Add(1) == 500 {
					panic("ouch")
				}
				return 1
			}, func(n uint64) error {
				handed += n
				return nil
			})
		})
		if p == nil || p.Value != "ouch" || !strings.Contains(string(p.Stack), "TestPanicReachesTheCaller") {
			t.Fatalf("%d workers: %v", workers, p)
		}
		if handed > 660 || handed < 100 { // batches have up to 32 runs
			t.Errorf("%d workers: %d runs were handed on", workers, handed)
		}
	}
}
