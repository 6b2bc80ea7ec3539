package cli

import (
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/runlog"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/metrics"
)

// observing are the flags that make somebody watch the runs. Without them a run
// has no observer, and pays nothing.
type observing struct {
	metrics string // a file; "": none
	log     string // a level; "": none
	times   bool   // of each actor and phase
}

func (o *observing) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.Var(textFlag{&o.metrics, "FILE"}, "metrics", "write the figures of all runs into this file, as OpenMetrics")
	addLog(cmd, &o.log)
}

// addLog adds the flag for records of what happens.
func addLog(cmd *cobra.Command, level *string) {
	cmd.Flags().Var(wordFlag{level, "LEVEL", runlog.Levels}, "log", "write records of what happens to standard error, one run at a time: "+orList(runlog.Levels))
	completeWords(cmd, "log", runlog.Levels)
}

// logOf is the log of a world that is watched; nil: it has none.
func logOf(w sim.Runner) *runlog.Log {
	if c, ok := w.(*counted); ok {
		return c.log
	}
	return nil
}

// check says whether what is to be written may be.
func (o *observing) check() error {
	if o.metrics != "" {
		return mayOverwrite("--metrics", o.metrics, metrics.Mark, "OpenMetrics")
	}
	return nil
}

// on is the scenario with a protocol whose worlds are watched, if the flags ask
// for that.
func (o *observing) on(s *sim.Scenario, errors io.Writer) *sim.Scenario {
	if o.metrics == "" && o.log == "" && !o.times {
		return s
	}
	watched := *s
	watched.Protocol = protocol{s.Protocol, o, errors}
	return &watched
}

// protocol makes worlds that are watched.
type protocol struct {
	sim.Protocol
	flags  *observing
	errors io.Writer
}

// New implements [sim.Protocol].
func (p protocol) New(s *sim.Scenario) (sim.Runner, error) {
	w, err := p.Protocol.New(s)
	if err != nil {
		return nil, err
	}
	c := &counted{Runner: w}
	if p.flags.metrics != "" {
		c.counts = metrics.Attach(w, s)
	}
	if p.flags.log != "" {
		c.log = runlog.New(p.errors, s, p.flags.log)
		w.Observe(c.log)
	}
	if p.flags.times {
		c.waits = metrics.NewWaits(s)
		w.Observe(c.waits)
	}
	return c, nil
}

// counted is a world that is watched.
type counted struct {
	sim.Runner
	counts *metrics.Counts // nil: nobody counts
	log    *runlog.Log     // nil: none
	waits  *metrics.Waits  // nil: nobody notes them
}

// Reset implements [sim.Runner].
func (c *counted) Reset(seed uint64, source scheduler.Source) {
	if c.counts != nil {
		c.counts.Reset()
	}
	if c.log != nil {
		c.log.Begin(seed)
	}
	if c.waits != nil {
		c.waits.Reset()
	}
	c.Runner.Reset(seed, source)
}

// kept is what is kept of a run.
type kept struct {
	row    report.Row
	counts *metrics.Counts // nil: nobody counted
	times  *report.Times   // nil: nobody noted them
}

// keep makes of a world what is kept of the run that it has just ended.
func keep(s *sim.Scenario, w sim.Runner) kept {
	k := kept{row: report.NewRow(s, w.Outcome(), w)}
	if c, ok := w.(*counted); ok {
		if c.counts != nil {
			counts := *c.counts
			k.counts = &counts
		}
		if c.log != nil {
			c.log.End(&k.row)
		}
		if c.waits != nil {
			k.times = &report.Times{Learned: slices.Clone(w.Outcome().LearnedAt), Waits: c.waits.List()}
		}
	}
	return k
}
