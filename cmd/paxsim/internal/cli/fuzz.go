package cli

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/story"
)

const fuzzText = `fuzz looks for a run that breaks an invariant. It plays --runs runs in the searched
engine. There nothing takes time, and an adversary picks the next event among all
that are possible. Messages are lost and doubled, actors crash and alarms go off as
long as the budget of the run lasts. A run follows from its seed alone. Only the
strategy feedback continues from states that earlier runs reached.

--seed is the first of as many seeds as there are runs: hunts from seeds 1 and 2 are
nearly the same hunt. --repetition 2, 3, … are hunts that share no seed with the first.

Without SCENARIO it hunts in a ground of its own: a few scenarios of 3 to 17
actors, one for each seed. --mutant puts a bug in, so that you can see what a find
looks like.

Failures are told apart by the invariant and by what broke it. Of each, the first
and the smallest run are kept in --out, as files that paxsim replay plays with no
adversary present. Beside each is its story (.story.yaml): the few events that
matter, in words, as paxsim shrink makes it. Runs and stories that were kept in
--again are made first. The report ends with how strong the evidence is, and with
the shortest story.

--resume continues a hunt that was killed or interrupted. The result is the one
that the whole hunt would have had.

Exit code: 0 all held · 1 an invariant broke · 2 bad usage or input · 3 the runs
proved nothing, or never reached a mark that such runs must reach · 5 the machine
failed`

const fuzzExample = `  paxsim fuzz
  paxsim fuzz --runs 10000000 --resume`

// fuzzFlags is what fuzz gets beside the scenario.
type fuzzFlags struct {
	overrides
	limits
	runs, seed uint64
	repetition uint64
	time       time.Duration
	strategy   string
	depth      uint64
	events     uint64
	alarms     uint64
	losses     uint64
	duplicates uint64
	crashes    uint64
	swarm      bool
	out        string
	again      string
	againGiven bool
	first      bool
	shard      string
	resume     bool
	saveEvery  time.Duration
	shrink     bool
	cap        uint64
	format     string
}

// allStrategies is the word for them.
const allStrategies = "all"

func (a *app) fuzzCommand() *cobra.Command {
	var f fuzzFlags
	var measured profiles
	cmd := &cobra.Command{
		Use:     "fuzz [SCENARIO]",
		Short:   "look for a run that breaks an invariant",
		Long:    fuzzText,
		Example: example("fuzz", fuzzExample),
		Args:    oneScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			changed := cmd.Flags().Changed
			f.limits.jobsGiven = changed("jobs")
			f.againGiven = changed("again")
			switch {
			case f.time > 0 && changed("runs"):
				return usage("--runs and --for: a hunt is for so many runs, or for so long a time")
			case f.shard != "" && (f.time > 0 || f.first):
				return usage("--shard: a part is of so many --runs, without --for and --first")
			}
			if err := a.distinct(append(measured.files(), outFile{"--out", nameOfHunt(f.out, f.shard)}), pathsIn(args...)); err != nil {
				return err
			}
			return measured.during(func() error { return a.fuzz(args, &f) })
		},
		ValidArgsFunction: completeRun(),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	addNumber(flags, &f.runs, "runs", campaign.UsualRuns, 1, maxRuns, "how many runs")
	flags.Var(spanFlag{&f.time}, "for", "in place of --runs: stop after so long a time, such as 10m")
	addNumber(flags, &f.seed, "seed", 1, 0, math.MaxUint64, "the seed of the first run; the next has the next")
	addNumber(flags, &f.repetition, "repetition", 1, 1, campaign.MaxRepetition, "which of several hunts that share no run: the K-th begins at --seed + (K-1)·2^32")
	f.overrides.add(cmd)
	f.strategy = allStrategies
	words, usual := append(campaign.Strategies(), allStrategies), campaign.UsualBudget()
	flags.Var(wordFlag{&f.strategy, "NAME", words}, "strategy", "the adversary: "+orList(words)+", which takes them in turn by seed")
	addNumber(flags, &f.depth, "depth", 3, 1, campaign.MaxDepth, "how many events in a certain order pct is out for")
	addNumber(flags, &f.events, "events", uint64(usual.Events), 1, 1_000_000, "the budget of a run: how many events it handles at most")
	addNumber(flags, &f.alarms, "alarms", uint64(usual.Alarms), 0, 1_000_000, "how many alarms go off, at most; each run draws its own number")
	addNumber(flags, &f.losses, "losses", uint64(usual.Losses), 0, 1_000_000, "how many messages are lost, at most; in half of the runs none, and so below")
	addNumber(flags, &f.duplicates, "duplicates", uint64(usual.Duplicates), 0, 1_000_000, "how many messages are doubled, at most")
	addNumber(flags, &f.crashes, "crashes", uint64(usual.Crashes), 0, 1_000_000, "how many crashes there are by chance, at most")
	flags.BoolVar(&f.swarm, "swarm", true, "each run draws what it has of these budgets; --swarm=false: it has all")
	f.out = "paxsim-found"
	flags.Var(textFlag{&f.out, "DIR"}, "out", "where finds are kept; made when there is one")
	f.again = "testdata"
	flags.Var(textFlag{&f.again, "DIR"}, "again", "where runs were kept that are made first, if they are of this protocol and mutant")
	flags.BoolVar(&f.shrink, "shrink", true, "make a story of the first and of the smallest run of each failure, in --out; --shrink=false: make none")
	addNumber(flags, &f.cap, "cap", story.DefaultCap, 1, math.MaxUint64, "how many events are played to make one story, at most")
	flags.BoolVar(&f.first, "first", false, "stop at the first failure")
	flags.Var(shardFlag{&f.shard}, "shard", "make only the i-th of n parts of the runs; paxsim merge adds them up")
	flags.BoolVar(&f.resume, "resume", false, "continue a hunt that was ended early, by what is in --out")
	f.saveEvery = 2 * time.Second
	flags.Var(spanFlag{&f.saveEvery}, "save-every", "how often the hunt keeps how far it has come, for --resume")
	f.limits.addJobs(flags)
	formats := []string{"table", "json"}
	addFormat(flags, &f.format, formats)
	f.limits.addMemory(flags)
	measured.add(flags)
	completeWords(cmd, "strategy", words)
	completeWords(cmd, "format", formats)
	return cmd
}

