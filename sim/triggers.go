package sim

import (
	"slices"

	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/triggers"
)

// expectTriggers marks the actors whose doings a moment is about, at the start of a
// run.
func (w *World[M, D]) expectTriggers() {
	anybody := false
	for i := range w.faults.moments.Len() {
		who := w.faults.moments.At(i).Who
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

// trigger is called after an actor has done what moments may be about. Those that have
// come begin or end their faults at once. If this is a part of a larger change to the
// world, they wait until that is whole.
func (w *World[M, D]) trigger(e *Env[M, D], does triggers.Doing, kind uint8) {
	a := &w.after
	from := len(a.moments)
	a.moments = w.faults.moments.Done(e.self, does, kind, a.moments)
	if w.search == nil {
		came := slices.DeleteFunc(a.moments[from:], func(i int) bool {
			m := w.faults.moments.At(i)
			return !m.Ends && w.queue.Now() >= w.scenario.Faults[m.Fault].Until // it would be over already
		})
		a.moments = a.moments[:from+len(came)]
	}
	w.flushAftermath()
}

// come begins or ends the fault of a moment that has come.
func (w *World[M, D]) come(m *triggers.Awaited) {
	what, op := observe.FaultStruck, opStrike
	if m.Ends {
		what, op = observe.FaultHealed, opHeal
	}
	w.digest.Mix(uint64(op)<<58 | uint64(m.Fault))
	if len(w.observers) != 0 {
		w.emit(observe.Entry{What: what, N: uint32(m.Fault), Cause: w.events, Text: w.scenario.Faults[m.Fault].Name})
	}
	if m.Ends {
		w.endFault(m.Fault)
		return
	}
	w.beginFault(m.Fault)
}

// await lists the moments of a scenario, and notes which ends which fault.
func (f *faultStates) await(s *Scenario) (list []triggers.Awaited) {
	for i := range s.Faults {
		x := &s.Faults[i]
		if x.When != nil {
			list = append(list, triggers.Awaited{Moment: x.When, Fault: i, Due: s.timesOf(x.When)})
		}
		if x.UntilWhen != nil {
			list = append(list, triggers.Awaited{Moment: x.UntilWhen, Fault: i, Ends: true, Due: s.timesOf(x.UntilWhen)})
			f.list[i].until = len(list)
		}
	}
	return list
}

// timesOf is how often what a moment is about must be done.
func (s *Scenario) timesOf(m *triggers.Moment) int {
	if m.Most {
		return s.Actors/2 + 1
	}
	if m.Quorum {
		return s.quorumFor(m.Does, m.Kind)
	}
	return max(m.Times, 1)
}
