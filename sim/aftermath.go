package sim

import "github.com/paxsim/paxsim/sim/observe"

// A change to the world is made whole before anything comes of it. A fault that
// strikes three actors takes down all three before a moment that the first crash
// brings about can begin another fault, or end this one. What comes of a change
// waits in two lists: the moments that have come, in their order, and then the
// actors that may go on. An actor that goes on does so effect by effect, and the
// moments that an effect brings about come at that effect.

// aftermath is what comes of a change to the world once it is whole.
type aftermath struct {
	changes int   // that are being made, one within another
	moments []int // that have come, by their numbers
	coming  bool  // the moments are being handled
	freed   []ID  // who may go on
	going   bool  // those who may go on are doing so
}

func (a *aftermath) reset() { *a = aftermath{moments: a.moments[:0], freed: a.freed[:0]} }

// change begins a change to the world. [World.changed] ends it.
func (w *World[M, D]) change() { w.after.changes++ }

// changed ends a change to the world. If it is no part of another, what comes of
// it comes now.
func (w *World[M, D]) changed() {
	w.after.changes--
	w.flushAftermath()
}

// flushAftermath lets what has come of a change happen, if none is being made: the
// moments one after the other, each with what it brings about behind it, and
// then the actors that may go on.
func (w *World[M, D]) flushAftermath() {
	a := &w.after
	if a.changes > 0 || a.coming {
		return
	}
	if len(a.moments) != 0 {
		a.coming = true
		for i := 0; i < len(a.moments); i++ {
			w.come(w.faults.moments.At(a.moments[i]))
		}
		a.moments, a.coming = a.moments[:0], false
	}
	if len(a.freed) != 0 && !a.going {
		a.going = true
		for i := 0; i < len(a.freed); i++ {
			w.goOn(&w.actors[a.freed[i]])
		}
		a.freed, a.going = a.freed[:0], false
	}
}

// free lets an actor go on with what has waited, once the world has settled
// down.
func (w *World[M, D]) free(e *Env[M, D]) { w.after.freed = append(w.after.freed, e.self) }

// goOn makes what an actor had still to do happen, as far as nothing holds it
// again, and then what has come meanwhile.
func (w *World[M, D]) goOn(e *Env[M, D]) {
	w.flush(e)
	if e.slow&(dead|paused) != 0 {
		return
	}
	for i := range e.stalled {
		h := w.repush(&e.stalled[i])
		if ev := w.eventAt(h); observe.WhatOf(ev.key) == observe.TimedOut {
			if al := &e.timers[ev.key.Kind()]; al.handle == 0 {
				al.handle = h
			} else {
				w.takeBack(h) // it was set anew
			}
		}
	}
	e.stalled = e.stalled[:0]
}
