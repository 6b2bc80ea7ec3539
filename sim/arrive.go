package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/triggers"
)

// unheard says whether a message is to be handled now and the history, though it listens,
// does not want to know of it.
func (w *World[M, D]) unheard(e *Env[M, D], key scheduler.Key) bool {
	return e.slow&(dead|observed|paused|alert|unborn|handles) == 0 && !w.slowArrive && w.hears>>key.Kind()&1 == 0
}

// arrive says whether a message is to be handled now: its receiver may be down,
// paused or cut off meanwhile. It tells whoever watches.
func (w *World[M, D]) arrive(e *Env[M, D], ev *event[M], key scheduler.Key) bool {
	if e.slow&handles != 0 && !w.stillSays(ev) {
		return false
	}
	if e.slow&(dead|observed|paused|alert|unborn) == 0 && !w.slowArrive { // except that it is overheard: the short way
		if e.slow&waiting == 0 && w.hears>>key.Kind()&1 != 0 {
			w.ear.Heard(e.self, ev.msg)
		} else {
			w.overhear(e, ev, key)
		}
		return true
	}
	if len(w.faults.clogs) != 0 && key.From() != key.To() {
		if i := w.faults.clogged(w.scenario, ID(key.From()), e.self, key.Kind()); i >= 0 {
			w.clog(i, ev, key)
			return false
		}
	}
	if w.links != nil && key.From() != key.To() {
		w.links.Leave(key)
	}
	if why := w.undeliverable(ID(key.From()), e.self); why != arrives {
		w.digest.Mix(uint64(why))
		w.result.Dropped++
		w.dropped(ev, key, why)
		return false
	}
	if e.slow&(paused|unborn) != 0 {
		w.stall(e, ev, key)
		return false
	}
	if e.slow&alert != 0 {
		w.arriving = *ev // whose place in the queue the moment may need
		w.arriveTriggering(e, key)
		return false
	}
	if ev.group < 0 {
		w.arriveSpecial(e, ev, key)
		return false
	}
	if len(w.observers) != 0 {
		w.emitArrival(ev, key, 0)
	}
	w.overhear(e, ev, key)
	return true
}

// overhear tells the history of a message that is about to be handled, if it wants
// to know: at once, or behind what the actor asked for before and still waits for.
func (w *World[M, D]) overhear(e *Env[M, D], ev *event[M], key scheduler.Key) {
	switch {
	case w.hears>>key.Kind()&1 == 0:
	case e.slow&waiting != 0:
		w.enqueue(e, effect[M, D]{op: opHear, msg: ev.msg})
	default:
		w.ear.Heard(e.self, ev.msg)
	}
}

// arriveTriggering is arrive where a moment may come by what arrives, and change
// what becomes of it.
func (w *World[M, D]) arriveTriggering(e *Env[M, D], key scheduler.Key) {
	ev := &w.arriving
	w.trigger(e, triggers.Receives, key.Kind())
	switch {
	case e.slow&(dead|paused) != 0:
		w.arrive(e, ev, key)
	case ev.group < 0:
		w.arriveSpecial(e, ev, key)
	default:
		if len(w.observers) != 0 {
			w.emitArrival(ev, key, 0)
		}
		w.receive(e, ID(key.From()), ev)
	}
}

// receive lets an actor handle a message, by the long way.
func (w *World[M, D]) receive(e *Env[M, D], from ID, ev *event[M]) {
	w.result.Delivered++
	e.reached = max(e.reached, ev.depth)
	e.depth = e.reached
	w.overhear(e, ev, ev.key)
	e.actor.Receive(e, from, ev.msg)
}
