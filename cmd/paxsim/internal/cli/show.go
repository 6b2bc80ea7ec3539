package cli

import (
	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/runlog"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/explain/metrics"
	"github.com/paxsim/paxsim/sim/trace"
)

// runTrace plays one run and shows it event by event.
func (a *app) runTrace(s *scenarios.Scenario, f *runFlags) error {
	w, err := newWorld(&s.Scenario)
	if err != nil {
		return err
	}
	row, err := a.show(showing{scenario: &s.Scenario, world: w, seed: f.seed, format: f.format, from: 1, log: logOf(w)})
	if err != nil {
		return err
	}
	a.code = worse(a.code, row.Exit())
	if err := a.interrupted(""); err != nil {
		return err
	}
	numbers := metrics.NewCampaign(&s.Scenario, f.seed, report.NewHistogram)
	if k := keep(&s.Scenario, w); k.counts != nil {
		numbers.Add(&k.row.Outcome, k.counts)
	}
	return a.keepRuns(s, f, row.Outcome, numbers)
}

// showing is a run that is to be shown event by event.
type showing struct {
	scenario *sim.Scenario
	world    sim.Runner
	seed     uint64
	source   scheduler.Source // nil: the seed alone
	calm     bool             // the seed does not matter
	format   string
	from     uint64 // the first event that is shown
	log      *runlog.Log
}

// show plays a run and prints its events, as a grid with the run's row below
// it, or as csv or json, one entry of the trace a line. It plays the run twice
// where the grid must be measured first.
func (a *app) show(x showing) (report.Row, error) {
	steps := &trace.Steps{}
	x.world.Observe(steps)
	play := func(each func(trace.Step)) error {
		steps.Each = each
		x.world.Reset(x.seed, x.source)
		err := a.play(x.world)
		steps.Flush()
		return err
	}
	entries := x.format == "csv" || x.format == "json"
	if !a.out.screen.Terminal { // who sees the events sees how far it is
		defer a.working("table", doing("playing the run"))()
	}
	var err error
	if entries {
		err = a.showEntries(x, play)
	} else {
		err = a.showGrid(x, play)
	}
	if err != nil {
		return report.Row{}, err
	}
	row := report.NewRow(x.scenario, x.world.Outcome(), x.world)
	row.Calm = x.calm
	if entries {
		return row, nil
	}
	sink := report.NewSink(x.format, a.out, report.Page{Protocol: x.scenario.Protocol, Several: several(x.scenario), Width: a.out.width()})
	if err := sink.Row(&row); err != nil {
		return row, err
	}
	return row, sink.Close(nil)
}

// silently plays a run that the log says nothing about.
func silently(log *runlog.Log, play func() error) error {
	if log != nil {
		log.Quiet = true
		defer func() { log.Quiet = false }()
	}
	return play()
}

func (a *app) showEntries(x showing, play func(func(trace.Step)) error) error {
	entries := report.NewEntries(x.format, a.out, x.scenario)
	err := play(func(s trace.Step) {
		if s.Event.Event >= x.from {
			entries.Step(s)
		}
	})
	if cerr := entries.Close(); err == nil {
		err = cerr
	}
	return err
}

func (a *app) showGrid(x showing, play func(func(trace.Step)) error) error {
	g := grid.New(x.scenario, x.from)
	g.Fit(a.out.width())
	if err := silently(x.log, func() error { return play(g.Measure) }); err != nil {
		return err
	}
	fence := ""
	if x.format == "markdown" {
		fence = "```\n"
	}
	terminal.Fprintf(a.out, "%s", terminal.Lines(fence))
	g.Begin(a.out)
	err := play(g.Print)
	if cerr := g.End(); err == nil {
		err = cerr
	}
	terminal.Fprintf(a.out, "%s\n", terminal.Lines(fence))
	return err
}
