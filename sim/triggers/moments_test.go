package triggers

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/sim/ids"
)

// TestMomentsAreCounted: the moments that come are those that come if each of them
// counts for itself: one that begins a fault from the start of the run on, one that
// ends a fault while the fault is on.
func TestMomentsAreCounted(t *testing.T) {
	came, again, together := 0, 0, 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 0))
		moment := func() *Moment {
			return &Moment{Who: ids.ID(r.IntN(4)), Does: Doing(1 + r.IntN(3)), Kind: uint8(r.IntN(2))}
		}
		var list []Awaited
		ends := map[int]int{} // the moment that ends a fault
		faults := 1 + r.IntN(12)
		for fault := range faults {
			if r.IntN(2) == 0 {
				list = append(list, Awaited{Moment: moment(), Fault: fault, Due: 1 + r.IntN(12)})
			}
			if r.IntN(2) == 0 {
				ends[fault] = len(list)
				list = append(list, Awaited{Moment: moment(), Fault: fault, Ends: true, Due: 1 + r.IntN(12)})
			}
		}
		f, on := NewMoments(list), make([]bool, faults)
		for range 3 { // a run after another
			f.Reset()
			clear(on)
			left := make([]int, f.Len())
			for i := range left {
				left[i] = f.At(i).Due
			}
			for range 300 {
				if i := r.IntN(faults); r.IntN(4) == 0 {
					end, is := ends[i]
					if on[i] = !on[i]; on[i] {
						again++
						if is {
							f.Await(end)
						}
					} else if is {
						f.StopAwaiting(end)
					}
				}
				who, does, kind := ids.ID(1+r.IntN(5)), Doing(1+r.IntN(3)), uint8(r.IntN(2))
				var want []int
				for i := range f.Len() {
					m := f.At(i)
					if left[i] > 0 && m.Does == does && m.Kind == kind && (m.Who == 0 || m.Who == who) && (!m.Ends || on[m.Fault]) {
						if left[i]--; left[i] == 0 {
							want = append(want, i)
						}
					}
				}
				if got := f.Done(who, does, kind, nil); !slices.Equal(got, want) {
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
