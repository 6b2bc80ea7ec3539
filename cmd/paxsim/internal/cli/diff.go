package cli

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/diff"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

const diffText = `diff compares two runs: how far they are the same, the first event in which they
differ, the choice that made the difference, and the outcome of each. The choice is
one that the two runs answer differently. It is about the message that arrives
there in one of the runs, or the actor whose alarm goes off. If there is none such,
it is the first choice that differs.

A and B are each a run file (its name ends in .json), a story (.story.yaml), a trace
(.jsonl; it holds no choices) or a SCENARIO. Without B, B is A, but

  under the second --seed, if there are two;
  with the fields that --but changes, if there are any.

A run file alone is compared with its own run without the answers that it lists.

Differences are results. Exit code: 0 whatever they are; with --exit-code 4 if the
runs differ · 2 bad usage or input · 5 the machine failed`

const diffExample = `  paxsim diff lossy --seed 3 --seed 4
  paxsim diff broken.run.json
  paxsim diff before.trace.jsonl after.run.json --format json`

// diffFlags is what diff gets beside the runs.
type diffFlags struct {
	overrides
	limits
	seeds    []uint64
	but      []string
	format   string
	exitCode bool
	given    []string // flags that are for a SCENARIO
}

func (a *app) diffCommand() *cobra.Command {
	var f diffFlags
	cmd := &cobra.Command{
		Use:     "diff A [B]",
		Short:   "two runs side by side: the first difference, and the choice behind it",
		Long:    diffText,
		Example: example("diff", diffExample),
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usage("%s needs a run, or two; %[1]s --help tells", cmd.CommandPath())
			case len(args) > 2:
				return tooMany(cmd.CommandPath()+" takes one run or two", args)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, flag := range []string{"seed", "but", "set", "calm", "mutant", "only"} {
				if cmd.Flags().Changed(flag) {
					f.given = append(f.given, flag)
				}
			}
			defer a.watchMemory(&f.limits)()
			return a.diff(args, &f)
		},
		ValidArgsFunction: completeNames(2, true, scenarioFiles, savedFiles, traceFiles),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(seedsFlag{&f.seeds}, "seed", "the seed of a SCENARIO (default 1); given twice, those of A and B")
	flags.Var(listFlag{&f.but, "PATH=VALUE"}, "but", "change a field in B alone; repeatable")
	completeSettings(cmd, "but")
	f.overrides.add(cmd)
	flags.BoolVar(&f.exitCode, "exit-code", false, "exit with 4 if the runs differ")
	addFormat(flags, &f.format, []string{"table", "json"})
	f.limits.addMemory(flags)
	completeWords(cmd, "format", []string{"table", "json"})
	return cmd
}

// seedsFlag is a flag for a seed, that may come twice.
type seedsFlag struct{ value *[]uint64 }

func (s seedsFlag) String() string { return "" }
func (s seedsFlag) Type() string   { return "N" }

func (s seedsFlag) Set(text string) error {
	var seed uint64
	if err := (numberFlag{&seed, 0, math.MaxUint64}).Set(text); err != nil {
		return err
	}
	*s.value = append(*s.value, seed)
	return nil
}

// isFile says whether a run file, a story file or a trace is meant.
func isFile(what string) bool { return isSaved(what) || strings.HasSuffix(what, ".jsonl") }

// isSaved says whether a run file or a story file is meant.
func isSaved(what string) bool {
	return strings.HasSuffix(what, ".json") || strings.HasSuffix(what, scenarios.StoryEnding)
}

// check holds flags and arguments against one another.
func (f *diffFlags) check(args []string) error {
	switch files := slices.ContainsFunc(args, func(x string) bool { return !isFile(x) }); {
	case slices.Contains(args, "-"):
		return usage("a run for diff has a name: - is none")
	case !files && len(f.given) > 0:
		return usage("--%s is for a SCENARIO: %s holds a run of its own", f.given[0], quoteOne(args[0]))
	case len(f.seeds) > 2:
		return usage("--seed is given %d times, and there are two runs", len(f.seeds))
	case len(args) == 1 && strings.HasSuffix(args[0], ".jsonl"):
		return usage("%s is a trace, which holds no answers: name a second run", quoteOne(args[0]))
	case len(args) == 2 && isFile(args[1]) && len(f.but) > 0:
		return usage("--but is for a SCENARIO: %s holds a run of its own", quoteOne(args[1]))
	case len(args) == 2 && len(f.seeds) == 2 && (isFile(args[0]) || isFile(args[1])):
		return usage("--seed is given twice, and one of the runs is a file")
	case len(args) == 1 && !isFile(args[0]) && len(f.seeds) < 2 && len(f.but) == 0:
		return usage("%s against what? Name a second run, a second --seed, or by --but what is different", quoteOne(args[0]))
	}
	return nil
}

