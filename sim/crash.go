package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/triggers"
)

// crashesBefore asks, if crashes are on, whether the actor that is being called
// crashes before its next effect, and takes it down if so. The count in the key
// makes the choice unique; it goes on even if the effect never happens.
func (w *World[M, D]) crashesBefore(e *Env[M, D], key scheduler.Key) bool {
	s := e.slow
	if s&dead != 0 {
		return true
	}
	if w.search != nil && w.search.left.Crashes <= 0 {
		return false
	}
	if s&mayCrash == 0 || !w.crashChosen(key) {
		return false
	}
	w.crashByChance(e, key)
	return true
}

// crashChosen asks whether a crash falls before the effect that key names.
func (w *World[M, D]) crashChosen(key scheduler.Key) bool {
	w.segment.effects++
	return w.chance.Flip(key, w.crashes)
}

// crashByChance takes the actor e.self down for as long as chance says. key is the
// question that was answered so.
func (w *World[M, D]) crashByChance(e *Env[M, D], key scheduler.Key) {
	w.struck(faults.FamilyCrash)
	w.cut = key
	defer func() { w.cut = 0 }()
	if w.search != nil {
		w.search.left.Crashes--
		w.crash(e, w.queue.Now()) // it comes back when that is picked
		return
	}
	c := &w.scenario.Crashes
	n := w.count(&e.downs)
	down := c.DownMin
	if c.DownMax > c.DownMin {
		key := scheduler.MakeKey(chance.Down, 0, uint16(e.self), 0, n)
		down += Time(w.chance.Pick(key, uint32(c.DownMax-c.DownMin+1)))
	}
	w.crash(e, w.queue.Now()+down)
}

// cutOf is where a crash fell that a question brought about; nil: none did.
func cutOf(key scheduler.Key) any {
	if key == 0 {
		return nil
	}
	switch key.What() {
	case chance.Crash:
		return observe.Cut{Before: observe.Sent, Kind: key.Kind(), Peer: ID(key.To())}
	case chance.CrashSave:
		return observe.Cut{Before: observe.Saved}
	case chance.CrashDecide:
		return observe.Cut{Before: observe.Decided}
	case chance.CrashAnswer:
		return observe.Cut{Before: observe.Answered}
	}
	return observe.Cut{}
}

// untilHealed, as the end of a crash, is the unknown time at which its fault is
// over.
const untilHealed = faults.Forever - 1

// crash takes the actor e.self down until a time, until its fault is over, or
// for ever. What it held in memory is gone, and what it was about to do;
// messages in flight live on. An actor that is down for several reasons comes back when
// all are over.
func (w *World[M, D]) crash(e *Env[M, D], until Time) {
	w.change()
	all := w.unlearned <= 0
	if e.slow&dead == 0 {
		w.fall(e)
	}
	switch {
	case until == untilHealed:
		e.holds++
	case e.gone || e.restart != 0 && e.restarts >= until:
		// it is down for longer than this already
	case until >= faults.Forever:
		w.cancelRestart(e)
		e.gone = true
		if w.members.Has(e.self) {
			w.goneMembers++
		}
		if w.awaits(e) {
			w.awaited-- // and it had still to learn while it was down
			w.unlearned--
			w.learned(all)
		}
		w.clients.gone(e.self)
	default:
		w.cancelRestart(e)
		w.restartAt(e, until)
	}
	w.instances.update(w.awaited, w.queue.Now())
	w.changed()
}

// restartAt makes an actor that is down come back at a time, if no fault holds
// it down for longer.
func (w *World[M, D]) restartAt(e *Env[M, D], at Time) {
	e.restart, e.restarts = w.push(at, eventKey(observe.Restarted, 0, e.self, 0)), at
}

func (w *World[M, D]) cancelRestart(e *Env[M, D]) {
	if e.restart != 0 {
		w.takeBack(e.restart)
		e.restart = 0
	}
}

