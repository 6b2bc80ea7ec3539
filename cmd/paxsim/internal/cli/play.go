package cli

import (
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/playhost"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/playserver"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/playwasm"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/play"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/explain/view"
	"github.com/paxsim/paxsim/sim/trace"
)

const playText = `play opens a page in which you act: you lose, double or delay a message, crash an
actor, pick the next event, and see at once what follows. Every act can be undone. What you have made is a run file, which paxsim replay plays again.

It prints the address of the page, and serves it until Ctrl-C ends it. Nobody else
can use it: it listens on this machine alone, the address holds a random word, and
pages of other addresses get no answer. --open opens a browser there.

With -o it writes the page to a file instead, with the engine in it. Such a file
needs no paxsim and no network, and can be given away. The Go tool builds the engine
from the source of this command, which takes a while the first time.

The page opens with SCENARIO (default: the first). The run is in calm, where nothing
happens by chance, unless --seed names another. It can also open with the run of a
FILE, a run file whose name ends in .json. A scenario can have at most 64 actors here, and a run at most
20,000 events.

Exit code: 0 the page is written · 2 bad usage or input, or no source to build from ·
5 the machine failed · 130, 143, 129 ended by Ctrl-C or a signal`

const playExample = `  paxsim play
  paxsim play lossy --seed 7 --open
  paxsim play found.run.json
  paxsim play -o play.html`

// playFlags is what play gets beside what to open.
type playFlags struct {
	overrides
	seed     string
	engine   string
	out      string
	open     bool
	scenario []string // the flags given that are for a SCENARIO
	limits   limits
}

func (a *app) playCommand() *cobra.Command {
	f := playFlags{engine: trace.Timed}
	var seed uint64
	cmd := &cobra.Command{
		Use:     "play [SCENARIO|FILE]",
		Short:   "a page to act on: change a run by clicks",
		Long:    playText,
		Example: example("play", playExample),
		Args:    atMost(1, "one SCENARIO or FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, flag := range []string{"seed", "engine", "set", "calm", "mutant", "only"} {
				if cmd.Flags().Changed(flag) {
					f.scenario = append(f.scenario, flag)
				}
			}
			if cmd.Flags().Changed("seed") {
				f.seed = strconv.FormatUint(seed, 10)
			}
			what := scenarios.First()
			if len(args) > 0 {
				what = args[0]
			}
			defer a.watchMemory(&f.limits)()
			return a.playPage(what, &f)
		},
		ValidArgsFunction: completeRun(savedFiles),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.VarP(textFlag{&f.out, "FILE"}, "output", "o", "write the page to this file, with its engine in it; - is standard output")
	flags.BoolVar(&f.open, "open", false, "open a browser at the page")
	addNumber(flags, &seed, "seed", 1, 0, math.MaxUint64, "open with the run under this seed; left out: in calm")
	flags.Var(wordFlag{&f.engine, "ENGINE", engines}, "engine", "what is next: "+orList(engines)+", by the virtual clock or by your picks")
	f.add(cmd)
	f.limits.addMemory(flags)
	completeWords(cmd, "engine", engines)
	return cmd
}

// playPage writes the page, or serves it.
func (a *app) playPage(what string, f *playFlags) error {
	opens, err := a.playOpens(what, f)
	switch {
	case err != nil:
		return err
	case f.out != "" && f.open:
		return usage("--open is for a page that is served: -o writes one")
	case f.out != "":
		return a.playFile(what, f.out, opens)
	}
	s, err := playserver.Listen(opens)
	if err != nil {
		return machine("no address to serve the page at", err)
	}
	a.out.exact() // an address is one word
	terminal.Fprintf(a.out, "%s\n", s.Address())
	if a.out.flush(); a.out.err != nil {
		return nil // Main tells it
	}
	a.remark("open this address in a browser; Ctrl-C ends it\n")
	if f.open {
		go a.browse(s.Address()) // which waits for the opener, and that for the page
	}
	if err := s.Serve(a.ctx); err != nil {
		return machine("serving the page", err)
	}
	return a.interrupted("")
}

// playFile writes the page with its engine.
func (a *app) playFile(what, name string, opens *play.Request) error {
	if name != "-" {
		if err := a.distinct([]outFile{{"-o", name}}, pathsIn(what)); err != nil {
			return err
		}
		if err := mayOverwrite("-o", name, view.PlayMark, "a page by paxsim play"); err != nil {
			return err
		}
	}
	engine, err := playwasm.Make(a.ctx, func() {
		a.remark("the engine of the page is being built\n")
	})
	var none *playwasm.NoSource
	switch {
	case a.ctx.Err() != nil:
		return a.interrupted("")
	case errors.As(err, &none):
		return usage("-o %s: %v", quoteOne(name), err)
	case err != nil:
		return machine("building the engine of the page", err)
	}
	e := view.Engine{Wasm: engine.Wasm, Glue: string(engine.Exec), Opens: opens, Lessons: playhost.Lessons()}
	if name == "-" {
		a.out.exact()
		return view.WritePlay(a.untilStopped(a.out), e)
	}
	return replaceFile(name, func(w io.Writer) error { return view.WritePlay(a.untilStopped(w), e) })
}

// playOpens is what the page asks for first. Mistakes in it are reported now.
func (a *app) playOpens(what string, f *playFlags) (*play.Request, error) {
	if strings.HasSuffix(what, ".json") {
		if len(f.scenario) > 0 {
			return nil, usage("--%s is for a SCENARIO: %s holds a run of its own", f.scenario[0], quoteOne(what))
		}
		data, err := a.readInput(what, runFile)
		if err != nil {
			return nil, err
		}
		if _, err := a.decodeSaved(what, data, &f.limits); err != nil {
			return nil, err
		}
		return &play.Request{Do: "open", File: string(data)}, nil
	}
	s, err := a.openScenario(what, f.overrides)
	if err != nil {
		return nil, err
	}
	if s.Actors > play.Usual.Actors {
		return nil, usage("%s has %s: play takes at most %d, as by --set actors=9", what, say.Plural(uint64(s.Actors), "actor"), play.Usual.Actors)
	}
	q := &play.Request{Do: "open", Scenario: what, Set: f.set, Calm: f.calm, Mutant: f.mutant, Only: f.only, Seed: f.seed}
	if f.engine != trace.Timed {
		q.Engine = f.engine
		if err := searchable(what, &s.Scenario); err != nil {
			return nil, err
		}
	}
	_, text, err := scenarios.Open(what)
	if err != nil {
		return nil, scenarioError(what, err)
	}
	if len(pathsIn(what)) == 0 {
		return q, nil
	}
	if _, err := scenarios.Read(what, text, f.list()...); err != nil { // it is like a file beside it, which no page reaches
		q.Set, q.Calm, q.Mutant, text = nil, nil, "", scenarios.Text(s)
	}
	q.Scenario, q.Text = "", text
	return q, nil
}
