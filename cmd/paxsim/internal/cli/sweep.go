package cli

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/plot"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/sweep"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/say"
)

const sweepText = `sweep plays a scenario with one or two settings varied over a range. Each point has
the same --runs seeds, from --seed on, so the same weather. Two points differ only
because of the setting. Without SCENARIO it plays
happy-path. It prints a row a point.

A range is one of

  --vary network.loss=0%%..60%%/7      7 values, equally far apart
  %-34s 8 values, equal factors apart; at most 100
  --vary actors=3,5,7,9              these values, each as --set takes it

Values between the ends are rounded to 3 digits, times to ticks. Of two settings
the first goes along the x axis of a picture, and the second makes its curves.

p50, p90 and p99 are percentiles of the time of the decision, over the runs that
decided. The columns messages, %s and delays are means of a run.
In csv and json there are the mean and the percentiles of all of them.

--plot draws an SVG: curves of --y with a band from p10 to p90; cdf: the share of
the runs that have decided, over time; heat: a cell a point, of --y or of the
outcomes. --y is one of
  %s

Interrupted, it prints and draws the points that it has played to their end, and
says how many they are.

Exit code: 0 all held · 1 a property was violated · 2 bad usage or input ·
3 undecided or partial, or nothing was tried · 5 the machine failed`

const sweepExample = `  paxsim sweep lossy --vary network.loss=0%..60%/7 --chart
  paxsim sweep lossy --vary actors=3,5,7,9 --plot-kind cdf --plot cdf.svg`

// sweepFlags is what sweep gets beside the scenario.
type sweepFlags struct {
	overrides
	limits
	vary       []string
	runs, seed uint64
	format     string
	plot       string // a file; "": none
	kind, y    string
	logY, logX bool
	chart      bool
}

func (a *app) sweepCommand() *cobra.Command {
	var f sweepFlags
	var measured profiles
	cmd := &cobra.Command{
		Use:     "sweep [SCENARIO] --vary PATH=RANGE",
		Short:   "vary one setting or two over ranges: tables, curves, heat maps",
		Long:    fmt.Sprintf(sweepText, "--vary '"+texts.Vary+"'", texts.Counts, strings.Join(sweep.Names(), ", ")),
		Example: example("sweep", sweepExample),
		Args:    oneScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "happy-path"
			if len(args) > 0 {
				name = args[0]
			}
			f.limits.jobsGiven = cmd.Flags().Changed("jobs")
			for _, flag := range []string{"plot-kind", "log-y", "log-x"} {
				if cmd.Flags().Changed(flag) && f.plot == "" {
					return usage("--%s says how --plot FILE draws, and there is none", flag)
				}
			}
			if cmd.Flags().Changed("y") && f.plot == "" && !f.chart {
				return usage("--y says what --plot FILE or --chart show, and there is neither")
			}
			if err := a.distinct(append(measured.files(), outFile{"--plot", f.plot}), pathsIn(name)); err != nil {
				return err
			}
			return measured.during(func() error { return a.sweep(name, &f) })
		},
		ValidArgsFunction: completeRun(),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(listFlag{&f.vary, "PATH=RANGE"}, "vary", "the setting, and the values that it takes; once or twice")
	completeSettings(cmd, "vary")
	addNumber(flags, &f.runs, "runs", 100, 1, maxRuns, "how many runs at each point")
	addNumber(flags, &f.seed, "seed", 1, 0, math.MaxUint64, "the seed of the first run of each point; the next has the next")
	f.overrides.add(cmd)
	f.limits.addJobs(flags)
	addFormat(flags, &f.format, report.Formats)
	flags.BoolVar(&f.chart, "chart", false, "draw --y as text too, below the table")
	flags.Var(textFlag{&f.plot, "FILE"}, "plot", "draw --y as SVG into this file")
	f.kind = sweep.Kinds[0]
	flags.Var(wordFlag{&f.kind, "KIND", sweep.Kinds}, "plot-kind", "what --plot draws: "+orList(sweep.Kinds))
	flags.Var(wordFlag{&f.y, "FIELD", append(sweep.Names(), sweep.Outcome)}, "y", "what is drawn (default decided_ms; of a heat map outcome)")
	flags.BoolVar(&f.logY, "log-y", false, "draw curves over a logarithmic axis")
	flags.BoolVar(&f.logX, "log-x", false, "draw the setting of curves, or the time of a cdf, over a logarithmic axis")
	f.limits.addMemory(flags)
	measured.add(flags)
	completeWords(cmd, "format", report.Formats)
	completeWords(cmd, "plot-kind", sweep.Kinds)
	completeWords(cmd, "y", append(sweep.Names(), sweep.Outcome))
	return cmd
}

