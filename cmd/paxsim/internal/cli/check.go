package cli

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/explore"
)

const checkText = `check looks at every order of events that a SCENARIO allows within a scope. The
handlers and the invariants are those of every other run. Time is left out: a
message that is on its way can arrive at any moment, or never, and an alarm that
is set can go off at any moment. So the delays, the losses and the faults of the
scenario do not matter. What counts is the scope: how often alarms go off, how many
crashes there are, and what becomes of messages. The protocol suggests one, and the
flags change it. It is printed with the verdict, in words.

There are three verdicts. If all worlds of the scope were looked at and no
invariant breaks, it is proved for this scope. If one breaks, check shows the
shortest way to it, in events, and writes it to a story file (.story.yaml) that
explain, view, step and replay read. If a limit came first, nothing is proved.

--shortest actions shows the way with the fewest actions of the protocol instead,
and of those the one with the fewest events. It looks at more worlds, because what
was done is part of a world then. If a limit came first, it says how many actions a
violation takes at least.

Three reductions make fewer worlds. With symmetry, worlds count as one if they
differ only in the numbers of actors or values that play the same part. With dead,
they count as one if they differ only in what nobody will ever use. With order, of
events that may come in either order without a difference, one order is looked at.
None of them can hide a violation, and what they rest on is checked.

Exit code: 0 held · 1 an invariant broke · 2 bad usage or input, or a protocol whose
state cannot be compared · 3 a limit came first, or the scope proves nothing ·
5 the machine failed`

const checkExample = `  paxsim check happy-path --set actors=2 --set requests.1.actor=1 --crashes 1
  paxsim check SCENARIO --only safety --states 1000000
  paxsim check SCENARIO --mutant NAME`

// checkFlags is what a user can say to check beside the scenario.
type checkFlags struct {
	overrides
	rounds  uint64
	alarms  []string
	crashes uint64
	doubles uint64
	lost    []string
	network string
	own     string
	ask     string
	reduce  reduced

	shortest   string
	depthFirst bool
	jobs       uint64
	memory     uint64
	states     uint64
	depth      uint64
	time       time.Duration

	out    string
	format string
	given  func(flag string) bool
}

// What actors do with their own messages, and what makes a way to a violation short.
var (
	ownWays   = []string{"queued", "inline"}
	askWays   = []string{"again", "once"}
	shortests = []string{"events", "actions"}
)

