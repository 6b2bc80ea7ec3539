package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/paxsim/paxsim/bench/clock"
)

// inProcess measures runs made here.
func inProcess(run func(seed uint64) (events uint64)) func(uint64, time.Duration) (round, error) {
	return func(seed uint64, each time.Duration) (round, error) {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		var runs, events uint64
		start := clock.Used()
		elapsed := time.Duration(0)
		for elapsed < each {
			for range 20 { // so that reading the clock costs nothing
				events += run(seed + runs)
				runs++
			}
			elapsed = clock.Used() - start
		}
		runtime.ReadMemStats(&after)
		n := float64(runs)
		return round{float64(elapsed.Nanoseconds()) / n, float64(events) / n, float64(after.Mallocs-before.Mallocs) / n}, nil
	}
}

// inTest measures the synctest twin, which measures itself: see TestMeasure
// there.
func inTest(binary string, actors int) func(uint64, time.Duration) (round, error) {
	return func(seed uint64, each time.Duration) (round, error) {
		cmd := exec.Command(binary, "-test.run=^TestMeasure$", "-test.v")
		cmd.Env = append(os.Environ(), fmt.Sprint("SYNCTWIN_ACTORS=", actors), fmt.Sprint("SYNCTWIN_EACH=", each), fmt.Sprint("SYNCTWIN_SEED=", seed))
		out, err := cmd.CombinedOutput()
		if err != nil {
			return round{}, fmt.Errorf("%w\n%s", err, out)
		}
		at := bytes.Index(out, []byte("synctwin "))
		if at < 0 {
			return round{}, fmt.Errorf("no figures in its output:\n%s", out)
		}
		var runs, events, ns, allocs float64
		if _, err := fmt.Sscanf(string(out[at:]), "synctwin %f %f %f %f", &runs, &events, &ns, &allocs); err != nil {
			return round{}, err
		}
		return round{ns / runs, events / runs, allocs / runs}, nil
	}
}
