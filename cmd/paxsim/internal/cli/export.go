package cli

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/export"
	"github.com/paxsim/paxsim/sim/trace"
)

const exportText = `export writes one run in a form that people or other programs read:

%s
It exports a run of a SCENARIO under --seed, or the run of a FILE. A FILE is a run
file as run --save writes it (its name ends in .json), a story as shrink writes it
(.story.yaml), or a trace as export --to jsonl writes it (.jsonl). A FILE of - is
standard input. Of a story, svg and mermaid draw only what happens in it.

The forms text, grid, svg and mermaid can show a part: --events from the event
--from on. Without --events, svg shows 500 events, and mermaid as many as fit into
the 50,000 characters that Mermaid draws. Both say what they leave out.

Exit code: 0 the run is written, whatever came of it · 2 bad usage or input ·
4 a run file plays as another run now · 5 the machine failed`

const exportExample = `  paxsim export lossy --seed 7 --to svg -o lossy-7.svg
  paxsim export literal-acks --to mermaid
  paxsim export found.run.json --to jsonl -o found.trace.jsonl
  paxsim export found.trace.jsonl --to shiviz -o found.log`

// exportFlags is what export gets beside what to export.
type exportFlags struct {
	overrides
	limits
	seed       uint64
	from, most uint64
	to, out    string
	given      map[string]bool // flags
}