// spanFlag is a flag for a time by the clock on the wall.
type spanFlag struct{ value *time.Duration }

func (s spanFlag) String() string {
	if *s.value == 0 {
		return ""
	}
	return s.value.String()
}
func (s spanFlag) Type() string { return "TIME" }

func (s spanFlag) Set(text string) error {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 || d > 10_000*time.Hour {
		return errors.New("expected a time such as 30s, 10m or 8h, up to 10000h")
	}
	*s.value = d
	return nil
}

// shardFlag is a flag for one of several parts.
type shardFlag struct{ value *string }

func (s shardFlag) String() string { return *s.value }
func (s shardFlag) Type() string   { return "i/n" }

func (s shardFlag) Set(text string) error {
	if _, _, ok := report.ParseShard(text); !ok {
		return fmt.Errorf("expected a part such as 2/3, of at most %d", report.MaxShards)
	}
	*s.value = text
	return nil
}

// fuzz hunts, keeps what it finds, and tells what came out.
func (a *app) fuzz(args []string, f *fuzzFlags) error {
	name, h, err := a.newHunt(args, f)
	if err != nil {
		return err
	}
	keep := &keeper{dir: f.out, kept: map[string]bool{}}
	if err := keep.check(); err != nil {
		return err
	}
	defer a.watchMemory(&f.limits)()
	kept := newResumer(f.out, report.NewHuntOf(name, h), f.shard)
	if f.resume {
		if h.From, err = kept.read(); err != nil {
			return err
		}
		if h.From == nil {
			a.remark("--resume: %s keeps no hunt that is not over: this one begins\n", f.out)
		}
	} else if kept.there() {
		a.remark("%s keeps a hunt that is not over, and this one will take its place; --resume goes on with it\n", kept.name)
	}
	var again []report.HuntAgain
	if h.Shard <= 1 { // one of the shards is enough
		if again, err = a.again(f.again, f.againGiven, h.Ground[0].Scenario, &f.limits); err != nil {
			return err
		}
	}
	p := newProgress(a.errors, h)
	p.width = a.screen.Width
	h.Each = func(e *campaign.Evidence) error {
		p.show(e)
		return keep.firsts(e)
	}
	h.Keep, h.KeepEvery = kept.keep, f.saveEvery
	e, err := h.Run(a.ctx)
	p.end(e)
	whole := err == nil
	if err != nil && (a.ctx.Err() == nil || keep.broken) {
		err := fuzzError(err)
		a.note(err) // what was found before is printed all the same
		keep.broken = keep.broken || codeOf(err) == exitMachine
	}
	if err := keep.smallest(e); err != nil {
		a.note(err)
	}
	told := report.NewHunt(name, h, e, keep.file)
	st := &stories{}
	if f.shrink {
		st = a.storiesOf(keep, e, f.cap)
		st.name(told, e)
	}
	told.Interrupted, told.Again = err != nil, again
	if f.format == "json" {
		err = told.JSON(a.out)
	} else {
		if err = told.Text(a.out, a.out.width()); err == nil {
			a.tellStory(st)
		}
	}
	if err := cmp.Or(err, a.out.err); err != nil {
		return err
	}
	a.code = worse(a.code, told.Exit())
	hint := ""
	if whole {
		kept.over() // not before all of it is printed and kept
	} else if kept.ours {
		hint = "; --resume goes on"
	}
	return a.interrupted(fmt.Sprintf(" after %s%s", say.Plural(e.Runs, "run"), hint))
}

