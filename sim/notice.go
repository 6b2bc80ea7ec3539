package sim

import "slices"

// expectMoments marks the actors whose doings a moment is about, at the start of a
// run.
func (w *World[M, D]) expectMoments() {
	anybody := false
	for i := range w.faults.counts {
		who := w.faults.counts[i].who
		if w.actors[who].slow |= alert; who == 0 {
			anybody = true
		}
	}
	if w.actors[0].slow = 0; anybody {
		for i := range w.actors[1:] {
			w.actors[1+i].slow |= alert
		}
	}
}

// notice is called after an actor has done what moments may be about. Those that
// have come begin or end their faults at once, or once the change to the world
// is whole of which this is a part.
func (w *World[M, D]) notice(e *Env[M, D], does Doing, kind uint8) {
	a := &w.after
	from := len(a.moments)
	a.moments = w.faults.done(e.self, does, kind, a.moments)
	if w.search == nil {
		came := slices.DeleteFunc(a.moments[from:], func(i int) bool {
			m := &w.faults.moments[i]
			return !m.ends && w.queue.Now() >= w.scenario.Faults[m.fault].Until // it would be over already
		})
		a.moments = a.moments[:from+len(came)]
	}
	w.settleDown()
}

// come begins or ends the fault of a moment that has come.
func (w *World[M, D]) come(m *awaited) {
	what, op := FaultStruck, opStrike
	if m.ends {
		what, op = FaultHealed, opHeal
	}
	w.digest.Mix(uint64(op)<<58 | uint64(m.fault))
	if len(w.observers) != 0 {
		w.emit(Entry{What: what, N: uint32(m.fault), Cause: w.events, Text: w.scenario.Faults[m.fault].Name})
	}
	if m.ends {
		w.heal(m.fault)
		return
	}
	w.strike(m.fault)
}
