package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"text/tabwriter"

	"github.com/paxsim/paxsim/bench"
	"github.com/paxsim/paxsim/bench/clock"
	"github.com/paxsim/paxsim/bench/heaptwin"
)

const heapTwin = "heap twin"

// thousand prints what runs of 1,001 actors cost, each side in a process of its
// own, so that its peak of memory is its own. The synctest twin is not asked: it
// would hold a million goroutines.
func thousand(rounds int) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "actors\tside\tms/run\tevents/run\theap, MB\tpeak of the process, MB\t× the %s\t\n", heapTwin)
	sides := []string{heapTwin, "bare", "invariants"}
	results := make([][]alone, len(sides))
	for range min(rounds, 3) {
		for i, name := range sides {
			runs := "20"
			if name == heapTwin {
				runs = "2"
			}
			out, err := exec.Command(self, "-alone", name, "-runs", runs).Output()
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			var a alone
			if _, err := fmt.Sscan(string(out), &a.ms, &a.events, &a.heap, &a.peak); err != nil {
				return err
			}
			results[i] = append(results[i], a)
		}
	}
	for i, name := range sides {
		ratios := make([]float64, len(results[i]))
		for j := range ratios {
			ratios[j] = results[0][j].ms / results[i][j].ms
		}
		m := func(f func(alone) float64) float64 { return median(results[i], f) }
		fmt.Fprintf(w, "1001\t%s\t%.1f\t%.0f\t%.1f\t%.1f\t%.1f\t\n", name,
			m(func(a alone) float64 { return a.ms }), m(func(a alone) float64 { return a.events }),
			m(func(a alone) float64 { return a.heap }), m(func(a alone) float64 { return a.peak }),
			median(ratios, func(x float64) float64 { return x }))
	}
	return w.Flush()
}

// alone is what a side costs in a process of its own.
type alone struct{ ms, events, heap, peak float64 }

// measureAlone prints the milliseconds and events of a run, after one to warm up. It also
// prints, in MB, how much heap was taken from the system for it all, and the peak of the
// process, which includes the program itself.
func measureAlone(name string, actors, runs int) error {
	var before, after runtime.MemStats
	debug.FreeOSMemory()
	runtime.ReadMemStats(&before)
	run := func(seed uint64) uint64 { return uint64(heaptwin.Run(seed, actors, 100_000_000).Events) }
	if name != heapTwin {
		w, err := bench.New(actors, name)
		if err != nil {
			return err
		}
		run = func(seed uint64) uint64 { return w.Run(seed).Events }
	}
	run(0)
	var events uint64
	start := clock.Used()
	for seed := range runs {
		events += run(1 + uint64(seed))
	}
	ms := (clock.Used() - start).Seconds() * 1000 / float64(runs)
	runtime.ReadMemStats(&after)
	fmt.Println(ms, float64(events)/float64(runs), float64(after.HeapSys-before.HeapSys)/1e6, peak())
	return nil
}

// peak is the most memory that the process has had, in MB; 0: the system does
// not tell.
func peak() float64 {
	status, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer status.Close()
	var word string
	for {
		if _, err := fmt.Fscan(status, &word); err != nil {
			return 0
		}
		if word == "VmHWM:" {
			var kb float64
			if _, err := fmt.Fscan(status, &kb); err != nil {
				return 0
			}
			return kb * 1024 / 1e6
		}
	}
}