// sweep plays all points and prints what came out.
func (a *app) sweep(name string, f *sweepFlags) error {
	varies, points, err := f.points(a, name)
	if err != nil {
		return err
	}
	picture, err := f.picture(name, varies)
	if err != nil {
		return err
	}
	for _, p := range points { // before the first is played
		if _, err := f.workers(p.Scenario, f.runs); err != nil {
			return usage("%s: %v", at(varies, p), err)
		}
	}
	defer a.watchMemory(&f.limits)()
	sink := sweep.NewSink(f.format, a.out, varies, a.out.width())
	played, err := a.playPoints(f, varies, points, sink)
	if err != nil && a.ctx.Err() == nil {
		return err
	}
	var stopped error
	if a.ctx.Err() != nil {
		stopped = a.interrupted(fmt.Sprintf(" after %d of %s", len(played), say.Plural(uint64(len(points)), "point")))
	}
	if err := a.endSweep(name, f, varies, played, len(points), sink); err != nil {
		return cmp.Or(err, stopped)
	}
	if picture == nil || len(played) == 0 {
		return stopped
	}
	picture.All = len(points)
	err = replaceFile(f.plot, func(w io.Writer) error { return picture.Draw(w, played, varies) })
	return cmp.Or(err, stopped)
}

// playPoints plays the points in their order, and returns those that it has played to
// their end.
func (a *app) playPoints(f *sweepFlags, varies []sweep.Vary, points []*sweep.Point, sink sweep.Sink) (played []*sweep.Point, err error) {
	runs := &counter{of: f.runs * uint64(len(points)), word: "run"}
	if f.runs > math.MaxUint64/uint64(len(points)) {
		runs.of = 0
	}
	defer a.working(f.format, runs.text)()
	for i, p := range points {
		if err := a.playPoint(p, f, runs); err != nil || a.ctx.Err() != nil {
			return points[:i], err
		}
		if err := cmp.Or(sink.Point(p), a.out.err); err != nil {
			return points[:i], err
		}
	}
	return points, nil
}

// points reads the ranges and makes the scenario of each point.
func (f *sweepFlags) points(a *app, name string) ([]sweep.Vary, []*sweep.Point, error) {
	if len(f.vary) == 0 {
		return nil, nil, usage("what is to vary? Say --vary PATH=RANGE, such as --vary network.loss=0%%..60%%/7")
	}
	if len(f.vary) > 2 {
		return nil, nil, usage("--vary %s: a sweep varies one setting or two", quoteOne(f.vary[2]))
	}
	if f.seed > math.MaxUint64-(f.runs-1) {
		return nil, nil, usage("--seed %d: there are no %d seeds from here on", f.seed, f.runs)
	}
	base, err := a.openScenario(name, f.overrides)
	if err != nil {
		return nil, nil, err
	}
	var varies []sweep.Vary
	for _, text := range f.vary {
		v, err := sweep.Parse(text, base.Tick)
		if err != nil {
			return nil, nil, usage("--vary %s: %v", quoteOne(text), err)
		}
		for _, set := range append(f.set, f.vary[:len(varies)]...) {
			if path, _, _ := strings.Cut(set, "="); path == v.Path {
				return nil, nil, usage("--vary %s: %s is set already, by %s", quoteOne(text), v.Path, quoteOne(set))
			}
		}
		varies = append(varies, v)
	}
	points := sweep.Grid(varies)
	if len(points) > sweep.MaxPoints {
		return nil, nil, usage("%s points: a sweep has at most %s", say.Count(uint64(len(points))), say.Count(sweep.MaxPoints))
	}
	known := map[string]*sweep.Point{}
	for _, p := range points {
		s, err := a.openScenario(name, f.overridesAt(varies, p))
		if err != nil {
			return nil, nil, err
		}
		p.Scenario = &s.Scenario
		text := scenarios.Text(s)
		if same := known[text]; same != nil {
			return nil, nil, usage("%s and %s are the same scenario", at(varies, same), at(varies, p))
		}
		known[text] = p
	}
	return varies, points, nil
}

// overridesAt are the overrides of a point.
func (f *sweepFlags) overridesAt(varies []sweep.Vary, p *sweep.Point) overrides {
	o := f.overrides
	o.by, o.also = "--vary", nil
	for i, v := range varies {
		o.also = append(o.also, v.Path+"="+p.Values[i])
	}
	return o
}

// at names a point: "network.loss=10%, actors=5".
func at(varies []sweep.Vary, p *sweep.Point) string {
	var parts []string
	for i, v := range varies {
		parts = append(parts, v.Path+"="+p.Values[i])
	}
	return strings.Join(parts, ", ")
}

