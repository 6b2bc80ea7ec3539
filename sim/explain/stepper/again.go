package stepper

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// Point is all that was chosen and taken in a run, and the place in it.
type Point struct {
	here past
	past []past
}

// Point is how the stepper is now, for [Stepper.Return].
func (s *Stepper) Point() Point { return Point{s.remember(), slices.Clone(s.past)} }

// Return makes all as it was at a point, also if the context was done meanwhile. The error
// is that of the context.
func (s *Stepper) Return(p Point) error {
	s.past = slices.Clone(p.past)
	return s.comeBack(p.here)
}

// Undos is how often [Stepper.Undo] can be called.
func (s *Stepper) Undos() int { return len(s.past) }

// Fork is another stepper at the same place of the same run. What is chosen in one of
// them does not reach the other. The error is that of the context, or of the protocol.
func (s *Stepper) Fork() (*Stepper, error) {
	world, err := s.scenario.Protocol.New(s.scenario)
	if err != nil {
		return nil, err
	}
	x := *s
	x.world = world
	x.asked, x.seen = scheduler.Recording{}, trace.Recorder{}
	x.past = slices.Clone(s.past)
	world.Observe(&x.seen)
	if s.search != nil {
		x.search = &searching{budget: s.search.budget, deferrals: slices.Clone(s.search.deferrals)}
		world.Search(&search.Search{Picker: &x.search.hand, Record: true, Budget: x.search.budget})
	}
	x.restart()
	return &x, x.GoTo(s.At())
}

// Watcher sees a whole run. A recorder of the page of a run is one.
type Watcher interface {
	// Step takes an event and what happened during it. It is good until Step returns.
	Step(trace.Step)
	// After takes the choices that were asked since the last call: before the first
	// event, and then whenever the world has gone on, with an event or without one.
	After([]scheduler.Asked)
}

// Show makes the run again from its start, and shows it to a watcher. It ends at the end
// of the run, or after the event of a number if there are more; whole says that there
// are not. The error is that of the context.
func (s *Stepper) Show(w Watcher, most uint64) (whole bool, err error) {
	s.restart()
	w.After(s.asked.List)
	for !s.over && s.Err() == nil {
		there := s.one()
		if there && s.At() > most {
			return false, nil
		}
		if there {
			w.Step(s.step)
		}
		w.After(s.asked.List)
	}
	return true, s.Err()
}
