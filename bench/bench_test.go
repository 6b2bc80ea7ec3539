package bench

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/bench/heaptwin"
	"github.com/paxsim/paxsim/scheduler"
)

var sizes = []int{5, 51}

// BenchmarkPaxsim is a run of the workload by paxsim, by size and variant.
func BenchmarkPaxsim(b *testing.B) {
	for _, n := range sizes {
		for _, v := range Variants {
			b.Run(fmt.Sprintf("%d/%s", n, v), func(b *testing.B) {
				w, err := Warm(n, v, 1000)
				if err != nil {
					b.Fatal(err)
				}
				measure(b, func(seed uint64) uint64 { return w.Run(seed).Events })
			})
		}
	}
}

// BenchmarkSearched is a run in the searched engine at 5 actors, by adversary.
func BenchmarkSearched(b *testing.B) {
	for _, v := range Searched {
		b.Run(v, func(b *testing.B) {
			w, err := Warm(5, v, 1000)
			if err != nil {
				b.Fatal(err)
			}
			measure(b, func(seed uint64) uint64 { return w.Run(seed).Events })
		})
	}
}

// BenchmarkTwin is the same by the heap twin, which has the bare variant
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

// TestNoAllocations is the allocation gate: a warm world runs without the heap,
// also one of a thousand actors.
func TestNoAllocations(t *testing.T) {
	for _, n := range []int{2, 3, 5, 51, 1001} {
		for _, v := range Variants {
			if n > 1000 && v == "crashes" {
				continue // a run with so many restarts has 60 million events
			}
			seeds := uint64(max(2000/n, 3))
			w, err := Warm(n, v, seeds)
			if err != nil {
				t.Fatal(err)
			}
			var decided uint64
			if allocs := testing.AllocsPerRun(1, func() { decided = w.Play(0, seeds).Decided }); allocs != 0 {
				t.Errorf("%d actors, %s: %v allocations in %d warm runs, want 0", n, v, allocs, seeds)
			}
			if decided != seeds {
				t.Errorf("%d actors, %s: %d of %d runs decided: the workload is not what it says", n, v, decided, seeds)
			}
		}
	}
}

// TestNoAllocationsSearched is the same gate in the searched engine, where not
// every run decides.
func TestNoAllocationsSearched(t *testing.T) {
	const seeds = 2000
	for _, v := range Searched {
		w, err := Warm(5, v, seeds)
		if err != nil {
			t.Fatal(err)
		}
		var total Total
		if allocs := testing.AllocsPerRun(1, func() { total = w.Play(0, seeds) }); allocs != 0 {
			t.Errorf("%s: %v allocations in %d warm runs, want 0", v, allocs, seeds)
		}
		if total.Decided < seeds/2 || total.Decided == seeds || total.Violated != 0 {
			t.Errorf("%s: %+v: the workload is not what it says", v, total)
		}
	}
}

// TestEditedApplies: all answers of the edited variant are asked for in some
// run, and a run with them is another than one without.
func TestEditedApplies(t *testing.T) {
	edited, err := New(5, "edited")
	if err != nil {
		t.Fatal(err)
	}
	bare, err := New(5, "bare")
	if err != nil {
		t.Fatal(err)
	}
	used := make(map[scheduler.Key]bool)
	for seed := range uint64(100) {
		if edited.Run(seed).Digest == bare.Run(seed).Digest {
			t.Errorf("seed %d: the same run with and without 20 edited answers", seed)
		}
		for k := range edited.edited.Answers {
			if !slices.Contains(edited.edited.Unused(), k) {
				used[k] = true
			}
		}
	}
	if len(edited.edited.Answers) != 20 || len(used) != 20 {
		t.Errorf("%d of %d answers applied to some run, want 20", len(used), len(edited.edited.Answers))
	}
}

func TestWorkloadMistakes(t *testing.T) {
	if _, err := Workload(5, "bear"); err == nil {
		t.Error("an unknown variant was taken")
	}
}
