package sim

import "github.com/paxsim/paxsim/scheduler"

// While an actor is paused the world goes on and the actor does not: what would
// be handled waits, and so do the effects of the handler in which the pause
// fell, if any is left. Then all of it happens, in its order. Its disk and its
// clock go on.

// pause stops an actor that is up. Pauses add up.
func (w *World[M, D]) pause(e *Env[M, D]) {
	if e.slow&dead != 0 {
		return
	}
	e.pauses++
	if e.slow&paused != 0 {
		return
	}
	e.slow |= paused
	w.digest.Mix(uint64(opPause)<<58 | uint64(e.self))
	if len(w.observers) != 0 {
		w.emit(Entry{What: Paused, Actor: e.self, Cause: w.events})
	}
}

// stall keeps an event for the end of a pause.
func (w *World[M, D]) stall(e *Env[M, D], ev *event[M], key scheduler.Key) {
	x := *ev
	x.key = key
	if x.group > 0 {
		x.group = 0
	}
	e.stalled = append(e.stalled, x)
	w.digest.Mix(uint64(opStall) << 58)
	if len(w.observers) != 0 {
		w.emitEvent(ev, key, w.eventText(ev, key))
		w.emit(Entry{What: Held, Actor: e.self, Peer: ID(key.From()), Kind: key.Kind(), Copy: eventCopy(key), N: key.Count(), Cause: uint64(ev.cause), Text: "paused"})
	}
}

// resume lets an actor go on, if no other pause holds.
func (w *World[M, D]) resume(e *Env[M, D]) {
	if e.slow&paused == 0 {
		return
	}
	if e.pauses--; e.pauses > 0 {
		return
	}
	e.slow &^= paused
	w.digest.Mix(uint64(opResume)<<58 | uint64(e.self))
	if len(w.observers) != 0 {
		w.emit(Entry{What: Resumed, Actor: e.self, Cause: w.events})
	}
	w.flush(e)
	for i := range e.stalled {
		h := w.repush(&e.stalled[i])
		if ev := w.eventAt(h); eventWhat(ev.key) == TimedOut {
			if al := &e.timers[ev.key.Kind()]; al.handle == 0 {
				al.handle = h
			} else {
				w.takeBack(h) // it was set anew
			}
		}
	}
	e.stalled = e.stalled[:0]
}

// forgetPause ends the pauses of an actor that goes down: what has come
// meanwhile is gone with its memory.
func (w *World[M, D]) forgetPause(e *Env[M, D]) {
	e.slow &^= paused
	e.pauses = 0
	for i := range w.faults.list {
		st := &w.faults.list[i]
		if st.on && !w.scenario.Faults[i].Pause.IsZero() {
			st.struck = withoutID(st.struck, e.self)
		}
	}
	for i := range e.stalled {
		if ev := &e.stalled[i]; eventWhat(ev.key) == Delivered {
			w.result.Dropped++
			w.dropped(ev, ev.key, receiverDown)
		}
	}
	e.stalled = e.stalled[:0]
}

// withoutID takes an actor out of a list, which keeps its order.
func withoutID(list []ID, id ID) []ID {
	for j, k := range list {
		if k == id {
			return append(list[:j], list[j+1:]...)
		}
	}
	return list
}
