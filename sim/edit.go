package sim

import (
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// An edit changes a run by hand, at a place in it. The world handles it between two
// events, as an event of its own, and nobody knows of it before: no computed wait, no
// limit and no name of a choice depends on it. So the run is the same up to there.
// Faults that begin by an edit come behind those of the scenario, see
// [Scenario.FaultAt].

// FaultAt is the fault of a number, from 0, by which events and entries name it: the
// faults of the scenario, and then those of its edits. An edit that begins no fault
// has a number too; its fault is the zero one. It panics if there is none.
func (s *Scenario) FaultAt(i int) *faults.Fault {
	if n := len(s.Faults); i >= n {
		return &s.Edits[i-n].Fault
	}
	return &s.Faults[i]
}

// FaultCount is how many numbers [Scenario.FaultAt] knows.
func (s *Scenario) FaultCount() int { return len(s.Faults) + len(s.Edits) }

// byHand says whether a fault is one of an edit.
func (w *World[M, D]) byHand(i int) bool { return i >= len(w.scenario.Faults) }

// editedSteps is [World.Steps] of a run in which edits are to come.
func (w *World[M, D]) editedSteps(n int) bool {
	for n > 0 && !w.over && w.edited < len(w.scenario.Edits) {
		k := 1
		if after := w.scenario.Edits[w.edited].After; w.events < after {
			k = int(min(uint64(n), after-w.events))
			w.steps(k)
		} else {
			w.edit()
		}
		n -= k
	}
	return w.steps(n)
}

// edit handles the next edit, as an event.
func (w *World[M, D]) edit() {
	i := len(w.scenario.Faults) + w.edited
	x := &w.scenario.Edits[w.edited]
	w.edited++
	w.events++
	ev := event[M]{key: eventKey(observe.FaultBegins, 0, 0, uint32(i))}
	heals := -1
	switch {
	case x.Restart != 0:
		ev.key = eventKey(observe.Restarted, 0, x.Restart, 0)
	case x.Heal != "":
		ev.key = eventKey(observe.FaultEnds, 0, 0, uint32(i)) // of nothing
		if heals = w.inForce(x.Heal); heals >= 0 {
			ev.key = w.chanceKey(observe.FaultEnds, heals)
		}
	}
	w.digest.Mix(uint64(ev.key))
	w.digest.Mix(uint64(w.queue.Now()))
	e := &w.actors[ev.key.To()]
	e.cause = uint32(w.events)
	switch {
	case x.Restart != 0:
		w.bringBack(e, &ev)
	case heals >= 0:
		if st := &w.faults.list[heals]; st.end != 0 {
			w.takeBack(st.end)
		}
		w.faultEnds(&ev)
	case x.Heal == "":
		w.faultBegins(&ev)
	}
	w.handled()
}

// inForce is the fault of a name that is in force and can be over by hand, of several
// the last; -1: there is none. A crash from one time to another is over when its actors
// come back.
func (w *World[M, D]) inForce(name string) int {
	for i := w.scenario.FaultCount() - 1; i >= 0; i-- {
		if w.scenario.FaultAt(i).Name == name && w.canHeal(i) {
			return i
		}
	}
	return -1
}

// canHeal says whether a fault is in force and can be over by hand.
func (w *World[M, D]) canHeal(i int) bool {
	f := w.scenario.FaultAt(i)
	return w.faults.list[i].on && (f.Crash.IsZero() || w.byHand(i) || !f.Timed())
}

// InForce implements [Runner].
func (w *World[M, D]) InForce() (names []string) {
	for i := range w.scenario.FaultCount() {
		if w.canHeal(i) {
			names = append(names, w.scenario.FaultAt(i).Name)
		}
	}
	return names
}

// bringBack restarts an actor that is down, whatever holds it down. Nothing happens
// if it is up, or down for good.
func (w *World[M, D]) bringBack(e *Env[M, D], ev *event[M]) {
	if e.slow&dead == 0 || e.gone {
		return
	}
	for i := range w.faults.list {
		if f := w.scenario.FaultAt(i); f.Crash.IsZero() {
			continue
		}
		st := &w.faults.list[i]
		struck, keep := len(st.struck), st.struck[:0]
		for _, id := range st.struck {
			if id != e.self {
				keep = append(keep, id)
			}
		}
		if st.struck = keep; w.byHand(i) && len(keep) == 0 && struck > 0 { // and so this is over
			st.on = false
			if st.end != 0 {
				w.takeBack(st.end)
				st.end = 0
			}
		}
	}
	e.holds = 0
	w.cancelRestart(e)
	w.comeBack(e, ev)
}
