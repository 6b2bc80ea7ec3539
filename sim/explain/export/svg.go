package export

import (
	"io"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/explain/diagram"
	"github.com/paxsim/paxsim/sim/trace"
)

// The bounds of the picture: what is larger nobody can look at.
const (
	svgActors = 64
	svgEvents = 500 // unless more are asked for
)

// svg is a space-time diagram.
type svg struct {
	run     *Run
	builder *diagram.Builder
	out     io.Writer
}

func newSVG(r *Run) Exporter {
	if r.Story != nil {
		return newStory(r, writeStorySVG)
	}
	count := r.Window.Count
	if count == 0 {
		count = svgEvents
	}
	return &svg{run: r, builder: diagram.NewBuilder(r.Scenario, r.Window.From, count)}
}

func (x *svg) Measure(s trace.Step) { x.builder.Add(s) }

func (x *svg) Begin(w io.Writer) { x.out = w }

func (x *svg) Step(trace.Step) {}

func (x *svg) End(f *trace.Trailer) error {
	return diagram.SVG(x.out, x.builder.Layout(terminal.Text(x.run.Name()), f))
}
