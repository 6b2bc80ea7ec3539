package load

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim/explain/diagram"
	"github.com/paxsim/paxsim/sim/explain/export"
	"github.com/paxsim/paxsim/sim/explain/view"
	"github.com/paxsim/paxsim/sim/trace"
)

// Words is a story told to people.
type Words struct {
	Text     string         // what happens, numbered, and then what breaks; lines that end
	Captions []view.Caption // the same, by event
	Decisive uint64         // the event from which on the rule is lost; 0: not known
}

// Words tells the story that was played to make the run: there must be one.
func (r *Run) Words(ctx context.Context) (*Words, error) {
	decisive, err := r.Played.Decisive(ctx)
	if err != nil {
		return nil, err
	}
	w := &Words{Decisive: decisive}
	var b strings.Builder
	most := len(fmt.Sprint(len(r.Story.Lines)))
	for i, line := range r.Story.Lines {
		w.Captions = append(w.Captions, view.Caption{Event: r.Played.Events[i], Text: line})
		fmt.Fprintf(&b, "%*d. %s\n", most, i+1, line)
	}
	if v := r.Played.Outcome.Violation; v != nil {
		fmt.Fprintf(&b, "\n%s (%s) breaks: %s\n", v.Invariant, v.Grade, v.Text)
	}
	w.Text = b.String()
	return w, nil
}

// Options is how the story is drawn.
func (w *Words) Options() *diagram.Options { return &diagram.Options{Decisive: w.Decisive} }

// Picture draws a run as an SVG. play goes through it.
func Picture(run export.Run, play func(each func(trace.Step)) (*trace.Trailer, error)) ([]byte, error) {
	var b bytes.Buffer
	x := export.Named("svg").New(&run)
	x.Begin(&b)
	foot, err := play(x.Step)
	if err != nil {
		return nil, err
	}
	err = x.End(foot)
	return b.Bytes(), err
}

// told is what a page of a story has beside its run.
func (r *Run) told(head *trace.Header) (*view.Story, error) {
	words, err := r.Words(context.Background())
	if err != nil {
		return nil, err
	}
	svg, err := Picture(export.Run{Scenario: &r.Scenario.Scenario, Head: head, Window: export.Window{From: 1}, Story: words.Options()}, func(each func(trace.Step)) (*trace.Trailer, error) {
		steps := &trace.Steps{Each: each}
		o, err := r.Play(steps)
		steps.Flush()
		return trace.NewTrailer(head, o, 0), err
	})
	return &view.Story{SVG: svg, Text: words.Text, Captions: words.Captions}, err
}
