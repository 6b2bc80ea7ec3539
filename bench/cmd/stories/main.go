// Stories shrinks many finds of each mutant and prints how short they get, as a table
// for a page. It is the only source of the table in docs/stories.md:
//
//	go run ./bench/cmd/stories
//
// Each find is the first of a hunt over the hunting ground, with proposals sent to all
// and one invariant watched. The hunts of a mutant begin far apart: at the seeds
// 1 + k·2³². All but the times is the same on every machine.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/sim/story"
)

func main() {
	var o options
	only := flag.String("mutant", "", "this one alone, by its name; none: all that break it")
	flag.IntVar(&o.finds, "finds", 20, "how many finds of each")
	flag.BoolVar(&o.earliest, "earliest", false, "watch the invariant that breaks first instead of agreement")
	flag.Uint64Var(&o.cap, "cap", story.DefaultCap, "the most events played to shrink a find")
	flag.Uint64Var(&o.runs, "runs", 400_000, "the most runs of a hunt")
	flag.StringVar(&o.keep, "keep", "", "write the shortest story of each mutant to a file in this folder")
	flag.BoolVar(&o.lines, "lines", false, "print the shortest story of each mutant, too")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := all(ctx, *only, &o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "stories:", err)
		os.Exit(1)
	}
}

// options are what is asked for.
type options struct {
	finds    int
	earliest bool
	cap      uint64
	runs     uint64
	keep     string
	lines    bool
}

// all measures mutant after mutant, prints a row each as it is known, and the table at
// the end.
func all(ctx context.Context, only string, o *options) error {
	var rows []row
	for _, m := range mutants.All() {
		watched := ""
		if o.earliest {
			watched = m.First
		} else if m.Splits {
			watched = paxos.Agreement
		}
		if watched == "" || only != "" && m.Name != only {
			continue
		}
		ground, err := groundOf(m.Name, watched)
		if err != nil {
			return err
		}
		r := row{mutant: m.Name, invariant: watched}
		if len(m.Aliases) > 0 {
			r.alias = m.Aliases[0]
		}
		if err := r.measure(ctx, ground, o); err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
		fmt.Fprintln(os.Stderr, r.String())
		if o.lines && r.best != nil {
			for _, l := range r.best.Lines {
				fmt.Fprintln(os.Stderr, "   ", l)
			}
		}
		if o.keep != "" {
			if err := r.write(o.keep); err != nil {
				return err
			}
		}
		rows = append(rows, r)
	}
	_, err := os.Stdout.Write(table(rows))
	return err
}