func (a *app) checkCommand() *cobra.Command {
	f := checkFlags{network: sim.AtMostOnce.String(), own: ownWays[0], ask: askWays[0], reduce: allReductions, shortest: shortests[0]}
	cmd := &cobra.Command{
		Use:     "check SCENARIO",
		Short:   "look at every order of events, and prove or refute the invariants",
		Long:    checkText,
		Example: example("check", checkExample),
		Args:    exactly(1, "one SCENARIO", ", such as happy-path"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.given = cmd.Flags().Changed
			if f.shortest == "actions" {
				switch {
				case f.depthFirst:
					return usage("--shortest actions and --depth-first: depth first, no way to a violation is kept")
				case f.depth > 0:
					return usage("--shortest actions and --depth: the worlds are looked at in the order of their actions, so no depth is the last")
				case f.given("reduce") && f.reduce != reduced{}:
					return usage("--shortest actions and --reduce %s: it goes with --reduce none alone, because who has done what is part of a world", f.reduce)
				}
				f.reduce = reduced{}
			}
			if f.depthFirst && f.depth > 0 {
				return usage("--depth and --depth-first: depth first, a world may be found on a long way first, so its depth is not known")
			}
			return a.check(args[0], &f)
		},
		ValidArgsFunction: completeRun(),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	addNumber(flags, &f.rounds, "rounds", 1, 1, 200, "how many rounds each actor begins at most: one when it is asked, and then by alarms that begin one (default as the protocol suggests)")
	flags.Var(listFlag{&f.alarms, "NAME=N"}, "alarm", "how often an alarm goes off at each actor, at most, or any: repeat=1; repeatable")
	addNumber(flags, &f.crashes, "crashes", 0, 0, 200, "how many crashes there are at most, all actors together, each between two events or inside a handler")
	addNumber(flags, &f.doubles, "duplicates", 0, 0, 200, "how often a message arrives once more at most, all messages together")
	flags.Var(wordFlag{&f.network, "WORD", sim.Deliveries}, "network", "what becomes of a message: it arrives at most once, any number of times, or in the order of sending (default as the protocol suggests)")
	flags.Var(listFlag{&f.lost, "KIND"}, "lose", "messages of this kind never arrive: a smaller scope; repeatable")
	flags.Var(wordFlag{&f.own, "WORD", ownWays}, "own", "what an actor sends to itself is queued like any message, or handled inline, at once, which proves nothing")
	flags.Var(wordFlag{&f.ask, "WORD", askWays}, "ask", "whether a client asks again if its actor crashes before it answers, or once")
	flags.Var(&f.reduce, "reduce", "which reductions are used: none, all (symmetry and dead), or some of "+orList(reductionNames)+", with commas between")
	flags.Var(wordFlag{&f.shortest, "WORD", shortests}, "shortest", "which way to a violation is shown: that with the fewest "+orList(shortests))
	flags.BoolVar(&f.depthFirst, "depth-first", false, "go on from the world found last; takes less memory, and keeps no way to a violation")
	f.jobs = uint64(min(runtime.GOMAXPROCS(0), maxJobs))
	flags.VarP(jobsFlag{numberFlag{&f.jobs, 1, maxJobs}}, "jobs", "j", "how many workers look at the same time (default one a core); the result is the same with any number. With --depth-first, one does")
	f.memory = usualMemory
	flags.Var(sizeFlag{&f.memory}, "memory", "stop when the worlds take more memory than this, by their own account")
	addNumber(flags, &f.states, "states", 0, 0, math.MaxUint32, "stop after so many worlds; 0: no limit")
	addNumber(flags, &f.depth, "depth", 0, 0, math.MaxUint32, "go no further than so many steps; 0: no limit")
	flags.Var(spanFlag{&f.time}, "for", "stop after so long a time, such as 10m")
	f.overrides.add(cmd)
	flags.VarP(textFlag{&f.out, "FILE"}, "output", "o", "write the story of a violation to this file, or its run if the name ends in "+runEnding+" (default SCENARIO.check.story.yaml)")
	formats := []string{"table", "json"}
	addFormat(flags, &f.format, formats)
	completeWords(cmd, "network", sim.Deliveries)
	completeWords(cmd, "own", ownWays)
	completeWords(cmd, "ask", askWays)
	completeWords(cmd, "reduce", append([]string{"none", "all"}, reductionNames...))
	completeWords(cmd, "shortest", shortests)
	completeWords(cmd, "format", formats)
	return cmd
}

// runEnding is that of the names of run files.
const runEnding = ".run.json"

// check looks at a scenario, and tells what has come of it.
func (a *app) check(name string, f *checkFlags) error {
	s, err := a.openScenario(name, f.overrides)
	if err != nil {
		return err
	}
	scope, err := f.scope(&s.Scenario)
	if err != nil {
		return err
	}
	if f.out == "" {
		f.out = s.Name + ".check" + scenarios.StoryEnding
	}
	if err := a.distinct([]outFile{{"-o", f.out}}, pathsIn(name)); err != nil {
		return err
	}
	if err := maySaveCheck(f.out); err != nil {
		return err
	}
	defer forWorlds(f.memory)()
	p := &progress{w: a.errors, terminal: a.errors.Terminal(), width: a.screen.Width, now: time.Now}
	p.begin()
	began := time.Now()
	r, err := explore.Check(a.ctx, &s.Scenario, scope, explore.Options{
		DepthFirst: f.depthFirst, Actions: f.shortest == "actions", Symmetry: f.reduce.symmetry, Dead: f.reduce.dead, Order: f.reduce.order, Workers: int(f.jobs),
		Memory: int(min(f.memory, math.MaxInt)), States: int(f.states), Depth: int(f.depth), For: f.time,
		Progress: func(x explore.Progress) { p.say("%s", progressOf(&x, p.now().Sub(began))) },
	})
	p.clear()
	if errors.Is(err, explore.ErrNotAlike) {
		return usage("%s: %v; look without that: --reduce none", name, err)
	}
	if err != nil {
		return usage("%s: %v", name, err)
	}
	x := &checked{s: s, r: &r, took: time.Since(began), inline: scope.Inline, actions: f.shortest == "actions"}
	if r.Verdict == explore.Violated {
		a.storyOfCheck(x, f.out)
	}
	if f.format == "json" {
		err = x.json(a.out)
	} else {
		err = x.tell(a.out)
	}
	if err != nil {
		return err
	}
	a.code = worse(a.code, x.exit())
	if x.failed != nil {
		return x.failed
	}
	return a.interrupted(fmt.Sprintf(" after %s", say.Plural(uint64(r.States), "world")))
}

// forWorlds has garbage collected seldom while a check takes little, and more and more often
// when it comes near to what it may take, and a quarter. The function that it returns ends
// that.
func forWorlds(memory uint64) (restore func()) {
	before := debug.SetMemoryLimit(-1)
	most := int64(min(memory, math.MaxInt64/2))
	debug.SetMemoryLimit(min(before, most+most/4))
	return func() { debug.SetMemoryLimit(before) }
}

// progressOf tells how far a check has come.
func progressOf(x *explore.Progress, took time.Duration) string {
	text := say.Plural(uint64(x.States), "world")
	if took >= showEvery {
		text += fmt.Sprintf(", %s a second", say.Count(uint64(float64(x.States)/took.Seconds()+0.5)))
	}
	if x.Depth > 0 {
		text += fmt.Sprintf(", depth %d", x.Depth)
	}
	return text + fmt.Sprintf(", %s to go on from, %s", say.Count(uint64(x.Frontier)), size(uint64(x.Bytes)))
}

// scope is the scope that is asked for.
func (f *checkFlags) scope(s *sim.Scenario) (sim.Scope, error) {
	words := s.Protocol.Vocabulary()
	scope := s.Protocol.Scope(s)
	if f.given("rounds") {
		scope.SetRounds(words, int(f.rounds))
	}
	if f.given("crashes") {
		scope.Crashes = int(f.crashes)
	}
	scope.Duplicates = int(f.doubles)
	if f.given("network") {
		for i, word := range sim.Deliveries {
			if word == f.network {
				scope.Network = sim.Delivery(i)
			}
		}
	}
	if scope.Duplicates > 0 && scope.Network != sim.AtMostOnce {
		return scope, usage("--duplicates goes with --network %s alone", sim.AtMostOnce)
	}
	for _, name := range f.lost {
		kind := slices.IndexFunc(words.Messages, func(known string) bool { return strings.EqualFold(known, name) && name != "" })
		if kind < 0 {
			known := slices.DeleteFunc(slices.Clone(words.Messages), func(x string) bool { return x == "" })
			return scope, usage("--lose %s: expected a kind of message of %s: %s", quoteOne(name), s.Protocol.Name(), orList(known)+didYouMean(name, known, "%s"))
		}
		scope.Lost = append(scope.Lost, uint8(kind))
	}
	scope.AskOnce = scope.AskOnce || f.ask == "once"
	scope.Inline = scope.Inline || f.own == "inline"
	for _, text := range f.alarms {
		name, number, ok := strings.Cut(text, "=")
		kind := -1
		for i, known := range words.TimerNames() {
			if known == name && name != "" {
				kind = i
			}
		}
		if !ok || kind < 0 {
			return scope, usage("--alarm %s: expected NAME=N, with the name of an alarm of %s: %s", quoteOne(text), s.Protocol.Name(), orList(words.TimerNames())+didYouMean(name, words.TimerNames(), "%s"))
		}
		if number == "any" {
			scope.Alarms[kind] = sim.Unlimited
			continue
		}
		n, err := strconv.ParseUint(number, 10, 8)
		if err != nil || n > 200 {
			return scope, usage("--alarm %s: expected a number from 0 to 200, or any", quoteOne(text))
		}
		scope.Alarms[kind] = int(n)
	}
	return scope, nil
}
