package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/story"
	"github.com/paxsim/paxsim/sim/trace"
)

const shrinkText = `shrink makes a short story of a run that breaks an invariant. A story lists the
events that matter, in order; what it does not list never happens. It breaks the
same invariant as the run, and no line of it can go. A story is a text file: you
can read it, edit it, and play it with replay, step, view, diff and export.

Name a FILE: a run file (.json), or a story (.story.yaml) to be made shorter. Or
name a SCENARIO and a --seed. With --engine searched the run is the one that
paxsim fuzz makes under that seed.

The story is written to FILE.story.yaml or SCENARIO-SEED.story.yaml in the current
directory, or where -o says. Another story there is replaced, no other file is.

Exit code: 0 the story is written · 2 bad usage or input, or the run breaks no
invariant · 3 no story can be made of the run · 4 a FILE plays as another run now ·
5 the machine failed`

const shrinkExample = `  paxsim shrink paxsim-found/agreement-save.run.json
  paxsim shrink literal-acks --seed 1 -o acks.story.yaml
  paxsim shrink literal-acks --engine searched --seed 3`

// shrinkFlags is what shrink gets beside the run.
type shrinkFlags struct {
	overrides
	limits
	seed   uint64
	engine string
	cap    uint64
	out    string
	format string
	given  []string // flags that are for a SCENARIO
}

func (a *app) shrinkCommand() *cobra.Command {
	f := shrinkFlags{engine: trace.Timed}
	cmd := &cobra.Command{
		Use:     "shrink SCENARIO|FILE",
		Short:   "make a short story of a run that breaks an invariant",
		Long:    shrinkText,
		Example: example("shrink", shrinkExample),
		Args:    exactly(1, "one SCENARIO or FILE", ", such as paxsim-found/agreement-save.run.json"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.note(cmd)
			defer a.watchMemory(&f.limits)()
			return a.shrink(args[0], &f)
		},
		ValidArgsFunction: completeRun(savedFiles),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.VarP(textFlag{&f.out, "FILE"}, "output", "o", "write the story to this file; - is standard output (default FILE.story.yaml, or SCENARIO-SEED.story.yaml)")
	addNumber(flags, &f.seed, "seed", 1, 0, math.MaxUint64, "the seed of a SCENARIO")
	flags.Var(wordFlag{&f.engine, "ENGINE", engines}, "engine", "what chose the next event of a SCENARIO: "+orList(engines))
	addNumber(flags, &f.cap, "cap", story.DefaultCap, 1, math.MaxUint64, "stop after so many events have been played; the story may then be longer than it must")
	f.overrides.add(cmd)
	formats := []string{"table", "json"}
	addFormat(flags, &f.format, formats)
	f.limits.addMemory(flags)
	completeWords(cmd, "engine", engines)
	completeWords(cmd, "format", formats)
	return cmd
}

// note notes which flags are given that are for a SCENARIO.
func (f *shrinkFlags) note(cmd *cobra.Command) {
	for _, flag := range []string{"seed", "engine", "set", "calm", "mutant", "only"} {
		if cmd.Flags().Changed(flag) {
			f.given = append(f.given, flag)
		}
	}
}

// shrink makes a story of a run and writes it.
func (a *app) shrink(what string, f *shrinkFlags) error {
	name := f.out
	if name == "" {
		name = runName(what, f.seed) + scenarios.StoryEnding
	}
	if name != "-" {
		if err := a.distinct([]outFile{{"-o", name}}, pathsIn(what)); err != nil {
			return err
		}
		if err := maySaveStory("-o", name); err != nil {
			return err
		}
	}
	find, _, err := a.findIn(what, f)
	if err != nil {
		return err
	}
	began := time.Now()
	x, err := a.shrinkFind(name, find, f.cap)
	if err != nil {
		return a.shrinkError(what, err)
	}
	took := time.Since(began)
	if name == "-" {
		a.out.exact()
		terminal.Fprintf(a.out, "%s", terminal.Lines(x.text))
		if f.format == "table" {
			a.tellShrunk(a.errors, x)
			a.tellTime(took)
		}
		return a.out.err
	}
	if err := writeFile(name, []byte(x.text)); err != nil {
		return err
	}
	if f.format == "json" {
		return x.json(a.out, name, took)
	}
	a.tellShrunk(a.out, x)
	terminal.Fprintf(a.out, "\n%s\nThe story is in %s. The next commands:\n%s", terminal.Lines(x.lines()), quoteOne(name), terminal.Lines(nextCommands(name)))
	a.tellTime(took)
	return a.out.err
}

// tellTime tells at a terminal how long it took: that differs from day to day.
func (a *app) tellTime(took time.Duration) {
	if a.errors.Terminal() {
		terminal.Fprintf(a.errors, "Shrinking took %s.\n", took.Round(time.Millisecond))
	}
}

// tellShrunk tells what became of the run.
func (a *app) tellShrunk(to io.Writer, x *shrunk) {
	v := x.played.Outcome.Violation
	terminal.Fprintf(to, "%s (%s) breaks.\n\n%s\n", v.Invariant, v.Grade, terminal.Lines(x.sizes()))
	terminal.Fprintf(to, "To find the story, %s of %s were played.\n", say.Plural(x.work.Replays, "run"), say.Plural(x.work.Events, "event"))
	if x.work.Capped {
		terminal.Fprintf(to, "That is the limit of --cap: the story may be longer than it must.\n")
	}
}

// lines are the lines of the story, or what it has in their place.
func (x *shrunk) lines() string {
	if !x.story.Clock {
		return "  " + strings.Join(x.story.Lines, "\n  ") + "\n"
	}
	text := "The order of the events alone does not break it, so the story keeps the clock.\nAll goes well in it, except for these answers:\n"
	for _, choice := range slices.Sorted(maps.Keys(x.story.Given)) {
		text += fmt.Sprintf("  %s: %d\n", choice, x.story.Given[choice])
	}
	return text
}

// nextCommands are what a person does with a story, a line each.
func nextCommands(name string) string {
	out := ""
	for _, c := range []string{"explain", "view", "step", "replay"} {
		out += "  " + quote(terminal.Program(), c, terminal.File(name)) + "\n"
	}
	return out
}

// json writes what became of the run for programs.
func (x *shrunk) json(to io.Writer, name string, took time.Duration) error {
	type size struct {
		Events  uint64 `json:"events"`
		Actions int    `json:"actions"`
		Actors  int    `json:"actors"`
	}
	v := x.played.Outcome.Violation
	e := json.NewEncoder(to)
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Violation string `json:"violation"`
		Grade     string `json:"violation_grade"`
		Run       size   `json:"run"`
		Shrunk    size   `json:"shrunk"`
		Replays   uint64 `json:"replays"`
		Replayed  uint64 `json:"events_replayed"`
		Capped    bool   `json:"capped"`
		Story     string `json:"story"`
		Wall      int64  `json:"wall_ms"`
	}{v.Invariant, v.Grade.String(), size(x.work.Before), size(x.after()), x.work.Replays, x.work.Events, x.work.Capped, name, took.Milliseconds()})
}

