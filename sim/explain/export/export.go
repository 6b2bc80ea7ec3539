// Package export writes a run in the forms that people and other programs read.
//
//	trace.Step --Measure--> once through the run, for forms that must know what comes
//	           --Step-----> once more, to write
//	trace.Foot --End
//
// None of the forms holds a run in memory, except for the picture. The picture is bounded
// in another way: it shows a window.
package export

import (
	"fmt"
	"io"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/diagram"
	"github.com/paxsim/paxsim/sim/trace"
)

// Run is what is known of a run before its first event.
type Run struct {
	Scenario *sim.Scenario
	Head     *trace.Header
	Window   Window

	// Story makes svg and mermaid draw the run as a story: only what happens in it, in
	// numbered rows. nil: they draw every message that is sent, also those that are lost.
	Story *diagram.Options
	Text  diagram.TextOptions // how the form diagram is drawn
}

// Window is the part of a run that the forms for people show.
type Window struct {
	From  uint64 // the first event; at least 1
	Count uint64 // how many events; 0: as many as the form can show
}

// mostName is how many characters of a scenario's name are shown. The name in a trace may
// be of any length.
const mostName = 200

// Name tells which run it is: "lossy, seed 7". A story has no seed, and nobody asks
// which answers it changes.
func (r *Run) Name() string {
	text := r.Scenario.Name
	if name := []rune(text); len(name) > mostName {
		text = string(name[:mostName]) + "…"
	}
	if r.Story != nil {
		return text
	}
	text += ", " + r.Head.Base.String()
	switch n := len(r.Head.Answers); n {
	case 0:
	case 1:
		text += ", 1 answer changed"
	default:
		text += fmt.Sprintf(", %d answers changed", n)
	}
	switch n := len(r.Head.Edits); n {
	case 0:
	case 1:
		text += ", 1 edit by hand"
	default:
		text += fmt.Sprintf(", %d edits by hand", n)
	}
	return text
}

// Exporter writes one run in one form. Its methods are called in the order in which they
// are listed here, and those with steps once a step.
type Exporter interface {
	// Measure is called in a first pass through the run.
	Measure(s trace.Step)

	// Begin begins the second pass.
	Begin(w io.Writer)
	Step(s trace.Step)

	// End ends the form and tells the first error of the writer.
	End(f *trace.Trailer) error
}

// Form is a form in which a run can be written.
type Form struct {
	Name     string
	Doc      string // one line
	Mark     string // how every file of this form begins
	Window   bool   // it can show a part of a run
	Measures bool   // it needs the first pass
	Actors   int    // how many actors it can show
	New      func(r *Run) Exporter
}

// Forms are all forms, in the order in which help tells them.
var Forms = []Form{
	{Name: "text", Doc: "a line an event, in words", Mark: textMark, Window: true, Actors: sim.MaxActors, New: newText},
	{Name: "grid", Doc: "a line an event, a column an actor, as run --trace shows it", Mark: "Time runs downwards; ", Window: true, Measures: true, Actors: sim.MaxActors, New: newGrid},
	{Name: "diagram", Doc: "a drawing in text, an actor a column, messages that arrive are arrows", Mark: diagramMark, Window: true, Actors: sim.MaxActors, New: newDiagram},
	{Name: "svg", Doc: "a picture: time runs down, an actor is a column, messages are arrows", Mark: "<svg ", Window: true, Measures: true, Actors: svgActors, New: newSVG},
	{Name: "mermaid", Doc: "a sequence diagram, for pages that draw Mermaid", Mark: mermaidMark, Window: true, Measures: true, Actors: mermaidActors, New: newMermaid},
	{Name: "shiviz", Doc: "a log with vector clocks, for ShiViz", Mark: shivizMark, Actors: shivizActors, New: newShiViz},
	{Name: "perfetto", Doc: "trace events, for ui.perfetto.dev and chrome://tracing", Mark: perfettoMark, Measures: true, Actors: sim.MaxActors, New: newPerfetto},
	{Name: "jsonl", Doc: "JSON lines: the whole trace, which paxsim reads again", Mark: `{"format":"paxsim trace `, Actors: sim.MaxActors, New: newLines},
}

// Names are the names of all forms.
func Names() []string {
	var names []string
	for _, f := range Forms {
		names = append(names, f.Name)
	}
	return names
}

// Named is the form of that name. There must be one.
func Named(name string) Form {
	return Forms[slices.IndexFunc(Forms, func(f Form) bool { return f.Name == name })]
}

// shows says whether a step is in the window.
func (w Window) shows(s trace.Step) bool {
	return s.Event.Event >= w.From && (w.Count == 0 || s.Event.Event-w.From < w.Count)
}

// noMeasure is for forms that need one pass only.
type noMeasure struct{}

func (noMeasure) Measure(trace.Step) {}
