package trace

import "github.com/paxsim/paxsim/sim/observe"

// Recorder keeps all entries of a run. It is a [observe.Observer]. The zero
// Recorder is ready to use.
type Recorder struct {
	Entries []observe.Entry
}

// Observe implements [observe.Observer].
func (r *Recorder) Observe(e observe.Entry) { r.Entries = append(r.Entries, e) }

// Reset forgets the entries and keeps their memory.
func (r *Recorder) Reset() { r.Entries = r.Entries[:0] }

// Step is one event and what happened during it, in order.
type Step struct {
	Event   observe.Entry
	Effects []observe.Entry
}

// StepOf makes a step of the entries of one event, in their order. The event itself comes
// first, even where a fault struck at a moment that the event brought, and so was reported
// before it. The step shares memory with the entries, and may change their order.
func StepOf(entries []observe.Entry) Step {
	for i, e := range entries {
		if e.What.IsEvent() && e.At == entries[0].At { // in a trace by others the times need not agree
			copy(entries[1:i+1], entries[:i])
			entries[0] = e
			break
		}
	}
	return Step{Event: entries[0], Effects: entries[1:]}
}

// Steps hands on a run event by event, and so needs memory for one event only.
// It is a [observe.Observer]. After the run, Flush hands on the last event.
type Steps struct {
	// Each is called with every event once it is complete. The step is good
	// until Each returns.
	Each func(Step)

	entries []observe.Entry // of the event that is not yet handed on
}

// Observe implements [observe.Observer].
func (s *Steps) Observe(e observe.Entry) {
	if len(s.entries) > 0 && e.Event != s.entries[0].Event { // the arrival of what vanishes because of an event has its number
		s.Flush()
	}
	s.entries = append(s.entries, e)
}

// Flush hands on the event that is not yet handed on, if there is one.
func (s *Steps) Flush() {
	if len(s.entries) == 0 {
		return
	}
	s.Each(StepOf(s.entries))
	s.entries = s.entries[:0]
}