// diff holds two runs side by side and prints what comes of it.
func (a *app) diff(args []string, f *diffFlags) error {
	if err := f.check(args); err != nil {
		return err
	}
	x, endA, err := a.side(args[0], f, 0, len(args) == 1)
	if err != nil {
		return err
	}
	y, endB, err := a.side(args[len(args)-1], f, 1, false)
	if err != nil {
		return cmp.Or(endA(), err)
	}
	done := a.working("table", doing("playing both runs"))
	r := diff.Compare(x, y)
	done()
	if err := cmp.Or(endA(), endB(), a.interrupted("")); err != nil {
		return err
	}
	if f.exitCode && !r.Same {
		a.code = worse(a.code, exitOtherwise)
	}
	if f.format == "json" {
		return r.JSON(a.out, x, y)
	}
	return r.PrintFit(a.out, x, y, a.out.width())
}

// side opens one of the two runs: the first is number 0. bare: a run file without its
// answers. end says whether the run could be read to its end.
func (a *app) side(what string, f *diffFlags, number int, bare bool) (_ *diff.Side, end func() error, _ error) {
	nothing := func() error { return nil }
	if strings.HasSuffix(what, ".jsonl") {
		return a.sideOfTrace(what, f)
	}
	if isSaved(what) {
		v, err := a.readSaved(what, &f.limits)
		if err != nil {
			return nil, nothing, err
		}
		a.noteWrong(v)
		name, answers := what, v.source.Answers
		if bare && len(answers) == 0 {
			return nil, nothing, usage("%s lists no answers to be left away: name a second run", quoteOne(what))
		}
		if bare {
			name, answers = name+" without its answers", nil
		}
		side, err := a.sidePlayed(&v.s.Scenario, name+", "+v.file.Base.String(), v.file.Base, answers, v.search)
		return side, nothing, err
	}
	seed, name := f.seed(number), what
	if number == 1 {
		for _, text := range f.but {
			name += " but " + text
		}
	}
	s, err := a.openScenario(what, f.overridesOf(number))
	if err != nil {
		return nil, nothing, err
	}
	if _, err := f.workers(&s.Scenario, 1); err != nil {
		return nil, nothing, err
	}
	base := trace.Base{Seed: seed}
	side, err := a.sidePlayed(&s.Scenario, name+", "+base.String(), base, nil, nil)
	return side, nothing, err
}

// seed is that of one of the two runs.
func (f *diffFlags) seed(number int) uint64 {
	if len(f.seeds) == 0 {
		return 1
	}
	return f.seeds[min(number, len(f.seeds)-1)]
}

// overridesOf is what one of the two runs changes in its scenario.
func (f *diffFlags) overridesOf(number int) overrides {
	o := f.overrides
	if number == 1 {
		o.by, o.also = "--but", f.but
	}
	return o
}

// sidePlayed is a run that is played; search nil: a timed one.
func (a *app) sidePlayed(s *sim.Scenario, name string, base trace.Base, answers map[scheduler.Key]uint32, search *search.Search) (*diff.Side, error) {
	run, err := stepper.New(a.ctx, s, "", base, answers)
	if err != nil {
		return nil, usage("%s: %v", s.Name, err)
	}
	if search != nil {
		run.Search(search.Budget, search.Deferrals)
	}
	head := trace.NewHeader(s, "", base)
	entries, began := uint64(0), false
	return &diff.Side{
		Name: name, Scenario: s, World: scenarios.WorldText(s), Played: true,
		Next: func() (diff.Moment, bool) {
			if !began {
				began = true
				return diff.Moment{Asked: run.Asked()}, true
			}
			if !run.Next() {
				return diff.Moment{}, false
			}
			entries += 1 + uint64(len(run.Step().Effects))
			return diff.Moment{Step: run.Step(), Asked: run.Asked()}, true
		},
		Foot: func() *trace.Trailer { return trace.NewTrailer(head, run.Outcome(), entries) },
	}, nil
}

// sideOfTrace is a run that is read.
func (a *app) sideOfTrace(what string, f *diffFlags) (*diff.Side, func() error, error) {
	t, err := a.toldTrace(what, &exportFlags{limits: f.limits})
	if err != nil {
		return nil, nil, err
	}
	foot := &trace.Trailer{}
	next, stop := iter.Pull(func(yield func(trace.Step) bool) {
		more := true
		var end *trace.Trailer
		if end, err = t.play(func(s trace.Step) { more = more && yield(s) }); err == nil {
			foot = end // else the file has changed, or somebody interrupts
		}
	})
	began := false
	side := &diff.Side{
		Name: what + ", " + t.run.Head.Base.String(), Scenario: t.run.Scenario, World: scenarios.WorldText(t.run.Scenario),
		Next: func() (diff.Moment, bool) {
			if !began {
				began = true
				return diff.Moment{}, true
			}
			s, ok := next()
			return diff.Moment{Step: s}, ok
		},
		Foot: func() *trace.Trailer { return foot },
	}
	return side, func() error { stop(); t.close(); return err }, nil
}
