package stepper

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// Next goes on by one event and says whether there was one. Events at which nobody is
// there are passed over, as in a trace. There is none at the end of the run, and once
// the context is done.
func (s *Stepper) Next() bool {
	for !s.over && s.Err() == nil {
		if s.one() {
			return true
		}
	}
	return false
}

// one goes on by one event, and says whether anybody was there.
func (s *Stepper) one() bool {
	s.seen.Reset()
	s.asked.List = s.asked.List[:0]
	s.over = !s.world.Step()
	if len(s.seen.Entries) == 0 {
		return false
	}
	s.step = trace.StepOf(s.seen.Entries)
	return true
}

// GoTo goes to the event of a number, forwards or backwards; to the end, if there are
// not so many. The error is that of the context.
func (s *Stepper) GoTo(event uint64) error {
	if event < s.At() {
		s.restart()
	}
	for s.At() < event && !s.over && s.Err() == nil {
		s.one()
	}
	return s.Err()
}

// Back goes back by so many events; to before the first, if there are not so many.
// The error is that of the context.
func (s *Stepper) Back(events uint64) error { return s.GoTo(s.At() - min(events, s.At())) }

// Until goes on to the next event for which is returns true, and says whether there is
// one. If not, the stepper is at the end. The error is that of the context.
func (s *Stepper) Until(is func(trace.Step) bool) (found bool, err error) {
	for s.Next() {
		if is(s.step) {
			return true, nil
		}
	}
	return false, s.Err()
}

// LastBy is the number of the last event that is not later than a time; 0: all are
// later. The stepper stays where it is. The error is that of the context.
func (s *Stepper) LastBy(at sim.Time) (event uint64, err error) {
	stood := s.At()
	if at < s.Now() {
		s.restart()
	} else {
		event = stood
	}
	for s.Next() && s.Now() <= at {
		event = s.At()
	}
	return event, s.GoTo(stood)
}

// Err is the error of the context, once that is done: then the stepper is at some place,
// and moves no longer.
func (s *Stepper) Err() error { return s.ctx.Err() }
