package cli

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/dialogue"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

const stepText = `step walks through one run, event by event, forwards and backwards. You settle what
chance would settle: which message is lost, doubled or late, who crashes before
what. At any place you can also cut the network, clog links, pause
actors, take them down and bring them back. It takes commands, a line each, from
standard input: typed, or through a pipe. The command help lists them.

Without SCENARIO it walks through happy-path. The run is in calm, where nothing
happens by chance, unless --seed names another. A FILE goes on from its own base
and answers: a run file (its name ends in .json), or a story (.story.yaml). What the
scenario has switched off everywhere is made possible, so that it can be chosen.
Until then it does nothing.

With --engine searched nothing takes time. queue lists all events that can be next,
and take picks one. The others happen in their order, the oldest first. A run file
that paxsim fuzz found continues from what it holds back.

An answer is settled by making the run again from its start, and so is a step
back: both are exact. save writes a run file that paxsim replay plays again.

At a terminal Tab completes commands, kinds of messages, actors and choices. The arrow
keys bring lines back, Enter alone repeats the last move or look, Ctrl-C clears the
line, and Ctrl-D ends.

Exit code: 0 · 1 the run broke an invariant when it was last seen to end · 2 bad usage
or input, or a command from a pipe that could not be followed · 5 the machine failed`

const stepExample = `  paxsim step literal-acks
  printf 'next 5\nshow 2\n' | paxsim step literal-acks
  paxsim step lossy --seed 7
  paxsim step found.run.json
  paxsim step literal-acks --engine searched`

