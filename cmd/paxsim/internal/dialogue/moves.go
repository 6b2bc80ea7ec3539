package dialogue

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/condition"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
)

// How many events a command prints, the last of those that it passes.
const (
	maxNext   = 100 // that it is asked for
	maxPassed = 5   // on the way to something
)

// passed keeps the last events that a command passes, in words.
type passed struct {
	most  int
	texts []terminal.Lines
	more  uint64 // that are not kept
}

func (p *passed) add(text terminal.Lines) {
	if p.texts = append(p.texts, text); len(p.texts) > p.most {
		p.texts = p.texts[1:]
		p.more++
	}
}

// print tells what was passed, and the state of the run if it is over.
func (d *Dialogue) printPassed(p *passed) {
	if p.more > 0 {
		d.print("  … %s not shown\n", say.Plural(p.more, "event"))
	}
	for _, text := range p.texts {
		d.print("%s", text)
	}
	d.ending()
}

// here prints the event that has just happened in the run.
func (d *Dialogue) here() {
	if d.run.At() == 0 {
		d.print("before the first event\n")
		return
	}
	d.print("%s", d.event())
	d.ending()
}

// event tells the last event in the words of a grid.
func (d *Dialogue) event() terminal.Lines {
	var b strings.Builder
	e := d.run.Step().Event
	at := fmt.Sprintf("%8s ms  ", say.Millis(d.scenario, e.At))
	if d.searched {
		at = "" // nothing takes time
	}
	for _, l := range d.tell.Lines(d.run.Step()) {
		who := ""
		if l.Actor != 0 && (!l.During || l.Actor != e.Actor) {
			who = fmt.Sprintf("actor %d: ", l.Actor)
		}
		if !l.During {
			terminal.Fprintf(&b, "%5d  %s%s%s\n", e.Event, at, who, l.Text)
			continue
		}
		terminal.Fprintf(&b, "%*s%s%s\n", len("    1  ")+len(at)+2, "", who, l.Text)
	}
	return terminal.Lines(b.String())
}

// ending tells how the run ended, if it is over.
func (d *Dialogue) ending() {
	if !d.run.Over() {
		return
	}
	o := d.run.Outcome()
	d.Broken = o.Violation != nil
	row := report.NewRow(d.scenario, o, d.run.World())
	row.Calm = d.run.Base().Calm
	switch {
	case o.Violation != nil:
		d.print("the run ends here: %s is broken%s\n", o.Violation.Broke(), say.SeeAlso(o.Violation))
		if o.Violation.Grade == sim.Lemma {
			d.print("    %s\n", sim.Lemma.Means())
		}
	case o.Verdict == observe.VerdictPartial:
		d.print("the run ends here: partial, %d of %d have learned %s, %s\n", o.Learned, o.Awaited, row.Value, o.End)
	case row.Failed():
		d.print("the run ends here: undecided, %s\n", o.End)
	default:
		d.print("the run ends here: all have learned %s\n", row.Value)
	}
}

// count reads how many events are meant; nothing: 1.
func count(arg string) (uint64, error) {
	if arg == "" {
		return 1, nil
	}
	n, err := strconv.ParseUint(arg, 10, 32)
	if err != nil || n == 0 {
		return 0, mistake("expected a number of events from 1 on, not %q", words.Clip(arg))
	}
	return n, nil
}

func (d *Dialogue) forward(arg string) error {
	n, err := count(arg)
	if err != nil {
		return err
	}
	if d.run.Over() {
		d.ending()
		return nil
	}
	p := passed{most: maxNext}
	for ; n > 0 && d.run.Next(); n-- {
		p.add(d.event())
	}
	d.printPassed(&p)
	return d.run.Err()
}

func (d *Dialogue) backward(arg string) error {
	n, err := count(arg)
	if err != nil {
		return err
	}
	if err := d.run.Back(n); err != nil {
		return err
	}
	d.here()
	return nil
}

// to goes to a time or an event. Going forwards it prints what it passes.
func (d *Dialogue) to(arg string) error {
	switch n, err := strconv.ParseUint(strings.TrimPrefix(arg, "#"), 10, 32); {
	case arg == "":
		return mistake("to where? Expected a time such as 5ms, an event such as 12, or end")
	case arg == "end":
		return d.on(func() bool { return true })
	case err == nil && n <= d.run.At():
		if err := d.run.GoTo(n); err != nil {
			return err
		}
		d.here()
		return nil
	case err == nil:
		return d.on(func() bool { return d.run.At() < n })
	}
	if d.searched {
		return mistake("expected an event such as 12, or end: in a searched run nothing takes time")
	}
	at, err := scenarios.Ticks(d.scenario, arg)
	if err != nil {
		return mistake("expected a time such as 5ms, an event such as 12, or end: %v", err)
	}
	return d.toTime(at)
}

// toTime goes to the last event that is not later than a time.
func (d *Dialogue) toTime(at sim.Time) error {
	last, err := d.run.LastBy(at)
	switch {
	case err != nil:
		return err
	case last > d.run.At():
		return d.on(func() bool { return d.run.At() < last })
	}
	if err := d.run.GoTo(last); err != nil {
		return err
	}
	d.here()
	return nil
}

// on goes on as long as it is to, and prints the last of the events it passes.
func (d *Dialogue) on(more func() bool) error {
	p := passed{most: maxPassed}
	for more() && d.run.Next() {
		p.add(d.event())
	}
	d.printPassed(&p)
	return d.run.Err()
}

func (d *Dialogue) until(arg string) error {
	if arg == "" {
		return mistake("until what? help until tells")
	}
	is, err := condition.Parse(d.scenario, arg)
	if err != nil {
		return mistake("%v", err)
	}
	p := passed{most: maxPassed}
	found := false
	for !found && d.run.Next() {
		p.add(d.event())
		found = is(d.run.Step())
	}
	d.printPassed(&p)
	if err := d.run.Err(); err != nil || found {
		return err
	}
	d.print("the run ends without it\n")
	return nil
}
