package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/observe"
)

// A crash between two events. In a searched run an actor may crash once it has
// handled an event and all that it did is done: it has nothing under way, and what
// it holds in memory alone is gone. It comes back before anything else happens, so
// no message is lost that waits for it; an actor that is down for longer, and to
// which messages get lost, is what a crash before an effect leaves.
//
// A crash just before an event is one just after the event of that actor before
// it, since nothing that is at the actor changes in between. So it is asked after
// messages, requests, alarms and ends of saves, but not after a start or a return:
// what these leave is what the next would begin with.

// idleOffset is what is to be added to the key of an arrival, of whichever copy, for
// that of the question whether its receiver crashes then.
const idleOffset = scheduler.Key(chance.CrashIdle)<<copyKeyShift - deliveredKey

// idleKey names the question whether an actor crashes after a message that has
// arrived at it and before its next event.
func idleKey(happened scheduler.Key) scheduler.Key {
	return happened + idleOffset
}

// ownKey is idleKey of an event that is no message; 0: it is not asked.
func (w *World[M, D]) ownKey(e *Env[M, D], happened scheduler.Key) scheduler.Key {
	switch observe.WhatOf(happened) {
	case observe.TimedOut, observe.Asked, observe.Synced:
		return scheduler.MakeKey(chance.CrashOwn, 0, uint16(e.self), 0, w.count(&e.own))
	}
	return 0
}

// crashIdle takes down the actor at which an event has happened. It comes back in
// the next.
func (w *World[M, D]) crashIdle(e *Env[M, D], key scheduler.Key) {
	w.crashByChance(e, key)
	w.search.bounce = e.restart
}