func (a *app) stepCommand() *cobra.Command {
	var o overrides
	var l limits
	var seed uint64
	engine := trace.Timed
	cmd := &cobra.Command{
		Use:     "step [SCENARIO|FILE]",
		Short:   "walk through a run, and decide what chance decides",
		Long:    stepText,
		Example: stepExample,
		Args:    atMost(1, "one SCENARIO or FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			what := "happy-path"
			if len(args) > 0 {
				what = args[0]
			}
			base := trace.Base{Calm: true}
			if cmd.Flags().Changed("seed") {
				base = trace.Base{Seed: seed}
			}
			for _, flag := range []string{"seed", "engine", "set", "calm", "mutant", "only"} {
				if isSaved(what) && cmd.Flags().Changed(flag) {
					return usage("--%s is for a SCENARIO: %s holds a run of its own", flag, quoteOne(what))
				}
			}
			defer a.watchMemory(&l)()
			return a.step(what, o, base, engine == trace.Searched, &l)
		},
		ValidArgsFunction: completeRun(savedFiles),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	addNumber(flags, &seed, "seed", 1, 0, math.MaxUint64, "walk through the run under this seed; left out: in calm")
	flags.Var(wordFlag{&engine, "ENGINE", engines}, "engine", "what is next: "+orList(engines)+", by the virtual clock or by your picks")
	o.add(cmd)
	l.addMemory(flags)
	completeWords(cmd, "engine", engines)
	return cmd
}

// engines are those that a run can be stepped through in.
var engines = []string{trace.Timed, trace.Searched}

// byHand is the budget of a searched run that somebody steps through: that of a
// hunt, if nobody says otherwise.
var byHand = campaign.UsualBudget()

// step holds the dialogue about a run.
func (a *app) step(what string, o overrides, base trace.Base, searched bool, l *limits) error {
	if what == "-" {
		return usage("step reads commands from standard input: name the FILE")
	}
	r, err := a.toStep(what, o, base, searched, l)
	if err != nil {
		return err
	}
	if r.Search != nil {
		if err := searchable(what, &r.Scenario.Scenario); err != nil {
			return err
		}
	}
	if _, err := l.workers(&r.Scenario.Scenario, 1); err != nil { // what is opened happens by hand alone
		return err
	}
	s, err := r.Stepper(a.ctx)
	if err != nil {
		return usage("%s: %v", what, err)
	}
	told := &said{to: a.out}
	d := dialogue.New(s, what, told, saveStepped)
	err = a.converse(d, told)
	if d.Broken {
		a.code = worse(a.code, exitViolated)
	}
	switch {
	case a.ctx.Err() != nil:
		return a.interrupted("")
	case err != nil:
		return err
	case d.Mistakes > 0 && !terminal.Is(a.in):
		return usage("%s could not be followed", say.Plural(uint64(d.Mistakes), "command"))
	}
	return nil
}

// toStep is the run that is meant: of a file, or of a scenario.
func (a *app) toStep(what string, o overrides, base trace.Base, searched bool, l *limits) (*load.Run, error) {
	if isSaved(what) {
		v, err := a.readSaved(what, l)
		if err != nil {
			return nil, err
		}
		a.noteWrong(v)
		return v.run(), nil
	}
	given, err := a.openScenario(what, o)
	if err != nil {
		return nil, err
	}
	r := load.Of(given, base)
	if searched {
		r.Search = &search.Search{Budget: byHand}
	}
	return r, nil
}

// converse reads commands until the last, and follows each. What is said is printed
// before the next command is waited for. A command that is not typed is printed
// too, so that the output reads like what a terminal shows.
func (a *app) converse(d *dialogue.Dialogue, told *said) error {
	d.Typed = terminal.Is(a.in)
	d.Width = a.out.width()
	d.Begin()
	read := a.lineReader(d)
	for {
		l, err := read()
		switch {
		case err != nil:
			return err
		case a.out.err != nil:
			return nil // Main tells it
		case errors.Is(l.err, io.EOF):
			return nil
		case l.err != nil:
			return machine("standard input", l.err)
		case l.long:
			d.Complain("the line is too long for a command, and is passed over")
			continue
		}
		if d.Typed && strings.TrimSpace(l.text) == "" {
			l.text = d.Again()
		}
		if more, err := a.follow(d, l.text, told); err != nil || !more {
			return err
		}
	}
}

// follow follows a command. To whoever types it, it tells that it is at work if that
// takes long; what it says comes after.
func (a *app) follow(d *dialogue.Dialogue, text string, told *said) (more bool, err error) {
	if !d.Typed {
		return d.Do(text)
	}
	told.back = true
	done := a.working("table", doing("at work"))
	more, err = d.Do(text)
	done()
	told.release()
	return more, err
}

// said is a writer that can be held back.
type said struct {
	to   io.Writer
	back bool
	text bytes.Buffer
}

// Write implements [io.Writer].
func (h *said) Write(p []byte) (int, error) {
	if h.back {
		return h.text.Write(p)
	}
	return h.to.Write(p)
}

// release writes what was held back.
func (h *said) release() {
	_, _ = h.text.WriteTo(h.to) // which remembers its error
	h.back = false
}

// lineReader is what reads the next command. Its error is that of the context.
func (a *app) lineReader(d *dialogue.Dialogue) func() (line, error) {
	if e := a.newEditor(d); e != nil {
		return e.read
	}
	lines := readLines(a.in)
	return func() (l line, err error) {
		if d.Typed {
			terminal.Fprintf(a.out, "%s", dialogue.Prompt)
		}
		if a.out.flush(); a.out.err != nil {
			return l, nil
		}
		select {
		case <-a.ctx.Done():
			return l, a.ctx.Err()
		case l = <-lines:
		}
		switch {
		case l.err != nil && d.Typed:
			terminal.Fprintf(a.out, "\n")
		case l.err == nil && !d.Typed:
			terminal.Fprintf(a.out, "%s%s\n", dialogue.Prompt, l.text)
		}
		return l, nil
	}
}

// saveStepped writes the file of a run. What a person can mend by another name is a
// mistake in the dialogue.
func saveStepped(name string, f *trace.File) error {
	err := maySave("--save", name)
	if err == nil {
		err = replaceFile(name, func(w io.Writer) error {
			_, err := w.Write(f.Encode())
			return err
		})
	}
	if err != nil && codeOf(err) == exitUsage {
		return &stepper.Mistake{Text: strings.TrimPrefix(err.Error(), "--")}
	}
	return err
}
