package cli

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/metrics"
)

const runText = `run plays a scenario under --runs seeds, from --seed on, and prints a row a run
and then a summary. Without SCENARIO it plays happy-path.

SCENARIO is a name of the library (see "paxsim scenarios list"), or a file if it
has a "/" in it or ends in .yaml or .yml. A failing run is followed by the command
that shows it again. Above 1,000 runs, only failing runs are listed; csv and json
always have all.

On a narrow terminal the table leaves out columns in this order: digest, delays,
chosen_ms, counters that are not of rounds, doubled, dropped, crashes, sent, learned,
learned_ms, decided_ms. It names them, and --wide shows all.

Runs are shared out over -j workers. The output does not depend on how many there are.
A scenario is not begun if it would need more memory than --max-memory, or more than
a cgroup or ulimit leaves.

--times tells when each actor learned, and how long each phase of each round waited for
its quorum: in two tables for one run, and for programs in two more fields of each row.

Exit code: 0 all held · 1 a property was violated · 2 bad usage or input ·
3 undecided or partial, or nothing was tried · 5 the machine failed`

const runExample = `  paxsim run lossy --seed 7 --runs 20
  paxsim run happy-path --set actors=9 --trace
  paxsim run lossy --set network.loss=50% --runs 1000 --format csv
  paxsim run literal-acks --seed 1 --save found.run.json
  paxsim run lossy --runs 1000 --metrics lossy.om
  paxsim run lossy --runs 1 --log info`

// maxRuns is how many runs one command may be asked for.
const maxRuns = 1_000_000_000

// runFlags is what run gets beside the scenario.
type runFlags struct {
	overrides
	limits
	runs, seed uint64
	format     string
	trace      bool
	save       string
	observing
	profiles
}

func (a *app) runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:     "run [SCENARIO]",
		Short:   "play a scenario under many seeds: a row a run",
		Long:    strings.Replace(runText, "it plays happy-path", "it plays "+scenarios.First(), 1),
		Example: runExample,
		Args:    oneScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			name := scenarios.First()
			if len(args) > 0 {
				name = args[0]
			}
			if err := f.check(cmd.Flags().Changed("runs")); err != nil {
				return err
			}
			if err := a.distinct(append(f.profiles.files(), outFile{"--save", f.save}, outFile{"--metrics", f.metrics}), pathsIn(name)); err != nil {
				return err
			}
			f.limits.jobsGiven = cmd.Flags().Changed("jobs")
			return f.during(func() error { return a.run(name, &f) })
		},
		ValidArgsFunction: completeRun(),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	addNumber(flags, &f.runs, "runs", 10, 1, maxRuns, "how many runs")
	addNumber(flags, &f.seed, "seed", 1, 0, math.MaxUint64, "the seed of the first run; the next has the next")
	f.overrides.add(cmd)
	f.limits.addJobs(flags)
	addFormat(flags, &f.format, report.Formats)
	flags.BoolVar(&f.trace, "trace", false, "show one run event by event, a column an actor")
	flags.BoolVar(&f.times, "times", false, "tell when each actor learned, and how long each phase waited for its quorum")
	flags.Var(textFlag{&f.save, "FILE"}, "save", "write one run to this file, for paxsim replay")
	f.limits.addMemory(flags)
	f.observing.add(cmd)
	f.profiles.add(flags)
	completeWords(cmd, "format", report.Formats)
	return cmd
}

// check holds the flags against one another.
func (f *runFlags) check(runsGiven bool) error {
	for _, one := range []struct {
		flag string
		on   bool
	}{{"--trace", f.trace}, {"--save", f.save != ""}, {"--times in a table", f.timesForPeople()}} {
		if one.on && runsGiven && f.runs != 1 {
			return usage("%s is for one run: leave --runs %d away, and name the run by --seed", one.flag, f.runs)
		}
	}
	if f.trace && f.times {
		return usage("expected one of --trace and --times: a trace says when everything happens")
	}
	if f.trace || f.save != "" || f.timesForPeople() {
		f.runs = 1
	}
	if f.seed > math.MaxUint64-(f.runs-1) {
		return usage("--seed %d: there are no %d seeds from here on", f.seed, f.runs)
	}
	if f.save != "" {
		if err := maySave("--save", f.save); err != nil {
			return err
		}
	}
	return f.observing.check()
}

