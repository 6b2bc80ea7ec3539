package trace

import "github.com/paxsim/paxsim/sim"

// Recorder keeps all entries of a run. It is a [sim.Observer]. The zero
// Recorder is ready to use.
type Recorder struct {
	Entries []sim.Entry
}

// Observe implements [sim.Observer].
func (r *Recorder) Observe(e sim.Entry) { r.Entries = append(r.Entries, e) }

// Reset forgets the entries and keeps their memory.
func (r *Recorder) Reset() { r.Entries = r.Entries[:0] }

// Step is one event and what happened during it, in order.
type Step struct {
	Event   sim.Entry
	Effects []sim.Entry
}

// Steps hands on a run event by event, and so needs memory for one event only.
// It is a [sim.Observer]. After the run, Flush hands on the last event.
type Steps struct {
	// Each is called with every event once it is complete. The step is good
	// until Each returns.
	Each func(Step)

	step Step
	open bool
}

// Observe implements [sim.Observer].
func (s *Steps) Observe(e sim.Entry) {
	if s.open && e.Event == s.step.Event.Event { // also the arrival of what vanishes because of it
		s.step.Effects = append(s.step.Effects, e)
		return
	}
	s.Flush()
	s.step.Event, s.open = e, true
}

// Flush hands on the event that is not yet handed on, if there is one.
func (s *Steps) Flush() {
	if !s.open {
		return
	}
	s.open = false
	s.Each(s.step)
	s.step.Effects = s.step.Effects[:0]
}
