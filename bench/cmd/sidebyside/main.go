// Sidebyside measures paxsim and its naive twins in turns, on one core, and
// prints the figures and their ratios. Start it by bench/run.sh.
//
// Time is the processor's, not the wall's, so that other programs on the machine matter
// little. Their effect on caches and clock rates is the same for all sides, because each
// round measures every side once. A figure is the median of the rounds, and a ratio is the
// median of the rounds' ratios. All sides work in this process except the synctest twin.
// It lives only inside a test, and so is a process of its own.
//
// What counts as an event is not the same everywhere. To paxsim it is an arrival, an alarm
// that is still set, a start, a request, or a finished sync. To the heap twin it is an
// alarm for nothing as well. To the synctest twin it is a message taken from an inbox, or
// an alarm. So decisions a second is the fairer measure: one run of each side is the same
// work, two proposers until all have learned. At the end of a run paxsim forgets what is
// still in its queue and keeps the memory. The heap twin leaves its world to the garbage
// collector. The synctest twin cancels a context and waits until its goroutines are gone,
// as a bubble must.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"time"
)

func main() {
	rounds := flag.Int("rounds", 7, "how often each side is measured")
	each := flag.Duration("each", 200*time.Millisecond, "how long it is measured at a time")
	twin := flag.String("synctwin", "", "the test binary of bench/synctwin; none: without it")
	alone := flag.String("alone", "", "measure time and memory of one side in this process: heap twin, or a variant")
	actors := flag.Int("actors", 1001, "with -alone: how many actors")
	runs := flag.Int("runs", 10, "with -alone: how many runs")
	flag.Parse()
	runtime.GOMAXPROCS(1)
	err := func() error {
		if *alone != "" {
			return measureAlone(*alone, *actors, *runs)
		}
		for _, n := range []int{5, 51} {
			if err := compare(n, *rounds, *each, *twin); err != nil {
				return err
			}
		}
		return thousand(*rounds)
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