// timesForPeople says whether times have tables of their own.
func (f *runFlags) timesForPeople() bool {
	return f.times && (f.format == "table" || f.format == "markdown")
}

// run plays the scenario and prints what came out.
func (a *app) run(name string, f *runFlags) error {
	s, err := a.openScenario(name, f.overrides)
	if err != nil {
		return err
	}
	workers, err := f.workers(&s.Scenario, f.runs)
	if err != nil {
		return err
	}
	defer a.watchMemory(&f.limits)()
	if f.log != "" {
		workers, a.records = 1, true // records of one run are side by side
	}
	s.Scenario = *f.observing.on(&s.Scenario, a.errors)
	if f.trace {
		return a.runTrace(s, f)
	}
	return a.runMany(name, s, f, workers)
}

// several says whether the runs of a scenario wait for more than instance 0.
func several(s *sim.Scenario) bool { return s.Protocol.Goal(s).Instances > 1 }

// runMany makes all runs and prints a row each, then the summary.
func (a *app) runMany(name string, s *scenarios.Scenario, f *runFlags, workers int) error {
	sum := report.NewSummary(&s.Scenario)
	page := report.Page{Protocol: s.Protocol, Runs: f.runs, Summary: true, Several: several(&s.Scenario), Width: a.out.width()}
	var counts *metrics.Counts // of the row that is being written
	if f.metrics != "" && (f.format == "csv" || f.format == "json") {
		page.After = []report.Extra{
			{Name: "on_the_way", Of: func() string { return strconv.FormatUint(counts.Most, 10) }},
			{Name: "on_the_way_to_one", Of: func() string { return strconv.FormatUint(counts.MostTo, 10) }},
		}
	}
	var times *report.Times // of the row that is being written
	if f.times {
		page.After = append(page.After, report.TimesFields(func() (*sim.Scenario, *report.Times) { return &s.Scenario, times })...)
	}
	sink := report.NewSink(f.format, a.out, page)
	numbers := metrics.NewCampaign(&s.Scenario, f.seed, report.NewHistogram)
	var last report.Row
	end := func(w sim.Runner) kept { return keep(&s.Scenario, w) }
	made := &counter{of: f.runs, word: "run"}
	done := a.working(f.format, made.text)
	err := campaign.Seeds(a.ctx, &s.Scenario, f.seed, f.runs, workers, end, func(k kept) error {
		made.made.Add(1)
		row := k.row
		if row.Failed() {
			row.Again = again(name, f, row.Seed)
		}
		sum.Add(&row)
		if counts = k.counts; counts != nil {
			numbers.Add(&row.Outcome, counts)
		}
		last, times = row, k.times
		return cmp.Or(sink.Row(&row), a.out.err)
	})
	done()
	if err != nil && a.ctx.Err() == nil {
		return err
	}
	if err := sink.Close(sum); err != nil {
		return err
	}
	if times != nil && f.timesForPeople() {
		if _, err := a.out.Write(append([]byte("\n"), times.Tables(&s.Scenario, f.format == "markdown", a.out.width())...)); err != nil {
			return err
		}
	}
	a.code = worse(a.code, sum.Exit())
	if err := a.interrupted(fmt.Sprintf(" after %d of %d runs", sum.Runs, f.runs)); err != nil {
		return err
	}
	return a.keepRuns(s, f, last.Outcome, numbers)
}

// keepRuns writes the files that run was asked for.
func (a *app) keepRuns(s *scenarios.Scenario, f *runFlags, last sim.Outcome, numbers *metrics.Campaign) error {
	if f.save != "" {
		if err := save(f.save, s, f.seed, last); err != nil {
			return err
		}
	}
	if f.metrics != "" {
		return replaceFile(f.metrics, numbers.OpenMetrics)
	}
	return nil
}

// play makes the run that a world has begun go on to its end, or until the
// command is stopped.
func (a *app) play(w sim.Runner) error {
	if campaign.Finish(a.ctx, w) != nil {
		return a.interrupted("")
	}
	return nil
}

// again is the command that shows one run of a scenario again.
func again(name string, f *runFlags, seed uint64) string {
	args := []string{terminal.Program(), "run", terminal.File(name)}
	args = append(args, f.overrides.args()...)
	args = append(args, f.limits.args()...)
	return quote(append(args, "--seed", fmt.Sprint(seed), "--runs", "1")...)
}
