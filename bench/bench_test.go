package bench

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/paxsim/paxsim/bench/heaptwin"
)

var sizes = []int{5, 51}

// BenchmarkPaxsim is a run of the workload by paxsim, by size and variant.
func BenchmarkPaxsim(b *testing.B) {
	for _, n := range sizes {
		for _, v := range Variants {
			b.Run(fmt.Sprintf("%d/%s", n, v), func(b *testing.B) {
				r, err := Warm(n, v, 1000)
				if err != nil {
					b.Fatal(err)
				}
				measure(b, func(seed uint64) uint64 {
					r.Reset(seed, nil)
					return r.Run().Events
				})
			})
		}
	}
}

// BenchmarkTwin is the same by the naive twin, which has the bare variant
// alone.
func BenchmarkTwin(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("%d/bare", n), func(b *testing.B) {
			measure(b, func(seed uint64) uint64 { return uint64(heaptwin.Run(seed, n, 1_000_000).Events) })
		})
	}
}

// measure reports events and allocations of runs with rising seeds.
func measure(b *testing.B, run func(seed uint64) uint64) {
	var before, after runtime.MemStats
	var events, seed uint64
	runtime.ReadMemStats(&before)
	for b.Loop() {
		events += run(seed)
		seed++
	}
	elapsed := float64(b.Elapsed().Nanoseconds())
	runtime.ReadMemStats(&after)
	runs := float64(b.N)
	b.ReportMetric(elapsed/float64(events), "ns/event")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/runs, "allocs/run")
	b.ReportMetric(float64(events)/runs, "events/run")
	b.ReportMetric(runs/elapsed*1e9, "decisions/s")
}

// TestNoAllocations is the allocation gate: a warm world runs without the heap.
func TestNoAllocations(t *testing.T) {
	for _, n := range []int{2, 3, 5, 51} {
		for _, v := range Variants {
			seeds := uint64(2000 / n)
			r, err := Warm(n, v, seeds)
			if err != nil {
				t.Fatal(err)
			}
			var decided uint64
			if allocs := testing.AllocsPerRun(1, func() { decided = Play(r, 0, seeds).Decided }); allocs != 0 {
				t.Errorf("%d actors, %s: %v allocations in %d warm runs, want 0", n, v, allocs, seeds)
			}
			if decided != seeds {
				t.Errorf("%d actors, %s: %d of %d runs decided: the workload is not what it says", n, v, decided, seeds)
			}
		}
	}
}

func TestWorkloadMistakes(t *testing.T) {
	if _, err := Workload(5, "bear"); err == nil {
		t.Error("an unknown variant was taken")
	}
}