// findIn is the run that is meant: of a file, which comes with it, or of a scenario
// under a seed.
func (a *app) findIn(what string, f *shrinkFlags) (story.Find, *saved, error) {
	if isFile(what) || what == "-" {
		if len(f.given) > 0 {
			return story.Find{}, nil, usage("--%s is for a SCENARIO: %s holds a run of its own", f.given[0], quoteOne(what))
		}
		return a.findInFile(what, f)
	}
	s, err := a.openScenario(what, f.overrides)
	if err != nil {
		return story.Find{}, nil, err
	}
	if f.engine == trace.Timed {
		_, err := f.workers(&s.Scenario, 1)
		return story.Find{Scenario: &s.Scenario, Seed: f.seed}, nil, err
	}
	if err := searchable(what, &s.Scenario); err != nil {
		return story.Find{}, nil, err
	}
	h := &campaign.Hunt{
		Ground: []campaign.Variant{{Scenario: &s.Scenario, Text: scenarios.Text(s)}}, Strategies: campaign.Strategies(), Depth: 3, First: f.seed, Runs: 1, Budget: campaign.UsualBudget(),
	}
	if h.Workers, err = f.hunters(what, h, 1); err != nil {
		return story.Find{}, nil, err
	}
	e, err := h.Run(a.ctx)
	if stopped := a.interrupted(""); stopped != nil {
		return story.Find{}, nil, stopped
	}
	if err != nil {
		return story.Find{}, nil, fuzzError(err)
	}
	if len(e.Finds) == 0 {
		return story.Find{}, nil, a.shrinkError(what, story.ErrHolds)
	}
	find, err := story.Of(&s.Scenario, e.Finds[0].First.File)
	return find, nil, err
}

// findInFile is the run of a run file or of a story. It says if that comes out differently
// from what the file says.
func (a *app) findInFile(what string, f *shrinkFlags) (story.Find, *saved, error) {
	if strings.HasSuffix(what, ".jsonl") {
		return story.Find{}, nil, usage("%s is a trace, which holds no answers: name a run file", quoteOne(what))
	}
	v, err := a.readSaved(what, &f.limits)
	if err != nil {
		return story.Find{}, nil, err
	}
	p, err := a.playSaved(v)
	if err != nil {
		return story.Find{}, nil, err
	}
	for _, line := range p.lines {
		a.note(&failure{exitOtherwise, v.name + ": " + line})
	}
	find, err := story.Of(&v.s.Scenario, v.file)
	return find, v, err
}
