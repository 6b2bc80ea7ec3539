package sim

import "github.com/paxsim/paxsim/scheduler"

// Crashes says how chance takes actors down: before any effect that others can
// see. The zero Crashes never does.
type Crashes struct {
	Chance  Probability // before each effect
	DownMin Time        // how long the actor is then down, at least
	DownMax Time        // and at most; uniform between the two
}

// crashesBefore asks, if crashes are on, whether the actor that is being called
// crashes before its next effect, and takes it down if so. The count in the key
// makes the choice unique; it goes on even if the effect never happens.
func (w *World[M, D]) crashesBefore(e *Env[M, D], key scheduler.Key) bool {
	s := e.slow
	if s&dead != 0 {
		return true
	}
	if s&mayCrash == 0 || !w.crashChosen(key) {
		return false
	}
	w.crashByChance(e)
	return true
}

// crashChosen asks whether a crash falls before the effect that key names.
func (w *World[M, D]) crashChosen(key scheduler.Key) bool { return w.chance.flip(key, w.crashes) }

// crashByChance takes the actor e.self down for as long as chance says.
func (w *World[M, D]) crashByChance(e *Env[M, D]) {
	c := &w.scenario.Crashes
	n := w.count(&e.downs)
	down := c.DownMin
	if c.DownMax > c.DownMin {
		key := scheduler.MakeKey(whatDown, 0, uint16(e.self), 0, n)
		down += Time(w.chance.pick(key, uint32(c.DownMax-c.DownMin+1)))
	}
	w.crash(e, w.queue.Now()+down)
}

// crash takes the actor e.self down until a time, or for ever. What it held in
// memory is gone, and what it was about to do; messages in flight live on.
func (w *World[M, D]) crash(e *Env[M, D], until Time) {
	id := e.self
	a := &w.actors[id]
	if a.slow&dead == 0 {
		w.result.Crashes++
		w.digest.Mix(uint64(opCrash)<<58 | uint64(id))
		if len(w.observers) != 0 {
			w.emit(Entry{What: Crashed, Actor: id, Cause: uint64(e.cause)})
		}
		w.loseCache(e)
		if w.history != nil {
			w.history.Crashed(id)
		}
		a.slow = a.slow&^waiting | dead
		for k := range a.timers {
			w.disarm(&a.timers[k])
		}
		w.clients.crashed(id)
		if a.learned != 0 {
			a.learned = 0
			w.unlearned++
		}
	} else if a.restart == 0 || a.restarts >= until {
		return // it is down for longer than this already
	} else {
		w.takeBack(a.restart)
		a.restart = 0
	}
	if until >= Forever {
		w.unlearned--
		w.clients.gone(id)
		return
	}
	a.restart, a.restarts = w.push(until, eventKey(Restarted, 0, id, 0)), until
}

// comeBack restarts an actor: it is what the protocol made it, plus what was
// saved. Then its clients ask again.
func (w *World[M, D]) comeBack(e *Env[M, D], ev *event[M]) {
	id := e.self
	a := &w.actors[id]
	a.restart = 0
	a.slow &^= dead
	e.depth = e.reached
	w.emitEvent(ev, ev.key, "")
	if w.history != nil {
		w.history.Restarted(id)
	}
	w.team.renew(id)
	e.actor.Start(e)
	w.askAgain(id)
}
