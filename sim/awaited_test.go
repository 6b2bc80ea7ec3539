package sim

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestMomentsAreCounted: the moments that come are those that come if each of them
// counts for itself: one that begins a fault from the start of the run on, one that
// ends a fault while the fault is on.
func TestMomentsAreCounted(t *testing.T) {
	came, again, together := 0, 0, 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 0))
		s := &Scenario{Actors: 5}
		moment := func() *Moment {
			return &Moment{Who: ID(r.IntN(4)), Does: Doing(1 + r.IntN(3)), Kind: uint8(r.IntN(2)), Times: r.IntN(12), Most: r.IntN(8) == 0}
		}
		for range 1 + r.IntN(12) {
			f := Fault{Crash: These(1)}
			if r.IntN(2) == 0 {
				f.When = moment()
			}
			if r.IntN(2) == 0 {
				f.UntilWhen = moment()
			}
			s.Faults = append(s.Faults, f)
		}
		f := newFaults(s)
		for range 3 { // a run after another
			f.reset(s)
			left := make([]int, len(f.moments))
			for i := range left {
				left[i] = f.moments[i].times(s)
			}
			for range 300 {
				if i := r.IntN(len(f.list)); r.IntN(4) == 0 {
					st := &f.list[i]
					if st.on = !st.on; st.on {
						f.awaitEnd(i)
						again++
					} else {
						f.leaveEnd(i)
					}
				}
				who, does, kind := ID(1+r.IntN(5)), Doing(1+r.IntN(3)), uint8(r.IntN(2))
				var want []int
				for i := range f.moments {
					m := &f.moments[i]
					if left[i] > 0 && m.Does == does && m.Kind == kind && (m.Who == 0 || m.Who == who) && (!m.ends || f.list[m.fault].on) {
						if left[i]--; left[i] == 0 {
							want = append(want, i)
						}
					}
				}
				if got := f.done(who, does, kind, nil); !slices.Equal(got, want) {
					t.Fatalf("seed %d: the moments %v come, want %v", seed, got, want)
				}
				came += len(want)
				if len(want) > 1 {
					together++
				}
			}
		}
	}
	if came < 1000 || again < 1000 || together < 50 {
		t.Errorf("%d moments came, %d of them together; faults began %d times: this tries too little", came, together, again)
	}
}
