package load

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim/explain/diagram"
	"github.com/paxsim/paxsim/sim/explain/export"
	"github.com/paxsim/paxsim/sim/explain/tell"
	"github.com/paxsim/paxsim/sim/explain/view"
	"github.com/paxsim/paxsim/sim/trace"
)

// Words is a story told to people.
type Words struct {
	Text     string         // what happens, numbered, and then what breaks; lines that end
	Captions []view.Caption // the same, by event
	Decisive uint64         // the event from which on the rule is lost; 0: not known
	listed   []uint64       // the event of each number
}

// Words tells the story that was played to make the run: there must be one.
func (r *Run) Words(ctx context.Context) (*Words, error) {
	decisive, err := r.Played.Decisive(ctx)
	if err != nil {
		return nil, err
	}
	var seen trace.Recorder
	p, err := r.Story.Story().Play(ctx, &seen)
	if err != nil {
		return nil, err
	}
	text, err := tell.Of(p.Scenario, seen.Entries, tell.Options{Decisive: decisive, Clock: r.Story.Clock})
	if err != nil {
		return nil, err
	}
	w := &Words{Text: text.String(), Decisive: decisive}
	for _, line := range text.Lines {
		w.listed = append(w.listed, line.Events[0])
		w.Captions = append(w.Captions, view.Caption{Event: line.Events[0], Text: line.String()})
	}
	if n := len(w.Captions); n > 0 {
		w.Captions[0].Text = strings.Join(append(slices.Clone(text.Cast), w.Captions[0].Text), " ")
		w.Captions[n-1].Text = strings.Join(append([]string{w.Captions[n-1].Text}, text.Ending...), " ")
	}
	return w, nil
}

// Options is how the story is drawn: with the numbers of the words.
func (w *Words) Options() *diagram.Options {
	return &diagram.Options{Decisive: w.Decisive, Listed: w.listed}
}

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

// told is what a page of a story has beside its run, and how the story is drawn.
func (r *Run) told(run *export.Run) (*view.Story, *diagram.Options, error) {
	words, err := r.Words(context.Background())
	if err != nil {
		return nil, nil, err
	}
	drawn := *run
	drawn.Story = words.Options()
	svg, err := Picture(drawn, func(each func(trace.Step)) (*trace.Trailer, error) {
		steps := &trace.Steps{Each: each}
		o, err := r.Play(steps)
		steps.Flush()
		return trace.NewTrailer(run.Head, o, 0), err
	})
	return &view.Story{SVG: svg, Text: words.Text, Captions: words.Captions}, words.Options(), err
}
