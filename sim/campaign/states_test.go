package campaign

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
)

// TestStates: what is told of states is about right, and does not depend on the
// order of the runs or on who counted them.
func TestStates(t *testing.T) {
	for _, runs := range []int{0, 1, 100, 1000, 100_000} {
		dice := rand.New(rand.NewPCG(1, uint64(runs)))
		var states []uint64
		times := map[uint64]int{}
		for range runs {
			// A few states that are common, and many that are rare.
			n := dice.IntN(50)
			if dice.IntN(2) == 0 {
				n = 50 + dice.IntN(50_000)
			}
			x := scheduler.NewSeed(7).Hash(scheduler.Key(n))
			states = append(states, x)
			times[x]++
		}
		once := 0
		for _, n := range times {
			if n == 1 {
				once++
			}
		}
		var all States
		for _, x := range states {
			all.see(x)
		}
		near := func(got uint64, want int) bool {
			if len(times) <= MaxStates {
				return got == uint64(want)
			}
			return float64(got) > 0.75*float64(want) && float64(got) < 1.3*float64(want)
		}
		if all.Runs != uint64(runs) || !near(all.Distinct(), len(times)) || !near(all.Once(), once) || len(all.List) > MaxStates {
			t.Errorf("%d runs: %d states, %d of them once, sample of %d; they are %d and %d", runs, all.Distinct(), all.Once(), len(all.List), len(times), once)
		}
		for trial := range 20 {
			parts := make([]States, 1+trial)
			for _, x := range states {
				parts[dice.IntN(len(parts))].see(x)
			}
			var sum States
			for _, i := range dice.Perm(len(parts)) {
				sum.Merge(&parts[i])
			}
			if !reflect.DeepEqual(sum, all) {
				t.Fatalf("%d runs, counted by %d: %+v, not %+v", runs, len(parts), sum, all)
			}
		}
	}
}
