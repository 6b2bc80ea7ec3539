package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/observe"
)

// While an actor is paused the world goes on and the actor does not: what would
// be handled waits, and so do the effects of the handler in which the pause
// fell, if any is left. Then all of it happens, in its order. Its disk and its
// clock go on.
//
// Every pause in force has its hold on those whom it means, whether they are up
// or down. An actor that is down is not paused; if it comes back while a pause
// holds it, it is paused then, and starts when the pause is over.

// pause gives one more pause a hold on an actor.
func (w *World[M, D]) pause(e *Env[M, D]) {
	e.pauses++
	if e.slow&(dead|paused) == 0 {
		w.halt(e)
	}
}

// halt makes an actor stand still.
func (w *World[M, D]) halt(e *Env[M, D]) {
	e.slow |= paused
	w.digest.Mix(uint64(opPause)<<58 | uint64(e.self))
	if len(w.observers) != 0 {
		w.emit(observe.Entry{What: observe.Paused, Actor: e.self, Cause: w.events})
	}
}

// stall keeps an event for the end of a pause, or for the start of its actor.
func (w *World[M, D]) stall(e *Env[M, D], ev *event[M], key scheduler.Key) {
	why := "paused"
	if e.slow&paused == 0 {
		why = "not started"
	}
	if observe.WhatOf(key) == observe.Booted {
		e.slow |= unborn
	}
	x := *ev
	x.key = key
	if x.group > 0 {
		x.group = 0
	}
	e.stalled = append(e.stalled, x)
	w.digest.Mix(uint64(opStall) << 58)
	if len(w.observers) != 0 {
		if observe.WhatOf(key) == observe.Delivered {
			w.emitArrival(ev, key, 0)
		} else {
			w.emitEvent(ev, key, "")
		}
		w.emit(observe.Entry{What: observe.Held, Actor: e.self, Peer: ID(key.From()), Kind: key.Kind(), Copy: eventCopy(key), N: key.Count(), Cause: uint64(ev.cause), Text: why})
	}
}

// stallStart keeps the start of an actor that has come back into a pause.
func (w *World[M, D]) stallStart(e *Env[M, D]) {
	key := eventKey(observe.Booted, 0, e.self, w.count(&e.starts))
	e.slow |= unborn
	e.stalled = append(e.stalled, event[M]{key: key, cause: uint32(w.events)})
	w.digest.Mix(uint64(opStall) << 58)
}

// resume takes the hold of one pause from an actor. If it is up and no other
// pause holds it, it goes on.
func (w *World[M, D]) resume(e *Env[M, D]) {
	if e.pauses--; e.pauses > 0 || e.slow&paused == 0 {
		return
	}
	e.slow &^= paused
	w.digest.Mix(uint64(opResume)<<58 | uint64(e.self))
	if len(w.observers) != 0 {
		w.emit(observe.Entry{What: observe.Resumed, Actor: e.self, Cause: w.events})
	}
	w.free(e)
}

// loseStalled drops what waited for an actor that goes down: it is gone with its
// memory. The pauses keep their hold.
func (w *World[M, D]) loseStalled(e *Env[M, D]) {
	e.slow &^= paused
	for i := range e.stalled {
		if ev := &e.stalled[i]; observe.WhatOf(ev.key) == observe.Delivered {
			w.result.Dropped++
			w.dropped(ev, ev.key, receiverDown)
		}
	}
	e.stalled = e.stalled[:0]
}