// awaits says whether the run waits for an actor to learn.
func (w *World[M, D]) awaits(e *Env[M, D]) bool {
	return (w.faults.core.Len() == 0 || w.faults.core.Has(e.self)) && (w.learners.Len() == 0 || w.learners.Has(e.self))
}

// fall is what happens to an actor that goes down.
func (w *World[M, D]) fall(e *Env[M, D]) {
	id := e.self
	w.result.Crashes++
	w.digest.Mix(uint64(opCrash)<<58 | uint64(id))
	if len(w.observers) != 0 {
		w.emit(observe.Entry{What: observe.Crashed, Actor: id, Cause: uint64(e.cause), Said: cutOf(w.cut)})
	}
	if e.slow&alert != 0 {
		w.trigger(e, triggers.Falls, 0)
	}
	w.loseCache(e)
	if w.history != nil {
		w.history.Crashed(id)
	}
	e.slow = e.slow&^waiting | dead
	for k := range e.timers {
		w.disarm(&e.timers[k])
	}
	w.hangUp(e)
	if e.missing == 0 {
		w.learnedAt[id] = -1
		if w.awaits(e) {
			w.unlearned++
		}
	}
	e.learned, e.missing = 0, w.instances.goal
	w.instances.forget(id, w.awaits(e))
	w.loseStalled(e)
	e.started = false
	e.slow &^= unborn
}

// release ends what a fault did to an actor that it took down: if nothing else
// holds it down it comes back now.
func (w *World[M, D]) release(id ID) {
	e := &w.actors[id]
	if e.holds--; e.holds == 0 && e.slow&dead != 0 && !e.gone && e.restart == 0 {
		w.restartAt(e, w.queue.Now())
	}
}

// comeBack restarts an actor: it is what the protocol made it, plus what was
// saved. Then its clients ask again. If a pause holds it, it starts when that is
// over.
func (w *World[M, D]) comeBack(e *Env[M, D], ev *event[M]) {
	id := e.self
	e.restart = 0
	if e.holds > 0 {
		return // a fault holds it down for longer
	}
	e.slow &^= dead
	e.depth = e.reached
	w.emitEvent(ev, ev.key, "")
	if w.history != nil {
		w.history.Restarted(id)
	}
	w.stillHolds(e)
	w.renew(e)
	if e.pauses > 0 {
		w.halt(e)
	}
	if e.slow&alert != 0 {
		w.trigger(e, triggers.Returns, 0)
	}
	switch {
	case e.slow&dead != 0:
		return // a moment took it down at once
	case e.slow&paused != 0:
		w.stallStart(e)
	default:
		w.start(e)
	}
	w.askAgain(id)
}

// renew makes an actor what it is at its start.
func (w *World[M, D]) renew(e *Env[M, D]) {
	if w.around == nil {
		w.states.renew(e.self)
		return
	}
	w.within(e, func() { w.states.renew(e.self) })
}

// renewAll makes every actor what it is at the start of a run. What a factory panics
// with then is a violation, as in a handler.
func (w *World[M, D]) renewAll() {
	if w.plain {
		w.states.reset()
		return
	}
	w.renewEach()
}

// renewEach is renewAll, one by one.
func (w *World[M, D]) renewEach() {
	defer func() {
		if p := recover(); p != nil {
			w.caught(p)
		}
	}()
	for id := 1; id <= w.n; id++ {
		w.renew(&w.actors[id])
	}
}

// boot is the event at which an actor starts for the first time, or after a
// pause into which it came back.
func (w *World[M, D]) boot(e *Env[M, D], ev *event[M]) {
	e.depth = e.reached
	if e.slow&dead != 0 || e.started { // else it starts, or has started, when it comes back
		return
	}
	w.emitEvent(ev, ev.key, "")
	w.start(e)
}

// start lets an actor start, and then handle what had to wait for that.
func (w *World[M, D]) start(e *Env[M, D]) {
	e.started = true
	e.slow &^= unborn
	e.actor.Start(e)
	if len(e.stalled) != 0 {
		w.free(e)
		w.flushAftermath()
	}
}
