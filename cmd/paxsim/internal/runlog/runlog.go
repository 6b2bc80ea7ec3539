// Package runlog writes what happens in runs as records of log/slog.
package runlog

import (
	"context"
	"io"
	"log/slog"
	"time"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
)

// Levels are the names of the levels of a log, the most talkative first.
var Levels = []string{"debug", "info", "warn", "error"}

// Log writes what happens in runs as records of log/slog. Their times are
// virtual, at_us in microseconds, so the same runs give the same records. It is
// a [observe.Observer].
type Log struct {
	scenario *sim.Scenario
	handler  slog.Handler
	least    slog.Level
	run      slog.Attr // which run it is

	// Quiet keeps it silent: the run that is played is not the one to log.
	Quiet bool
}

// New writes records of a level and above. level is one of [Levels].
func New(w io.Writer, s *sim.Scenario, level string) *Log {
	var least slog.Level
	if err := least.UnmarshalText([]byte(level)); err != nil {
		panic("runlog: " + err.Error())
	}
	return &Log{scenario: s, least: least, handler: slog.NewTextHandler(w, &slog.HandlerOptions{Level: least})}
}

// Begin takes the seed of the run that begins.
func (l *Log) Begin(seed uint64) { l.run = slog.Uint64("seed", seed) }

// BeginFile takes the name of the run file whose run begins.
func (l *Log) BeginFile(name string) { l.run = slog.String("file", name) }

// Observe implements [observe.Observer].
func (l *Log) Observe(e observe.Entry) {
	level := levelOf(e.What)
	if level < l.least || l.Quiet {
		return
	}
	r := l.record(level, e.What.String(), e.At)
	r.AddAttrs(slog.Uint64("event", e.Event))
	number := func(name string, n uint64) {
		if n != 0 {
			r.AddAttrs(slog.Uint64(name, n))
		}
	}
	number("cause", e.Cause)
	number("actor", uint64(e.Actor))
	number("peer", uint64(e.Peer))
	if kind := report.KindOf(l.scenario, e); kind != "" {
		r.AddAttrs(slog.String("kind", kind))
	}
	number("copy", uint64(e.Copy))
	number("count", uint64(e.N))
	if e.Text != "" {
		r.AddAttrs(slog.String("text", e.Text))
	}
	l.write(r)
}

// End writes how a run ended.
func (l *Log) End(r *report.Row) {
	level := slog.LevelInfo
	switch r.Verdict {
	case observe.VerdictUndecided, observe.VerdictPartial:
		level = slog.LevelWarn
	case observe.VerdictViolated:
		level = slog.LevelError
	}
	if level < l.least {
		return
	}
	x := l.record(level, r.Verdict.String(), r.Ended)
	x.AddAttrs(slog.String("end", r.End.String()), slog.String("learned", report.Learned(&r.Outcome)), slog.Uint64("events", r.Events), slog.Uint64("sent", r.Sent), slog.Uint64("dropped", r.Dropped))
	l.write(x)
}

// record is a record without a time of the wall.
func (l *Log) record(level slog.Level, message string, at sim.Time) slog.Record {
	r := slog.NewRecord(time.Time{}, level, message, 0)
	r.AddAttrs(slog.Int64("at_us", say.Micros(l.scenario, at)), l.run)
	return r
}

func (l *Log) write(r slog.Record) {
	// Standard error that cannot be written to leaves nobody to tell.
	_ = l.handler.Handle(context.Background(), r)
}

// levelOf is how much a happening matters.
func levelOf(w observe.What) slog.Level {
	switch w {
	case observe.Violated:
		return slog.LevelError
	case observe.Crashed, observe.FaultBegins, observe.FaultStruck, observe.Paused:
		return slog.LevelWarn
	case observe.BecameChosen, observe.Decided, observe.Answered, observe.Restarted, observe.FaultEnds, observe.FaultHealed, observe.Resumed, observe.Calmed, observe.PeriodBegins, observe.Elected:
		return slog.LevelInfo
	}
	return slog.LevelDebug
}