// fuzzError is an error of a hunt as a failure.
func fuzzError(err error) error {
	var known *failure
	if errors.As(err, &known) {
		return err
	}
	return usage("%v", err)
}

// newHunt is the hunt that is asked for, and what it is over, in words.
func (a *app) newHunt(args []string, f *fuzzFlags) (string, *campaign.Hunt, error) {
	h := &campaign.Hunt{
		Strategies: campaign.Strategies(), Depth: int(f.depth), Runs: f.runs, For: f.time, StopAtFirst: f.first, Steady: !f.swarm,
		Budget: search.Budget{Events: int(f.events), Alarms: int(f.alarms), Losses: int(f.losses), Duplicates: int(f.duplicates), Crashes: int(f.crashes)},
	}
	if f.shard != "" {
		h.Shard, h.Shards, _ = report.ParseShard(f.shard)
	}
	if f.strategy != allStrategies {
		h.Strategies = []string{f.strategy}
	}
	if f.time > 0 {
		h.Runs = 0
	}
	var ok bool
	if h.First, ok = campaign.Repetition(f.seed, f.repetition, h.Runs); !ok && f.repetition > 1 {
		return "", nil, usage("--seed %d, --repetition %d: there are no %d seeds from %d + %d·2^32 on", f.seed, f.repetition, max(h.Runs, 1), f.seed, f.repetition-1)
	} else if !ok {
		return "", nil, usage("--seed %d: there are no %d seeds from here on", f.seed, f.runs)
	}
	name := "the hunting ground"
	if len(args) > 0 {
		name = args[0]
		s, err := a.openScenario(name, f.overrides)
		if err != nil {
			return "", nil, err
		}
		h.Ground = []campaign.Variant{{Scenario: &s.Scenario, Text: scenarios.Text(s)}}
		h.Required = s.Expect.Marks
	} else if err := f.openGround(h); err != nil {
		return "", nil, err
	}
	for _, v := range h.Ground {
		if err := searchable(v.Name, v.Scenario); err != nil {
			return "", nil, err
		}
	}
	var err error
	h.Workers, err = f.hunters(name, h, maxRuns)
	return name, h, err
}

// searchable is the mistake of a scenario that the searched engine does not run.
func searchable(name string, s *sim.Scenario) error {
	why := campaign.Unsearchable(s)
	switch {
	case why == "":
		return nil
	case s.Network.FIFO:
		return usage("%s: %s, by --set network.fifo=false", name, why)
	}
	return usage("%s: %s, by --calm", name, why)
}

// openGround makes a hunt one in the hunting ground.
func (f *fuzzFlags) openGround(h *campaign.Hunt) error {
	list, err := scenarios.Ground(f.overrides.list()...)
	if err != nil {
		return scenarioError("the hunting ground", err)
	}
	for _, g := range list {
		if f.only != nil {
			if err := watchOnly(g.Scenario, f.only); err != nil {
				return err
			}
		}
		h.Ground = append(h.Ground, campaign.Variant{Scenario: &g.Scenario.Scenario, Text: scenarios.Text(g.Scenario), Weight: g.Weight})
	}
	h.Required = scenarios.GroundMarks(list, h.Budget.Crashes > 0)
	return nil
}
