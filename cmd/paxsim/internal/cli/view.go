package cli

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/explain/view"
)

const viewText = `view makes a page of one run for a browser. It has a diagram: time runs down, an
actor is a column and messages are arrows. Beside it is what each actor knows and
has on its disk at any moment, the invariants, and the choices made by chance.
The page is one file that needs no network. Without -o it is called after what it
shows, as lossy-7.html or found.html, in the current directory.

It shows a run of a SCENARIO under --seed, or the run of a FILE. A FILE is a run
file as run --save writes it (its name ends in .json), a story as shrink writes it
(.story.yaml), or a trace as export --to jsonl writes it (.jsonl). A FILE of - is
standard input. The page of a story opens with its picture, and the guide tells it.

Two runs are shown side by side, with what diff says of them: two that are named,
or one SCENARIO under two seeds, or with the fields that --but changes.

A page holds %s events, from the event --from on, unless --events says
otherwise. "page.html#e=42" opens it at event 42; in the page, ? lists the keys.

Exit code: 0 the page is written, whatever came of the run · 2 bad usage or input ·
4 a run file plays as another run now · 5 the machine failed`

const viewExample = `  paxsim view lossy --seed 7
  paxsim view found.run.json -o pages/found.html
  paxsim view literal-acks --open`

// viewFlags is what view gets beside what to view.
type viewFlags struct {
	exportFlags
	seeds []uint64
	but   []string
	open  bool // in the reader's browser
}

func (a *app) viewCommand() *cobra.Command {
	f := viewFlags{exportFlags: exportFlags{given: map[string]bool{}}}
	cmd := &cobra.Command{
		Use:     "view [SCENARIO|FILE] [SCENARIO|FILE]",
		Short:   "make a page of a run to look at, step by step",
		Long:    fmt.Sprintf(viewText, say.Count(view.MaxEvents)),
		Example: example("view", viewExample),
		Args:    atMost(2, "one SCENARIO or FILE, or two"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"happy-path"}
			}
			cmd.Flags().Visit(func(flag *pflag.Flag) { f.given[flag.Name] = true })
			defer a.watchMemory(&f.limits)()
			return a.view(args, &f)
		},
		ValidArgsFunction: completeNames(2, true, scenarioFiles, savedFiles),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.VarP(textFlag{&f.out, "FILE"}, "output", "o", "write to this file, whole or not at all; - is standard output (default SCENARIO-SEED.html, or FILE.html)")
	flags.Var(seedsFlag{&f.seeds}, "seed", "the seed of a SCENARIO (default 1); given twice, those of two runs")
	flags.Var(listFlag{&f.but, "PATH=VALUE"}, "but", "change a field in the second of two runs alone; repeatable")
	completeSettings(cmd, "but")
	flags.BoolVar(&f.open, "open", false, "open the page in the browser")
	addNumber(flags, &f.from, "from", 1, 1, sim.MaxEvents, "the first event that is shown")
	addNumber(flags, &f.most, "events", view.MaxEvents, 1, 100_000, "how many events are shown at most")
	f.overrides.add(cmd)
	f.limits.addMemory(flags)
	return cmd
}

// view writes a page.
func (a *app) view(what []string, f *viewFlags) error {
	name := f.out
	if name == "" {
		name = pageName(what, f)
	}
	if f.open && name == "-" {
		return usage("--open opens a file: -o - writes none")
	}
	if name != "-" {
		if err := a.distinct([]outFile{{"-o", name}}, pathsIn(what...)); err != nil {
			return err
		}
		if err := mayOverwrite("-o", name, view.Mark, "a page by paxsim view"); err != nil {
			return err
		}
	}
	var runs []*view.Recorder
	var difference *view.Difference
	var err error
	if len(what) == 2 || len(f.seeds) > 1 || len(f.but) > 0 {
		runs, difference, err = a.viewTwo(what, f)
	} else {
		f.seed = 1
		if len(f.seeds) > 0 {
			f.seed = f.seeds[0]
		}
		var r *view.Recorder
		r, err = a.viewed(what[0], &f.exportFlags, nil)
		runs = []*view.Recorder{r}
	}
	if err != nil {
		return err
	}
	if name == "-" {
		a.out.exact()
		return view.Write(a.untilStopped(a.out), runs, difference)
	}
	err = replaceFile(name, func(w io.Writer) error { return view.Write(a.untilStopped(w), runs, difference) })
	switch {
	case err != nil:
	case f.open:
		a.browse(absolute(name))
	case f.out == "":
		a.remark("%s is there; open it in a browser\n", quoteOne(name))
	}
	return err
}

// viewTwo is two runs, and where they part.
func (a *app) viewTwo(what []string, f *viewFlags) ([]*view.Recorder, *view.Difference, error) {
	if slices.Contains(what, "-") {
		return nil, nil, usage("of two runs each has a name: - is none")
	}
	d := &diffFlags{overrides: f.overrides, limits: f.limits, seeds: f.seeds, but: f.but}
	for _, flag := range []string{"seed", "but", "set", "calm", "mutant", "only"} {
		if f.given[flag] {
			d.given = append(d.given, flag)
		}
	}
	if err := d.check(what); err != nil {
		return nil, nil, err
	}
	var runs []*view.Recorder
	for i := range 2 {
		one := f.exportFlags
		one.seed, one.given = d.seed(i), nil
		one.overrides = d.overridesOf(i)
		r, err := a.viewed(what[min(i, len(what)-1)], &one, d.but[:len(d.but)*i])
		if err != nil {
			return nil, nil, err
		}
		runs = append(runs, r)
	}
	if x, y := runs[0].Actors(), runs[1].Actors(); x != y {
		return nil, nil, usage("two runs side by side: the first has %d actors, and the second %d", x, y)
	}
	difference, err := a.difference(what, d)
	return runs, difference, err
}
