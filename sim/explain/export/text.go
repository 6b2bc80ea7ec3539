package export

import (
	"bufio"
	"fmt"
	"io"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

const textMark = "# paxsim tells a run: "

// text tells a run in words: a line an event, with what happened during it.
type text struct {
	noMeasure
	run  *Run
	tell grid.Teller
	out  *bufio.Writer
}

func newText(r *Run) Exporter {
	x := telling(r)
	return &x
}

// telling is a text of a run.
func telling(r *Run) text { return text{run: r, tell: grid.Tell(r.Scenario)} }

func (t *text) Begin(w io.Writer) {
	t.out = bufio.NewWriter(w)
	terminal.Fprintf(t.out, "%s%s, %s\n", textMark, terminal.Text(t.run.Name()), say.Plural(uint64(t.run.Scenario.Actors), "actor"))
}

func (t *text) Step(s trace.Step) {
	if !t.run.Window.shows(s) {
		return
	}
	terminal.Fprintf(t.out, "%s ms, event %d: ", say.Millis(t.run.Scenario, s.Event.At), s.Event.Event)
	if s.Event.Actor != 0 {
		terminal.Fprintf(t.out, "actor %d: ", s.Event.Actor)
	}
	p := flights.Split(s)
	switch {
	case p.Refused != "":
		terminal.Fprintf(t.out, "%s from actor %d is dropped (%s)", t.tell.Message(s.Event), s.Event.Peer, terminal.Text(p.Refused))
	case p.Held != "":
		terminal.Fprintf(t.out, "%s from actor %d must wait (%s)", t.tell.Message(s.Event), s.Event.Peer, terminal.Text(p.Held))
	default:
		t.out.WriteString(t.event(s.Event))
	}
	for _, e := range p.Effects {
		t.out.WriteString("; ")
		if e.Actor != s.Event.Actor && e.Actor != 0 {
			terminal.Fprintf(t.out, "actor %d: ", e.Actor)
		}
		t.out.WriteString(t.effect(e))
	}
	for _, g := range p.Gone {
		terminal.Fprintf(t.out, "; actor %d: %s, which had come from actor %d, is dropped (%s)", g.Actor, t.tell.Message(g.Entry), g.Peer, terminal.Text(g.Why))
	}
	t.out.WriteByte('\n')
}

func (t *text) event(e observe.Entry) string {
	if e.What != observe.Delivered {
		return t.tell.Event(e)
	}
	said := fmt.Sprintf("%s from actor %d arrives", t.tell.Message(e), e.Peer)
	if e.Copy > 0 {
		said += " (duplicate)"
	}
	return said
}

func (t *text) effect(e observe.Entry) string {
	switch e.What {
	case observe.Sent:
		return fmt.Sprintf("sends %s to actor %d", t.tell.Message(e), e.Peer)
	case observe.Broadcast:
		return fmt.Sprintf("sends %s to all", t.tell.Message(e))
	case observe.Dropped:
		return fmt.Sprintf("%s to actor %d is dropped (%s)", t.tell.Copy(e), e.Peer, terminal.Text(e.Text))
	case observe.Doubled:
		return fmt.Sprintf("%s to actor %d is doubled", t.tell.Kind(e), e.Peer)
	}
	return t.tell.Effect(e)
}

func (t *text) End(f *trace.Trailer) error {
	if facts := say.Facts(t.run.Scenario, f); facts != "" {
		terminal.Fprintf(t.out, "# %s\n", facts)
	}
	terminal.Fprintf(t.out, "# %s (%s) after %s and %s ms, digest %s\n", f.Outcome, terminal.Text(f.End), say.Plural(f.Events, "event"), footTime(t.run, f), trace.Hex(f.Digest))
	return t.out.Flush()
}

// footTime is the time at which a run ended, in milliseconds.
func footTime(r *Run, f *trace.Trailer) string {
	return say.Millis(r.Scenario, sim.Time(f.TimeUS/r.Head.TickUS))
}
