package cli

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/view"
	"github.com/paxsim/paxsim/sim"
)

const viewText = `view makes a page of one run for a browser: a diagram in which time runs down, an
actor is a column and messages are arrows, and beside it what each actor knows
and has on its disk at any moment, the invariants, and the choices made by chance.
The page is one file that needs no network.

What is shown is a run of a SCENARIO under --seed; or the run of a FILE: a run
file as run --save writes it (its name ends in .json), or a trace as
export --to jsonl writes it (.jsonl). A FILE of - is standard input. Two are shown
side by side, and where they part is marked; --seed and the like are for what is
a SCENARIO of them.

A page holds %s events, from the event --from on, unless --events says
otherwise. "page.html#e=42" opens it at event 42; in the page, ? lists the keys.

Exit code: 0 the page is written, whatever came of the run · 2 bad usage or input ·
4 a run file plays as another run now · 5 the machine failed`

const viewExample = `  paxsim view lossy --seed 7 -o lossy-7.html
  paxsim view found.run.json -o found.html
  paxsim view found.run.json edited.run.json -o both.html`

func (a *app) viewCommand() *cobra.Command {
	f := exportFlags{given: map[string]bool{}}
	cmd := &cobra.Command{
		Use:     "view [SCENARIO|FILE] [SCENARIO|FILE]",
		Short:   "make a page of a run to look at, step by step",
		Long:    fmt.Sprintf(viewText, report.Count(view.MaxEvents)),
		Example: viewExample,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 2 {
				return usage("%s takes one SCENARIO or FILE, or two, and %s are %d", cmd.CommandPath(), quote(args...), len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"happy-path"}
			}
			cmd.Flags().Visit(func(flag *pflag.Flag) { f.given[flag.Name] = true })
			defer a.watchMemory(f.memory)()
			return a.view(args, &f)
		},
		ValidArgsFunction: completeScenario,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.VarP(textFlag{&f.out, "FILE"}, "output", "o", "write to this file, whole or not at all; else to standard output")
	addNumber(flags, &f.seed, "seed", 1, 0, math.MaxUint64, "the seed of the run")
	addNumber(flags, &f.from, "from", 1, 1, sim.MaxEvents, "the first event that is shown")
	addNumber(flags, &f.most, "events", view.MaxEvents, 1, 100_000, "how many events are shown at most")
	f.overrides.add(cmd)
	f.limits.addMemory(flags)
	return cmd
}

// view writes a page.
func (a *app) view(what []string, f *exportFlags) error {
	if f.out != "" {
		if err := mayOverwrite("-o", f.out, view.Mark, "a page by paxsim view"); err != nil {
			return err
		}
	}
	if len(what) == 2 && what[0] == "-" && what[1] == "-" {
		return usage("standard input holds one run, and two are to be shown")
	}
	if scenario := slices.IndexFunc(what, func(w string) bool { return !isRunFile(w) }); scenario >= 0 && len(what) == 2 {
		// What only a scenario needs is for the one of the two that is one.
		if given := f.given; isRunFile(what[1-scenario]) {
			f.given = map[string]bool{}
			defer func() { f.given = given }()
		}
	}
	var runs []*view.Recorder
	for _, w := range what {
		r, err := a.viewed(w, f, len(what) > 1)
		if err != nil {
			return err
		}
		runs = append(runs, r)
	}
	var difference *view.Difference
	if len(runs) == 2 {
		if x, y := runs[0].Actors(), runs[1].Actors(); x != y {
			return usage("two runs side by side: the first has %d actors, and the second %d", x, y)
		}
		difference = view.Differ(runs[0], runs[1])
	}
	if f.out == "" {
		return view.Write(a.out, runs, difference)
	}
	return replaceFile(f.out, func(w io.Writer) error { return view.Write(w, runs, difference) })
}

// isRunFile says whether an argument means a file that holds a run.
func isRunFile(what string) bool {
	return what == "-" || strings.HasSuffix(what, ".json") || strings.HasSuffix(what, ".jsonl")
}