func (a *app) exportCommand() *cobra.Command {
	f := exportFlags{given: map[string]bool{}}
	cmd := &cobra.Command{
		Use:     "export [SCENARIO|FILE]",
		Short:   "write one run as text, picture, diagram, log or trace",
		Long:    fmt.Sprintf(exportText, formTable()),
		Example: exportExample,
		Args:    atMost(1, "one SCENARIO or FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			what := "happy-path"
			if len(args) > 0 {
				what = args[0]
			}
			cmd.Flags().Visit(func(flag *pflag.Flag) { f.given[flag.Name] = true })
			defer a.watchMemory(&f.limits)()
			return a.export(what, &f)
		},
		ValidArgsFunction: completeRun(savedFiles),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	f.to = "text"
	flags.Var(wordFlag{&f.to, "FORM", export.Names()}, "to", "the form: "+orList(export.Names()))
	flags.VarP(textFlag{&f.out, "FILE"}, "output", "o", "write to this file, whole or not at all; else, or for -, to standard output")
	addNumber(flags, &f.seed, "seed", 1, 0, math.MaxUint64, "the seed of the run")
	addNumber(flags, &f.from, "from", 1, 1, sim.MaxEvents, "the first event that is shown")
	addNumber(flags, &f.most, "events", 0, 0, 100_000, "how many events are shown; 0: as many as the form can")
	f.overrides.add(cmd)
	f.limits.addMemory(flags)
	completeWords(cmd, "to", export.Names())
	return cmd
}

// formTable lists the forms for help.
func formTable() string {
	var b strings.Builder
	for _, f := range export.Forms {
		terminal.Fprintf(&b, "  %-9s %s\n", f.Name, f.Doc)
	}
	return b.String()
}

// export writes a run.
func (a *app) export(what string, f *exportFlags) error {
	form := export.Named(f.to)
	if (f.given["from"] || f.given["events"]) && !form.Window {
		return usage("--from and --events: %s holds the whole run", form.Name)
	}
	if f.out == "-" {
		f.out = "" // as everywhere
	}
	if f.out != "" {
		if err := a.distinct([]outFile{{"-o", f.out}}, pathsIn(what)); err != nil {
			return err
		}
		if err := mayOverwrite("-o", f.out, form.Mark, form.Name); err != nil {
			return err
		}
	}
	t, err := a.openTold(what, f)
	if err != nil {
		return err
	}
	defer t.close()
	if n := t.run.Scenario.Actors; n > form.Actors {
		return usage("--to %s: it shows at most %d actors, and %s has %d", form.Name, form.Actors, t.run.Scenario.Name, n)
	}
	t.run.Window = export.Window{From: f.from, Count: f.most}
	if f.out == "" {
		a.out.exact()
		if !a.out.screen.Terminal {
			defer a.working("table", doing("writing the run"))()
		}
		return t.write(form, a.untilStopped(a.out))
	}
	defer a.working("table", doing("writing "+f.out))()
	return replaceFile(f.out, func(w io.Writer) error { return t.write(form, a.untilStopped(w)) })
}

// told is a run that can be gone through as often as one likes.
type told struct {
	run   export.Run
	play  func(each func(trace.Step)) (*trace.Trailer, error)
	close func()
	read  bool        // it comes from a trace, and is not played
	words *load.Words // of a story; nil: it is none
}

// write writes a run in a form.
func (t *told) write(form export.Form, w io.Writer) error {
	x := form.New(&t.run)
	if form.Measures {
		if _, err := t.play(x.Measure); err != nil {
			return err
		}
	}
	x.Begin(w)
	foot, err := t.play(x.Step)
	if err != nil {
		return err
	}
	return x.End(foot)
}

// openTold finds the run that is meant.
func (a *app) openTold(what string, f *exportFlags) (*told, error) {
	if what != "-" && !isFile(what) {
		return a.toldScenario(what, f)
	}
	for _, flag := range []string{"seed", "set", "calm", "only"} {
		if f.given[flag] {
			return nil, usage("--%s is for a SCENARIO: %s holds a run of its own", flag, quoteOne(what))
		}
	}
	if strings.HasSuffix(what, ".jsonl") {
		return a.toldTrace(what, f)
	}
	if what != "-" {
		return a.toldSaved(what, f)
	}
	return a.toldInput(f)
}

// toldScenario is a run of a scenario under a seed.
func (a *app) toldScenario(name string, f *exportFlags) (*told, error) {
	s, err := a.openScenario(name, f.overrides)
	if err != nil {
		return nil, err
	}
	if _, err := f.workers(&s.Scenario, 1); err != nil {
		return nil, err
	}
	w, err := newWorld(&s.Scenario)
	if err != nil {
		return nil, err
	}
	head := trace.NewHeader(&s.Scenario, scenarios.Text(s), trace.Base{Seed: f.seed})
	return a.toldWorld(&s.Scenario, head, w, func() { w.Reset(f.seed, nil) }), nil
}

// toldSaved is the run of a run file, which is played again.
func (a *app) toldSaved(name string, f *exportFlags) (*told, error) {
	v, err := a.readSaved(name, &f.limits)
	if err != nil {
		return nil, err
	}
	return a.toldFile(v)
}

// toldFile is the run of a run file that has been read. It says if it comes out
// differently from what was saved.
func (a *app) toldFile(v *saved) (*told, error) {
	p, err := a.playSaved(v)
	if err != nil {
		return nil, err
	}
	for _, line := range p.lines {
		a.note(&failure{exitOtherwise, v.name + ": " + line})
	}
	v.s.Name = bareName(v.name)
	head := trace.NewHeader(&v.s.Scenario, v.file.Scenario, v.file.Base)
	head.Answers = v.file.Answers
	head.Engine, head.Strategy, head.Budget, head.Deferrals = v.file.Engine, v.file.Strategy, v.file.Budget, v.file.Deferrals
	t := a.toldWorld(&v.s.Scenario, head, v.w, func() {
		v.source.Reset()
		v.w.Reset(v.seed, v.source)
	})
	if v.story == nil {
		return t, nil
	}
	if t.words, err = v.run().Words(a.ctx); err != nil {
		return nil, cmp.Or(a.interrupted(""), err)
	}
	t.run.Story = t.words.Options()
	return t, nil
}

// toldWorld is a run that a world plays. begin makes the world ready.
func (a *app) toldWorld(s *sim.Scenario, head *trace.Header, w sim.Runner, begin func()) *told {
	steps := &trace.Steps{}
	w.Observe(steps)
	return &told{
		run: export.Run{Scenario: s, Head: head},
		play: func(each func(trace.Step)) (*trace.Trailer, error) {
			entries := uint64(0)
			steps.Each = func(s trace.Step) {
				entries += 1 + uint64(len(s.Effects))
				each(s)
			}
			begin()
			err := a.play(w)
			steps.Flush()
			return trace.NewTrailer(head, w.Outcome(), entries), err
		},
		close: func() {},
	}
}
