package sim

import "github.com/paxsim/paxsim/sim/observe"

// watchers are who watches the run.
type watchers[M Message, D Record] struct {
	history   History[M, D]        // checks, or counts if somebody observes; nil: nothing watches
	checks    History[M, D]        // what watches the invariants; nil: none is switched on
	counts    History[M, D]        // what counts votes where nothing is checked; nil: nobody has observed yet
	uncounted func() History[M, D] // makes counts; nil: there is none to make
	listened  History[M, D]        // the history that was asked what it wants to hear:
	counted   bool                 // whether it counts votes
	ear       Hearer[M]            // history, if it wants to know of messages of these kinds
	hears     uint64
	stakes    Stakes // history, if it knows what is at stake
	observers []observe.Observer
}

// counter is a history that tells of every value that is chosen. If no invariant
// is switched on, it counts votes and checks nothing; it is made when somebody
// observes, so that a run that nobody looks at pays nothing for it.
func (w *World[M, D]) counter() History[M, D] {
	if w.counts == nil && w.uncounted != nil {
		w.counts = w.uncounted()
		if wrong := checkHistory(w.counts); wrong != "" {
			panic(wrong)
		}
		if c, ok := w.counts.(VoteCounter); ok {
			c.OnChosen(w.chosen)
		}
	}
	return w.counts
}

// chosen notes that a value is chosen, by the vote of an actor. It is no event,
// and no digest knows of it: it follows from what happened. What a handler still
// does after an invariant broke is no part of this.
func (w *World[M, D]) chosen(voter ID, c Chosen) {
	if w.result.Violation != nil {
		return
	}
	now := w.queue.Now()
	if c.Instance == 0 && w.result.Chosen.Value == 0 {
		w.result.Chosen, w.result.ChosenTime = c, now
	}
	if w.instances.holds(c.Instance) {
		if l := w.instances.of(c.Instance, w.n); l.Chosen.Value == 0 {
			l.Chosen, l.ChosenTime = c, now
		}
	}
	if len(w.observers) != 0 {
		w.emit(observe.Entry{What: observe.BecameChosen, Actor: voter, N: uint32(c.Instance), Cause: uint64(w.actors[voter].cause), Text: ofInstance(c.Instance) + w.placed(c.Value, c.Under), Round: c.Under, Said: c})
	}
}

// listen makes the history hear what it asks for. It is asked anew only if it is
// another than in the run before.
func (w *World[M, D]) listen() {
	if w.history != w.listened {
		w.listened = w.history
		w.ear, _ = w.history.(Hearer[M])
		w.stakes, _ = w.history.(Stakes)
		_, w.counted = w.history.(VoteCounter)
		w.hears = 0
		if w.ear != nil {
			w.hears = w.ear.Hears()
		}
	}
	w.result.Counted = w.counted
}
