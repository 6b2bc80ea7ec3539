package sim

import "github.com/paxsim/paxsim/scheduler"

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

// crashIdle asks whether the actor at which an event has happened crashes before
// its next, and takes it down if so. It is called if crashes may fall and their
// budget is not spent.
func (w *World[M, D]) crashIdle(e *Env[M, D], happened scheduler.Key) {
	if e.slow&dead != 0 || w.over {
		return
	}
	key := happened
	switch eventWhat(happened) {
	case Delivered:
		key = happened.WithWhat(whatCrashIdle + eventCopy(happened))
	case TimedOut, Asked, Synced:
		key = scheduler.MakeKey(whatCrashOwn, 0, uint16(e.self), 0, w.count(&e.own))
	default:
		return
	}
	if w.crashChosen(key) {
		w.crashByChance(e)
		w.search.bounce = e.restart
	}
}
