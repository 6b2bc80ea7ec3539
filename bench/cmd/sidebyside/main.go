// Sidebyside measures paxsim and its naive twin in turns, in one process and
// on one core, and prints the figures and their ratios. What else the machine
// does falls on both; of the rounds the median counts.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/paxsim/paxsim/bench"
	"github.com/paxsim/paxsim/bench/heaptwin"
)

func main() {
	rounds := flag.Int("rounds", 7, "how often each side is measured")
	each := flag.Duration("each", 200*time.Millisecond, "how long it is measured at a time")
	flag.Parse()
	runtime.GOMAXPROCS(1)
	if err := run(*rounds, *each); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// side is one of those that are measured.
type side struct {
	name   string
	run    func(seed uint64) (events uint64)
	rounds []round
}

// round is one measurement.
type round struct {
	nsEvent, nsRun, allocs, events float64
}

func run(rounds int, each time.Duration) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "actors\tside\tns/event\tevents/run\tallocs/run\tdecisions/s\tns/event ratio\tdecisions ratio\t")
	for _, n := range []int{5, 51} {
		sides := []*side{{name: "twin", run: func(seed uint64) uint64 {
			return uint64(heaptwin.Run(seed, n, 1_000_000).Events)
		}}}
		for _, v := range bench.Variants {
			r, err := bench.Warm(n, v, 1000)
			if err != nil {
				return err
			}
			sides = append(sides, &side{name: v, run: func(seed uint64) uint64 {
				r.Reset(seed, nil)
				return r.Run().Events
			}})
		}
		for i := range rounds {
			for _, s := range sides {
				s.measure(uint64(i)*1_000_000, each)
			}
		}
		twin := sides[0].median()
		for _, s := range sides {
			m := s.median()
			fmt.Fprintf(w, "%d\t%s\t%.1f\t%.1f\t%.1f\t%.0f\t%.1f\t%.1f\t\n", n, s.name,
				m.nsEvent, m.events, m.allocs, 1e9/m.nsRun, twin.nsEvent/m.nsEvent, twin.nsRun/m.nsRun)
		}
	}
	return w.Flush()
}

// measure adds a round.
func (s *side) measure(seed uint64, each time.Duration) {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var runs, events uint64
	start := time.Now()
	elapsed := time.Duration(0)
	for elapsed < each {
		for range 20 { // so that reading the clock costs nothing
			events += s.run(seed + runs)
			runs++
		}
		elapsed = time.Since(start)
	}
	runtime.ReadMemStats(&after)
	ns := float64(elapsed.Nanoseconds())
	s.rounds = append(s.rounds, round{ns / float64(events), ns / float64(runs),
		float64(after.Mallocs-before.Mallocs) / float64(runs), float64(events) / float64(runs)})
}

// median is the round in the middle, by time an event.
func (s *side) median() round {
	slices.SortFunc(s.rounds, func(a, b round) int { return cmp.Compare(a.nsEvent, b.nsEvent) })
	return s.rounds[len(s.rounds)/2]
}
