package cli

import (
	"github.com/paxsim/paxsim/cmd/paxsim/internal/view"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// viewed is a run as a page shows it: played by a world that can be looked into,
// or else read from a trace.
func (a *app) viewed(what string, f *exportFlags, compare bool) (*view.Recorder, error) {
	t, err := a.openTold(what, f)
	if err != nil {
		return nil, err
	}
	defer t.close()
	t.run.Window.From, t.run.Window.Count = f.from, f.most
	r, foot, err := a.playViewed(t, compare)
	if err != nil || !t.read {
		return r, err
	}
	// A trace tells how its run ended. If it plays as the same run, what was
	// played shows more.
	plain := view.NewRecorder(t.run, nil, compare)
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
func (a *app) playViewed(t *told, compare bool) (*view.Recorder, *trace.Foot, error) {
	s, head := t.run.Scenario, t.run.Head
	file := trace.File{Base: head.Base, Answers: head.Answers}
	seed, answers, err := file.Source(s.Protocol.Words())
	if err != nil {
		return nil, nil, nil //nolint:nilerr // a trace may have been written by another paxsim
	}
	w, err := newWorld(s)
	if err != nil {
		return nil, nil, err
	}
	look, _ := w.(sim.Inspector)
	r := view.NewRecorder(t.run, look, compare)
	w.Observe(r)
	choices := &scheduler.Recording{Base: answers}
	w.Reset(seed, choices)
	for n, more := 1, true; ; n++ {
		r.After(choices.List)
		choices.List = choices.List[:0]
		if !more {
			break
		}
		if n%lookEveryLine == 0 && a.ctx.Err() != nil {
			return nil, nil, a.interrupted("")
		}
		more = w.Step()
	}
	foot := trace.NewFoot(head, w.Outcome(), 0)
	r.End(foot)
	return r, foot, nil
}
