package sim

import (
	"fmt"
	"math"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/observe"
)

// Run runs to the end and tells the outcome. What the outcome points to is good
// until the next Reset.
func (w *World[M, D]) Run() (o Outcome) {
	for w.Steps(math.MaxInt) {
	}
	w.tell(&o)
	return o
}

// Step handles the next event and says whether the run goes on.
func (w *World[M, D]) Step() bool { return w.Steps(1) }

// Steps handles the next n events, if the run is not over before, and says
// whether it goes on. If the protocol panics, it does not.
func (w *World[M, D]) Steps(n int) (goesOn bool) {
	defer func() {
		if p := recover(); p != nil {
			w.caught(p)
		}
	}()
	if w.search != nil {
		return w.searchSteps(n)
	}
	if w.edited < len(w.scenario.Edits) {
		return w.editedSteps(n)
	}
	return w.steps(n)
}

// steps is the loop. What is needed of an event is copied before a handler
// pushes the next.
func (w *World[M, D]) steps(n int) bool {
	for ; n > 0 && !w.over; n-- {
		var ev *event[M]
		var key scheduler.Key
		if w.batches.open.from == w.batches.open.to {
			var ok bool
			if ev, ok = w.queue.Pop(); !ok {
				return w.end(w.quiet())
			}
			if key = ev.key; key == 0 {
				continue
			}
			if w.queue.Now() > w.limits.Time && !w.extend() {
				return w.end(w.late())
			}
			if ev.group > 0 {
				w.openGroup(ev)
				ev, key = w.nextOfGroup()
			}
		} else {
			ev, key = w.nextOfGroup()
		}
		w.events++
		d := w.digest
		d.Mix(uint64(key))
		d.Mix(uint64(w.queue.Now()))
		e := &w.actors[key.To()]
		e.cause = uint32(w.events)
		if observe.WhatOf(key) == observe.Delivered { // the way of most events, in one piece
			d.Mix(ev.hash)
			w.digest = d
			if e.slow&(dead|observed|paused|alert|overheard|unborn|handles) == 0 && !w.slowSend || w.unheard(e, key) || w.arrive(e, ev, key) {
				w.result.Delivered++
				e.reached = max(e.reached, ev.depth)
				e.depth = e.reached
				e.actor.Receive(e, ID(key.From()), ev.msg)
			}
		} else {
			w.digest = d
			w.happen(e, ev)
		}
		if w.unlearned <= 0 && w.faults.toCome == 0 && w.clients.open == 0 {
			w.reached()
		}
		if w.events >= w.nextStop {
			w.stop()
		}
	}
	return !w.over
}

// handled is what the loop does after an event.
func (w *World[M, D]) handled() {
	if w.atGoal() {
		w.reached()
	}
	if w.events >= w.nextStop {
		w.stop()
	}
}

// late is why a run ends that has reached its limit on time.
func (w *World[M, D]) late() observe.End {
	if w.lingering {
		return observe.EndGoal
	}
	if w.deadline != 0 && w.limits.Time == w.deadline {
		return observe.EndBound
	}
	return observe.EndTime
}

// stop is called at the events at which there is more to do: to note the digest
// at a mark, or to end the run at its limit.
func (w *World[M, D]) stop() {
	if w.events == w.nextCheckpoint {
		w.checkpoints = append(w.checkpoints, w.digest.Sum())
		w.nextCheckpoint *= 2
	}
	if w.events >= w.limits.Events && !w.over {
		w.end(observe.EndEvents)
	}
	w.nextStop = min(w.nextCheckpoint, w.limits.Events)
}

// happen handles an event that is no message.
func (w *World[M, D]) happen(e *Env[M, D], ev *event[M]) {
	if what := observe.WhatOf(ev.key); e.slow&(paused|unborn) != 0 && what.Waits() && (what != observe.Booted || e.slow&paused != 0) {
		if observe.WhatOf(ev.key) == observe.TimedOut {
			e.timers[ev.key.Kind()].handle = 0
		}
		w.stall(e, ev, ev.key)
		return
	}
	switch observe.WhatOf(ev.key) {
	case observe.TimedOut:
		w.timeout(e, ev)
	case observe.Synced:
		w.synced(e, ev)
	case observe.Booted:
		w.boot(e, ev)
	case observe.Restarted:
		w.comeBack(e, ev)
	case observe.Asked:
		w.ask(e, ev)
	case observe.FaultBegins:
		w.faultBegins(ev)
	case observe.FaultEnds:
		w.faultEnds(ev)
	case observe.Calmed:
		w.calm(ev)
	case observe.PeriodBegins:
		w.emitEvent(ev, ev.key, "")
		w.period(int(ev.key.Count()))
	case observe.StormOver:
		w.stormOver(ev)
	default:
		panic(fmt.Sprintf("sim: an event %v in the queue", observe.WhatOf(ev.key)))
	}
}

// count goes one up. Where a key has no room for more the run ends, at once: two
// things would share a name, and the handler may be asking for ever.
func (w *World[M, D]) count(c *uint32) uint32 {
	if *c == scheduler.MaxCount {
		panic(errCount)
	}
	*c++
	return *c
}
