// Scopes looks at each mutant of Paxos within a ladder of scopes, and prints the shortest
// way in which each breaks, as two tables for a page. It is the only source of the tables
// in docs/checked.md:
//
//	go run ./bench/cmd/scopes
//
// The first table is of all invariants. A lemma breaks there as a rule, long before two
// values are decided. The second is of agreement alone, beside par, which is the length of
// the story that is kept of each mutant. With a limit on worlds and none on time, all is
// the same on every machine.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/sim/explore"
)

func main() {
	var o options
	flag.StringVar(&o.mutant, "mutant", "", "this one alone, by its name; none: all")
	flag.StringVar(&o.rung, "scope", "", "this scope alone, by its name; none: all")
	flag.StringVar(&o.stories, "stories", "testdata/stories", "the folder with the stories of the mutants, for the scope par")
	flag.IntVar(&o.limit.States, "states", 200_000, "the most worlds of a cell")
	flag.IntVar(&o.limit.Memory, "memory", 1<<30, "the most bytes of a cell")
	flag.DurationVar(&o.limit.For, "for", 0, "the most time of a cell; 0: no limit")
	flag.BoolVar(&o.agreement, "agreement", true, "look for ways to decide two values, too")
	flag.IntVar(&o.actions, "actions", 0, "make a third table, with the least number of actions: the most worlds of such a look; 0: no table")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := all(ctx, &o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "scopes:", err)
		os.Exit(1)
	}
}

// options are what is asked for.
type options struct {
	mutant, rung string
	stories      string
	agreement    bool
	quiet        bool
	actions      int
	limit        explore.Options
}

// all looks at mutant after mutant, prints a line for each cell as it is known, and the
// tables at the end.
func all(ctx context.Context, o *options) error {
	var rows []row
	for _, m := range mutants.All() {
		if o.mutant != "" && m.Name != o.mutant {
			continue
		}
		r := row{Mutant: m, known: known[aliasOf(m)]}
		for i := range ladder {
			if o.rung != "" && ladder[i].name != o.rung {
				continue
			}
			if err := r.look(ctx, &ladder[i], o); err != nil {
				return fmt.Errorf("%s, %s: %w", m.Name, ladder[i].name, err)
			}
		}
		if o.actions > 0 {
			if err := r.lookByActions(ctx, o); err != nil {
				return fmt.Errorf("%s, by actions: %w", m.Name, err)
			}
		}
		rows = append(rows, r)
	}
	text := firstTable(rows) + "\n" + agreementTable(rows)
	if o.actions > 0 {
		text += "\n" + actionsTable(rows)
	}
	_, err := os.Stdout.WriteString(text)
	return err
}

// look fills in the cells of a scope.
func (r *row) look(ctx context.Context, rung *rung, o *options) error {
	s, scope, err := rung.of(&r.Mutant, o)
	if err != nil {
		return err
	}
	for _, alone := range []bool{false, true} {
		if alone && (!o.agreement || !r.Splits) {
			continue
		}
		begun := time.Now()
		c, err := measure(ctx, s, scope, o.limit, alone)
		if err != nil {
			return err
		}
		c.rung = rung
		what := "first"
		if alone {
			what = "agreement"
			r.agreement = append(r.agreement, c)
		} else {
			r.first = append(r.first, c)
		}
		if o.quiet {
			continue
		}
		fmt.Fprintf(os.Stderr, "%-22s %-22s %-10s %-12s %9d worlds, %d steps deep, %v %s\n",
			r.Name, rung.name, what, c.String(), c.states, c.depth, time.Since(begun).Round(time.Millisecond), c.note)
	}
	return nil
}
