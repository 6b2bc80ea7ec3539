package main

import (
	"fmt"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/paxsim/paxsim/bench"
	"github.com/paxsim/paxsim/bench/heaptwin"
)

// side is one of those that are measured.
type side struct {
	name    string
	measure func(seed uint64, each time.Duration) (round, error)
	rounds  []round
}

// round is one measurement, per run.
type round struct{ ns, events, allocs float64 }

func (r round) nsEvent() float64 { return r.ns / r.events }

// compare measures all sides at a size.
func compare(n, rounds int, each time.Duration, synctwin string) error {
	sides := []*side{{name: heapTwin, measure: inProcess(func(seed uint64) uint64 {
		return uint64(heaptwin.Run(seed, n, 1_000_000).Events)
	})}}
	if synctwin != "" {
		sides = append(sides, &side{name: "synctest twin", measure: inTest(synctwin, n)})
	}
	for _, v := range bench.Variants {
		w, err := bench.Warm(n, v, 1000)
		if err != nil {
			return err
		}
		sides = append(sides, &side{name: v, measure: inProcess(func(seed uint64) uint64 { return w.Run(seed).Events })})
	}
	for i := range rounds {
		for _, s := range sides {
			r, err := s.measure(uint64(i)*1_000_000, each)
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			s.rounds = append(s.rounds, r)
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "actors\tside\tns/event\tevents/run\tallocs/run\tdecisions/s\t")
	twins := sides[:len(sides)-len(bench.Variants)]
	for _, t := range twins {
		fmt.Fprintf(w, "× the %s\t", t.name)
	}
	fmt.Fprintln(w)
	for _, s := range sides {
		fmt.Fprintf(w, "%d\t%s\t%.1f\t%.1f\t%.1f\t%.0f\t", n, s.name, median(s.rounds, round.nsEvent),
			median(s.rounds, func(r round) float64 { return r.events }),
			median(s.rounds, func(r round) float64 { return r.allocs }),
			1e9/median(s.rounds, func(r round) float64 { return r.ns }))
		for _, t := range twins {
			ratios := make([]float64, rounds)
			for i := range ratios {
				ratios[i] = t.rounds[i].ns / s.rounds[i].ns
			}
			fmt.Fprintf(w, "%.1f\t", median(ratios, func(x float64) float64 { return x }))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
	return w.Flush()
}

// median is the middle of what f says of each.
func median[T any](list []T, f func(T) float64) float64 {
	values := make([]float64, len(list))
	for i, x := range list {
		values[i] = f(x)
	}
	slices.Sort(values)
	return values[len(values)/2]
}
