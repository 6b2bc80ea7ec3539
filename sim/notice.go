package sim

// expect marks the actors whose doings a moment is about, at the start of a run.
func (w *World[M, D]) expectMoments() {
	for i := range w.faults.moments {
		m := &w.faults.moments[i]
		for id := ID(1); int(id) <= w.n; id++ {
			if m.Who == 0 || m.Who == id {
				w.actors[id].slow |= alert
			}
		}
	}
}

// notice is called after an actor has done what moments may be about. Those that
// have come begin or end their faults at once, or once the change to the world
// is whole of which this is a part.
func (w *World[M, D]) notice(e *Env[M, D], does Doing, kind uint8) {
	for i := range w.faults.moments {
		m := &w.faults.moments[i]
		if m.left == 0 || m.Does != does || m.Who != 0 && m.Who != e.self || m.Kind != kind {
			continue
		}
		if m.ends && !w.faults.list[m.fault].on {
			continue // it has not begun
		}
		if !m.ends && w.search == nil && w.queue.Now() >= w.scenario.Faults[m.fault].Until {
			continue // it would be over already
		}
		if m.left--; m.left == 0 {
			w.after.moments = append(w.after.moments, i)
		}
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
