package naive

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/observe"
)

// Observe implements [observe.Observer]: it notes whether a handler has done something
// that a crash does not undo.
func (e *engine) Observe(x observe.Entry) {
	switch x.What {
	case observe.Booted, observe.Restarted, observe.Delivered, observe.TimedOut, observe.Asked, observe.FaultBegins:
		e.done = false
	case observe.Sent, observe.Broadcast, observe.Saved, observe.Decided, observe.Answered:
		e.done = true
	}
}

// isCrash says whether a question is whether an actor crashes.
func isCrash(what uint8) bool {
	return what >= chance.Crash && what <= chance.CrashDecide || what >= chance.CrashIdle && what <= chance.CrashAnswer
}

// mayCut says whether a crash is tried at a question. One before anything was done is a
// crash between two events, which a fault does. One before a message that can get lost is
// the same with that message lost, and one before a decision shows less of the same. The
// first start of an actor is not cut.
func (e *engine) mayCut(k scheduler.Key) bool {
	if e.at == 0 || e.crashes == e.scope.Crashes || !e.done && e.world.caches[k.From()].Len() == 0 {
		return false
	}
	switch k.What() {
	case chance.CrashSave, chance.CrashAnswer:
		return true
	case chance.Crash:
		return e.scope.Network == sim.InOrder || slices.Contains(e.scope.Instant, ids.ID(k.To()))
	}
	return false
}
