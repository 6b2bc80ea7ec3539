package export

import (
	"io"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/explain/diagram"
	"github.com/paxsim/paxsim/sim/trace"
)

// storyEvents is how many events a diagram shows, unless more are asked for.
const storyEvents = 500

// story writes a run as a story: only what happens in it, in numbered rows.
type story struct {
	noMeasure
	run     *Run
	builder *diagram.StoryBuilder
	out     io.Writer
	write   func(w io.Writer, r *Run, s *diagram.Story) error
}

func newStory(r *Run, write func(w io.Writer, r *Run, s *diagram.Story) error) Exporter {
	var o diagram.Options
	if r.Story != nil {
		o = *r.Story
	}
	o.From, o.Count = r.Window.From, r.Window.Count
	if o.Count == 0 {
		o.Count = storyEvents
	}
	return &story{run: r, builder: diagram.NewStoryBuilder(r.Scenario, o), write: write}
}

func (x *story) Begin(w io.Writer) { x.out = w }

func (x *story) Step(s trace.Step) { x.builder.Add(s) }

func (x *story) End(*trace.Trailer) error { return x.write(x.out, x.run, x.builder.Story()) }

// newDiagram is a diagram for a terminal.
func newDiagram(r *Run) Exporter { return newStory(r, writeDiagram) }

const diagramMark = "# paxsim draws a run: "

func writeDiagram(w io.Writer, r *Run, s *diagram.Story) error {
	terminal.Fprintf(w, "%s%s\n\n", diagramMark, r.Name())
	return s.Text(w, r.Text)
}

// writeStorySVG is a picture of a story.
func writeStorySVG(w io.Writer, r *Run, s *diagram.Story) error {
	return diagram.SVG(w, s.Layout(r.Scenario, terminal.Text(r.Name())))
}
