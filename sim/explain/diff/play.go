package diff

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// Play makes a side of a run that a world plays from its start: side has its name, its
// scenario and the text of that. source is what answers, nil: the seed alone; base says
// the same for the foot. The world must not be used otherwise until the side is at its
// end.
func Play(side Side, w sim.Runner, seed uint64, source scheduler.Source, base trace.Base) *Side {
	choices := &scheduler.Recording{Base: source}
	var waiting []trace.Step
	steps := &trace.Steps{Each: func(s trace.Step) {
		waiting = append(waiting, trace.Step{Event: s.Event, Effects: slices.Clone(s.Effects)})
	}}
	w.Observe(steps)
	w.Reset(seed, choices)
	began, more := false, true
	side.Played = true
	side.Next = func() (Moment, bool) {
		if !began {
			began = true
			return Moment{Asked: take(choices)}, true
		}
		for len(waiting) == 0 && more {
			more = w.Step()
			steps.Flush()
		}
		if len(waiting) == 0 {
			return Moment{}, false
		}
		m := Moment{Step: waiting[0], Asked: take(choices)}
		waiting = waiting[1:]
		return m, true
	}
	side.Foot = func() *trace.Trailer {
		return trace.NewTrailer(trace.NewHeader(side.Scenario, "", base), w.Outcome(), 0)
	}
	return &side
}

// take is what was asked since it was called last.
func take(choices *scheduler.Recording) []scheduler.Asked {
	list := slices.Clone(choices.List)
	choices.List = choices.List[:0]
	return list
}