// picture is what is to be drawn, or nil, held against the rest.
func (f *sweepFlags) picture(name string, varies []sweep.Vary) (*sweep.Picture, error) {
	if f.y == "" {
		f.y = "decided_ms"
		if f.kind == "heat" && !f.chart {
			f.y = sweep.Outcome
		}
	}
	if f.chart && f.format != "table" {
		return nil, usage("--chart goes below a table, and the format is %s", f.format)
	}
	if f.chart && f.y == sweep.Outcome {
		return nil, usage("--chart shows one outcome: --y decided, partial, violated or undecided")
	}
	if f.plot == "" {
		return nil, nil
	}
	d := &sweep.Picture{Kind: f.kind, Y: f.y, Log: f.logY, LogX: f.logX, First: f.seed, Command: f.command(name)}
	if why := d.Refuse(varies); why != "" {
		return nil, usage("--plot-kind %s: %s", f.kind, why)
	}
	return d, mayOverwrite("--plot", f.plot, plot.Begin, "SVG that sweep writes")
}

// command is the command that makes the same points again.
func (f *sweepFlags) command(name string) string {
	args := []string{terminal.Program(), "sweep", terminal.File(name)}
	for _, v := range f.vary {
		args = append(args, "--vary", v)
	}
	args = append(append(args, f.overrides.args()...), f.limits.args()...)
	return quote(append(args, "--runs", fmt.Sprint(f.runs), "--seed", fmt.Sprint(f.seed))...)
}

// playPoint makes the runs of a point.
func (a *app) playPoint(p *sweep.Point, f *sweepFlags, runs *counter) error {
	workers, err := f.workers(p.Scenario, f.runs)
	if err != nil {
		return err
	}
	add, done := p.Gather()
	defer done()
	keep := func(w sim.Runner) report.Row { return report.NewRow(p.Scenario, w.Outcome(), w) }
	return campaign.Seeds(a.ctx, p.Scenario, f.seed, f.runs, workers, keep, func(r report.Row) error {
		runs.made.Add(1)
		add(&r)
		return nil
	})
}

// endSweep prints what is below the rows of the points that were played, of all that
// there are.
func (a *app) endSweep(name string, f *sweepFlags, varies []sweep.Vary, points []*sweep.Point, all int, sink sweep.Sink) error {
	if len(points) > 0 {
		if err := sink.Close(); err != nil {
			return err
		}
	}
	var total report.Summary
	var failed []string
	for _, p := range points {
		m := p.Summary
		a.code = worse(a.code, m.Exit())
		total.Runs, total.Decided, total.Partial = total.Runs+m.Runs, total.Decided+m.Decided, total.Partial+m.Partial
		total.Violated, total.Undecided = total.Violated+m.Violated, total.Undecided+m.Undecided
		if r := p.FirstWrong; r != nil {
			o := f.overridesAt(varies, p)
			args := append([]string{terminal.Program(), "run", terminal.File(name)}, o.args()...)
			args = append(args, f.limits.args()...)
			failed = append(failed, terminal.Sprintf("%s: %s of %s %s, the first under seed %d\n    see it again: %s", at(varies, p),
				say.Count(p.Count(r.Verdict.String())), say.Plural(m.Runs, "run"), r.Verdict, r.Seed,
				quote(append(args, "--seed", fmt.Sprint(r.Seed), "--runs", "1")...)))
		}
	}
	if f.format == "csv" || f.format == "json" || len(points) == 0 {
		return a.out.err
	}
	if f.chart {
		terminal.Fprintf(a.out, "\n%s", terminal.Lines(sweep.Chart(points, varies, f.y, a.out.width())))
	}
	const most = 10
	if len(failed) > most {
		failed[most] = "and at " + say.Plural(uint64(len(failed)-most), "more point")
		failed = failed[:most+1]
	}
	if len(failed) > 0 {
		terminal.Fprintf(a.out, "\n%s\n", terminal.Lines(strings.Join(failed, "\n")))
	}
	covers := say.Count(uint64(len(points)))
	if len(points) < all {
		covers = fmt.Sprintf("the first %s of %s, up to %s", covers, say.Count(uint64(all)), at(varies, points[len(points)-1]))
	}
	terminal.Fprintf(a.out, "\npoints    %s, each under the same %s from %d on\nruns      %s\n", covers, say.Plural(f.runs, "seed"), f.seed, outcomes(&total))
	return a.out.err
}

// outcomes is "700: 690 decided, 10 undecided".
func outcomes(m *report.Summary) string {
	var parts []string
	for _, o := range []struct {
		n    uint64
		word string
	}{{m.Decided, "decided"}, {m.Partial, "partial"}, {m.Violated, "violated"}, {m.Undecided, "undecided"}} {
		if o.n > 0 {
			parts = append(parts, say.Count(o.n)+" "+o.word)
		}
	}
	return say.Count(m.Runs) + ": " + strings.Join(parts, ", ")
}
