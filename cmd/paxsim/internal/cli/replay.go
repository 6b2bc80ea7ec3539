package cli

import (
	"fmt"
	"io"
	"math"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/runlog"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/explain/say"
)

const replayText = `replay plays saved runs again and says whether each came out the same. It compares
the events, by their digests, and all else that the file says of the outcome. For
each difference it names the field, what the file says and what the run says. It
also names the first block of events in which the two runs differ. With --trace it
names the event, if that can be found out, and shows the run from there on.

A run file may be edited: an answer added, changed or taken out makes another
run, and replay shows where it parts from the one that was saved. An answer
that the run does not ask for, or that has no such outcome, no longer applies.

A FILE can also be a story (.story.yaml), as paxsim shrink and paxsim fuzz write it.
replay says whether it still breaks the invariant that it names. If a line cannot
happen where it is, replay names its place, and what could happen there.

A FILE of - is standard input.

Exit code: as run if all came out the same · 4 one did not, or has an answer
or a line that no longer applies · 2 a file cannot be read · 5 the machine failed`

const replayExample = `  paxsim run literal-acks --save found.run.json
  paxsim replay found.run.json
  paxsim replay --trace found.run.json`

func (a *app) replayCommand() *cobra.Command {
	var format, level string
	var events bool
	var l limits
	cmd := &cobra.Command{
		Use:               "replay FILE...",
		ValidArgsFunction: completeNames(math.MaxInt, false, savedFiles, traceFiles),
		Short:             "play a saved run again, and compare",
		Long:              replayText,
		Example:           replayExample,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usage("%s needs a FILE, as paxsim run --save writes it", cmd.CommandPath())
			case events && len(args) > 1:
				return tooMany("--trace shows one run", args)
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			defer a.watchMemory(&l)()
			if events {
				return a.replayTrace(args[0], format, level, &l)
			}
			return a.replay(args, format, level, &l)
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().BoolVar(&events, "trace", false, "show the run event by event")
	addFormat(cmd.Flags(), &format, report.Formats)
	l.addMemory(cmd.Flags())
	addLog(cmd, &level)
	completeWords(cmd, "format", report.Formats)
	return cmd
}

// replay plays all files and prints a row each. A file that cannot be read does
// not keep the others from being played.
func (a *app) replay(names []string, format, level string, l *limits) error {
	var p *replayed
	sink := report.NewSink(format, a.out, report.Page{
		Width:  a.out.width(),
		Before: []report.Extra{{Name: "file", Text: true, Of: func() string { return p.name }}},
		After: []report.Extra{
			{Name: "reproduced", Text: true, Of: func() string { return p.verdict() }},
			{Name: "difference", Text: true, Long: true, Of: func() string { return p.differences() }},
		},
	})
	var told []string
	var stopped error
	for i, name := range names {
		s, err := a.readSaved(name, l)
		if err != nil && a.ctx.Err() == nil {
			a.note(err)
			continue
		}
		var log *runlog.Log
		if err == nil {
			log = a.logSaved(s, level)
			p, err = a.playSaved(s)
		}
		if a.ctx.Err() != nil {
			stopped = a.interrupted(fmt.Sprintf(" after %d of %s", i, say.Plural(uint64(len(names)), "file")))
			break
		}
		if err != nil {
			return err
		}
		if log != nil {
			log.End(&p.row)
		}
		if err := sink.Row(&p.row); err != nil {
			return err
		}
		for _, line := range p.lines {
			told = append(told, name+": "+line)
		}
		a.code = worse(a.code, p.exit())
	}
	if err := sink.Close(nil); err != nil {
		return err
	}
	if format == "table" || format == "markdown" {
		for _, line := range told {
			terminal.Fprintf(a.out, "%s\n", line)
		}
	}
	return stopped
}

// replayTrace plays a file and shows its events: all, or where it is another
// run than the one that was saved, those from the first difference on.
func (a *app) replayTrace(name, format, level string, l *limits) error {
	v, err := a.readSaved(name, l)
	if err != nil {
		return err
	}
	p, err := a.playSaved(v)
	if err != nil {
		return err
	}
	from := uint64(1)
	if p.diff != nil && !p.diff.Told {
		from = p.diff.From
		why, err := a.explain(v, p.diff)
		if err != nil {
			return err
		}
		if why != nil {
			from = why.event
			p.lines = append(p.lines, why.text)
		}
	}
	a.code = worse(a.code, p.exit())
	log := a.logSaved(v, level)
	shown := showing{scenario: &v.s.Scenario, world: v.w, seed: v.seed, source: v.source, calm: v.file.Base.Calm, format: format, from: from, log: log}
	row, err := a.show(shown)
	if err != nil {
		return err
	}
	if log != nil {
		log.End(&row)
	}
	lines := p.lines
	if len(lines) == 0 {
		lines = []string{"the same run again, event by event"}
	}
	to := io.Writer(a.out)
	if format == "csv" || format == "json" {
		to = a.errors // the output holds entries alone
	}
	for _, line := range lines {
		terminal.Fprintf(to, "%s: %s\n", name, line)
	}
	return a.out.err
}

// logSaved writes records of a saved run from now on; nil: nobody asked for any.
func (a *app) logSaved(v *saved, level string) *runlog.Log {
	if level == "" {
		return nil
	}
	a.records = true
	log := runlog.New(a.errors, &v.s.Scenario, level)
	log.BeginFile(terminal.Text(v.name))
	v.w.Observe(log)
	return log
}
