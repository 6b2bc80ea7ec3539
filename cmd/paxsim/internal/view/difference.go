package view

import (
	"fmt"
	"hash/fnv"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// prints is what is kept of a run to hold it against another.
type prints struct {
	steps []print
	asked []asked
}

type print struct {
	event uint64
	hash  uint64 // of all that happened
}

// asked is a choice and the event during which it was made; 0: before the first.
type asked struct {
	event uint64
	scheduler.Asked
}

func (p *prints) add(s trace.Step) {
	if p == nil {
		return
	}
	h := fnv.New64a()
	tell := func(e sim.Entry) {
		e.Cause = 0
		fmt.Fprintf(h, "%+v\n", e)
	}
	tell(s.Event)
	for _, e := range s.Effects {
		tell(e)
	}
	p.steps = append(p.steps, print{s.Event.Event, h.Sum64()})
}

func (p *prints) ask(event uint64, list []scheduler.Asked) {
	if p == nil {
		return
	}
	for _, a := range list {
		p.asked = append(p.asked, asked{event, a})
	}
}

// Difference is where two runs part.
type Difference struct {
	A, B uint64 // the first event that differs, in each; 0: the run has ended before
	Text string // what led to it, in a sentence
}

// Differ finds where two runs part; nil: they are the same. Both recorders must
// have been made to be compared.
func Differ(a, b *Recorder) *Difference {
	x, y := a.prints.steps, b.prints.steps
	for i := 0; i < len(x) || i < len(y); i++ {
		var d Difference
		switch {
		case i >= len(x):
			d.B = y[i].event
		case i >= len(y):
			d.A = x[i].event
		case x[i].hash == y[i].hash:
			continue
		default:
			d.A, d.B = x[i].event, y[i].event
		}
		d.Text = why(a, b, &d)
		return &d
	}
	return nil
}

// why names the first choice that came out otherwise, if it was made no later
// than the runs part. Up to there both are asked the same.
func why(a, b *Recorder, d *Difference) string {
	words := a.run.Scenario.Protocol.Words()
	x, y := a.prints.asked, b.prints.asked
	for i := 0; i < len(x) && i < len(y); i++ {
		switch {
		case d.A != 0 && x[i].event > d.A || d.B != 0 && y[i].event > d.B:
			return "No choice came out otherwise before: what differs is the scenario."
		case x[i].Key != y[i].Key:
			return fmt.Sprintf("The first choice that differs: here %s is asked, there %s.", words.KeyText(x[i].Key), words.KeyText(y[i].Key))
		case x[i].Answer != y[i].Answer:
			return fmt.Sprintf("The choice that made the difference: %s, here %d and there %d.", words.KeyText(x[i].Key), x[i].Answer, y[i].Answer)
		}
	}
	if len(x) == 0 || len(y) == 0 {
		return ""
	}
	return "No choice came out otherwise before: what differs is the scenario."
}
