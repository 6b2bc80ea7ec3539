package cli

import (
	"cmp"
	"math"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/story"
	"github.com/paxsim/paxsim/sim/trace"
)

const explainText = `explain tells a run that breaks an invariant in words: what happens, event by event,
and which rule breaks in the end.

Name a story (.story.yaml), as paxsim shrink and paxsim fuzz write it. A run file
(.json), or a SCENARIO under a --seed, is made a story first, as shrink does it;
nothing is written to a file. A FILE of - is standard input.

Exit code: 0 the story is printed · 2 bad usage or input, or the run breaks no
invariant · 3 no story can be made of the run · 4 a FILE plays as another run now ·
5 the machine failed`

const explainExample = `  paxsim explain paxsim-found/agreement-save.story.yaml
  paxsim explain found.run.json
  paxsim explain literal-acks --seed 1`

func (a *app) explainCommand() *cobra.Command {
	f := shrinkFlags{engine: trace.Timed}
	cmd := &cobra.Command{
		Use:     "explain SCENARIO|FILE",
		Short:   "tell in words how a run breaks an invariant",
		Long:    explainText,
		Example: example("explain", explainExample),
		Args:    exactly(1, "one SCENARIO or FILE", ", such as paxsim-found/agreement-save.story.yaml"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.note(cmd)
			defer a.watchMemory(&f.limits)()
			return a.explainRun(args[0], &f)
		},
		ValidArgsFunction: completeRun(savedFiles),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	addNumber(flags, &f.seed, "seed", 1, 0, math.MaxUint64, "the seed of a SCENARIO")
	flags.Var(wordFlag{&f.engine, "ENGINE", engines}, "engine", "what chose the next event of a SCENARIO: "+orList(engines))
	addNumber(flags, &f.cap, "cap", story.DefaultCap, 1, math.MaxUint64, "stop shrinking after so many events have been played")
	f.overrides.add(cmd)
	f.limits.addMemory(flags)
	completeWords(cmd, "engine", engines)
	return cmd
}

// explainRun tells a run in words, as a story.
func (a *app) explainRun(what string, f *shrinkFlags) error {
	find, v, err := a.findIn(what, f)
	if err != nil {
		return err
	}
	var r *load.Run
	if v != nil && v.story != nil {
		r = v.run()
	} else {
		x, err := a.shrinkFind(runName(what, f.seed), find, f.cap)
		if err != nil {
			return a.shrinkError(what, err)
		}
		a.remark("%s is no story. It was made one: of %s, %d are left. paxsim shrink writes it to a file.\n", quoteOne(what), say.Plural(x.work.Before.Events, "event"), x.after().Events)
		r = x.run()
	}
	words, err := r.Words(a.ctx)
	if err != nil {
		return cmp.Or(a.interrupted(""), err)
	}
	terminal.Fprintf(a.out, "%s", terminal.Lines(words.Text))
	return a.out.err
}
