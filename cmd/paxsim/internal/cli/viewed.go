package cli

import (
	"cmp"

	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/explain/diff"
	"github.com/paxsim/paxsim/sim/explain/view"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// viewed is a run as a page shows it: played by a world that can be looked into,
// or else read from a trace. but tells in what it is not what its name says.
func (a *app) viewed(what string, f *exportFlags, but []string) (*view.Recorder, error) {
	t, err := a.openTold(what, f)
	if err != nil {
		return nil, err
	}
	defer t.close()
	for _, text := range but {
		t.run.Scenario.Name += " but " + text
	}
	t.run.Window.From, t.run.Window.Count = f.from, f.most
	var story *view.Story
	if t.words != nil {
		story = &view.Story{Text: t.words.Text, Captions: t.words.Captions}
		if story.SVG, err = load.Picture(t.run, t.play); err != nil {
			return nil, err
		}
	}
	r, foot, err := a.playViewed(t)
	if r != nil {
		r.Tell(story)
	}
	if err != nil || !t.read {
		return r, err
	}
	// A trace tells how its run ended. If it plays as the same run, what was
	// played shows more.
	plain := view.NewRecorder(t.run, nil, nil)
	plain.After(nil)
	told, err := t.play(func(s trace.Step) { plain.Step(s); plain.After(nil) })
	if err != nil {
		return nil, err
	}
	if r != nil && foot.Digest == told.Digest {
		return r, nil
	}
	plain.End(told)
	return plain, nil
}

// playViewed plays the run that a head speaks of, and shows all of it to a
// recorder. The recorder is nil if this paxsim cannot play it.
func (a *app) playViewed(t *told) (*view.Recorder, *trace.Trailer, error) {
	s, head := t.run.Scenario, t.run.Head
	file := trace.File{Base: head.Base, Answers: head.Answers, Engine: head.Engine, Budget: head.Budget, Deferrals: head.Deferrals}
	seed, answers, err := file.Source(s.Protocol.Vocabulary())
	search, serr := file.Search(s.Protocol.Vocabulary())
	if cmp.Or(err, serr) != nil {
		return nil, nil, nil //nolint:nilerr // a trace may have been written by another paxsim
	}
	w, err := newWorld(s)
	if err != nil {
		return nil, nil, err
	}
	look, _ := w.(observe.Inspector)
	r := view.NewRecorder(t.run, look, w)
	w.Observe(r)
	w.Search(search)
	choices := &scheduler.Recording{Base: answers}
	w.Reset(seed, choices)
	defer a.working("table", doing("playing the run"))()
	for more := true; ; {
		r.After(choices.List)
		choices.List = choices.List[:0]
		if !more {
			break
		}
		if a.ctx.Err() != nil { // what every actor knows is written down: that takes its time
			return nil, nil, a.interrupted("")
		}
		more = w.Step()
	}
	foot := trace.NewTrailer(head, w.Outcome(), 0)
	r.End(foot)
	return r, foot, nil
}

// difference is what diff says of two runs; nil: they are the same.
func (a *app) difference(what []string, f *diffFlags) (*view.Difference, error) {
	x, endA, err := a.side(what[0], f, 0, false)
	if err != nil {
		return nil, err
	}
	y, endB, err := a.side(what[len(what)-1], f, 1, false)
	if err != nil {
		return nil, cmp.Or(endA(), err)
	}
	done := a.working("table", doing("playing both runs"))
	r := diff.Compare(x, y)
	done()
	if err := cmp.Or(endA(), endB(), a.interrupted("")); err != nil {
		return nil, err
	}
	if r.Same {
		return nil, nil
	}
	d := &view.Difference{Why: r.Why(x, y)}
	if len(r.A) > 0 {
		d.A = r.A[0].Number
	}
	if len(r.B) > 0 {
		d.B = r.B[0].Number
	}
	return d, nil
}
