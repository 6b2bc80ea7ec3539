package simtest

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/trace"
)

// mostLines is how many lines of a run a failure shows, below the head.
const mostLines = 40

// words is the end of a run event by event, a column an actor.
func (x *settings) words(f *trace.File) (string, error) {
	p, err := x.ready(f)
	if err != nil {
		return "", err
	}
	var all trace.Recorder
	p.world.Observe(&all)
	p.world.Reset(p.seed, p.answers)
	p.world.Run()
	head, lines := x.grid(&all, 0)
	total := len(lines)
	if total > mostLines { // so that the columns are as wide as what is shown needs
		low, high := uint64(1), all.Entries[len(all.Entries)-1].Event
		for low < high {
			middle := low + (high-low)/2
			if _, shown := x.grid(&all, middle); len(shown) > mostLines {
				low = middle + 1
			} else {
				high = middle
			}
		}
		head, lines = x.grid(&all, low)
	}
	if n := len(lines); n > mostLines {
		lines = lines[n-mostLines:]
	}
	text := strings.Join(head, "\n") + "\n"
	if above := total - len(lines); above > 0 {
		text += fmt.Sprintf("(%s above these)\n", count(above, "line"))
	}
	return text + strings.Join(lines, "\n") + "\n", nil
}

// grid is a run from an event on, as the command shows it: what is above the first
// line, and the lines.
func (x *settings) grid(all *trace.Recorder, from uint64) (head, lines []string) {
	g := grid.New(x.hunt.Ground[0].Scenario, from)
	each(all, g.Measure)
	var b strings.Builder
	g.Begin(&b)
	each(all, g.Print)
	if g.End() != nil {
		return nil, nil // a strings.Builder takes all
	}
	for i, part := range strings.Split(strings.TrimRight(b.String(), "\n"), "\n\n") {
		part := strings.Split(part, "\n") // the legend, or the names of the columns and lines
		switch i {
		case 0:
			head = append(part, "")
		case 1:
			head = append(head, part[0])
			fallthrough
		default:
			lines = append(lines, part[1:]...)
		}
	}
	return head, lines
}

// each hands on the steps of a run.
func each(all *trace.Recorder, do func(trace.Step)) {
	steps := trace.Steps{Each: do}
	for _, e := range all.Entries {
		steps.Observe(e)
	}
	steps.Flush()
}
