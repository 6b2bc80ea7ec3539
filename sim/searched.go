package sim

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/weather"
)

// searched is a world's searched engine.
type searched[M Message] struct {
	*search.Search
	left    search.Budget
	ticks   uint16 // the kinds of alarms that are outside the budget, as bits
	turned  int    // how many of Search.Turns the run has taken
	pending search.Enabled
	queue   *scheduler.Queue[event[M]] // where the events are kept
	held    search.Deferred            // Search.Deferrals
	boots   int                        // actors that have not started
	bounce  scheduler.Handle           // of the return that comes next, whatever is picked; 0: none
	back    int                        // how many events the one that is being handled has taken back
}

// defaultEvents is the budget on events where none is given.
const defaultEvents = 1000

// Search implements [Runner].
func (w *World[M, D]) Search(s *search.Search) {
	if s == nil {
		if w.search != nil {
			w.search.clear()
		}
		w.search = nil
		return
	}
	if w.search == nil {
		w.search = &searched[M]{queue: &w.queue, ticks: w.spec.vocabulary.ticks()}
	}
	w.search.Search = s
}

// clear gives back the room of what is pending.
func (x *searched[M]) clear() {
	for slot := range x.pending.Each(true) {
		x.queue.Drop(slot)
	}
	x.pending.Reset()
}

func (x *searched[M]) reset(seed uint64) {
	x.left = x.Budget
	if x.left.Events == 0 {
		x.left.Events = defaultEvents
	}
	x.clear()
	x.turned, x.back, x.boots, x.bounce = 0, 0, 0, 0
	x.held.Reset(x.Deferrals)
	if x.Picker != nil {
		x.Picker.Begin(seed)
	}
}

// classOf is the part of the calm order that an event belongs to.
func (x *searched[M]) classOf(key scheduler.Key) search.Class {
	switch observe.WhatOf(key) {
	case observe.TimedOut:
		if x.left.Alarms <= 0 && x.ticks>>key.Kind()&1 == 0 {
			return search.Spent
		}
		return search.Late
	case observe.Restarted, observe.FaultBegins, observe.FaultEnds:
		return search.Late
	}
	return search.Early
}

// push keeps an event and returns where to fill in what its key does not say.
func (x *searched[M]) push(key scheduler.Key, cause uint32) (scheduler.Handle, *event[M]) {
	slot, ev := x.queue.Keep()
	tag, class := uint64(0), search.Early
	if what := observe.WhatOf(key); what != observe.Delivered {
		class = x.classOf(key)
		if what == observe.Booted {
			x.boots++
		}
	}
	if x.Picker != nil {
		tag = x.Picker.Born(key, cause)
	}
	ev.key, ev.cause, ev.group = key, cause, 0
	x.pending.Add(key, tag, slot, class)
	return slot, ev
}

// takeBack takes out an event that is not to happen. It panics with [scheduler.ErrFull]
// if too many are taken back within an event: a handler that sets an alarm for ever
// makes none wait.
func (x *searched[M]) takeBack(slot scheduler.Handle) {
	if x.back++; x.back > x.queue.Most {
		panic(scheduler.ErrFull)
	}
	if slot == x.bounce {
		x.bounce = 0
	}
	x.take(x.pending.Find(slot))
}

// take takes out an event. The pointer is good until the next push.
func (x *searched[M]) take(at int) *event[M] {
	slot := x.pending.Take(at)
	ev := x.queue.At(slot)
	x.queue.Drop(slot)
	return ev
}

// pop takes the next event out: the picker's, or the first that is not held
// back. The pointer is good until the next push.
func (x *searched[M]) pop() (*event[M], bool) {
	p := &x.pending
	if p.Len() == 0 || x.left.Events <= 0 {
		return nil, false
	}
	var at int
	if x.Picker != nil && x.bounce == 0 && x.boots == 0 && !x.Record { // most of a hunt: next, in short
		if at = x.Picker.Pick(&p.Pending); uint(at) >= uint(p.Len()) {
			notEnabled(at)
			return nil, false
		}
	} else if at = x.next(); at < 0 {
		return nil, false
	}
	ev := x.take(at)
	x.left.Events--
	switch observe.WhatOf(ev.key) {
	case observe.TimedOut:
		if x.ticks == 0 || x.ticks>>ev.key.Kind()&1 == 0 {
			if x.left.Alarms--; x.left.Alarms == 0 {
				p.Spend(func(k scheduler.Key) bool { return observe.WhatOf(k) == observe.TimedOut && x.ticks>>k.Kind()&1 == 0 })
			}
		}
	case observe.Booted:
		x.boots--
	}
	p.Number++
	x.back = 0
	return ev, true
}

// next is the event that is next.
func (x *searched[M]) next() int {
	p := &x.pending
	if slot := x.bounce; slot != 0 { // who crashed between two events comes back at once
		x.bounce = 0
		at := p.Find(slot)
		x.held.Release(p.Key(at))
		return at
	}
	if x.boots > 0 { // everybody starts before anything happens
		if observe.WhatOf(p.Key(0)) == observe.Booted {
			return 0
		}
	}
	if x.Picker != nil {
		return x.pick()
	}
	return x.held.Next(&p.Pending)
}

// pick asks the picker, and notes what it holds back. Below 0 the run ends.
func (x *searched[M]) pick() int {
	p := &x.pending
	at := x.Picker.Pick(&p.Pending)
	if uint(at) >= uint(p.Len()) {
		notEnabled(at)
	} else if x.Record {
		p.Record(at)
	}
	return at
}

// VoidDeferrals implements [Runner].
func (w *World[M, D]) VoidDeferrals() (deferrals []search.Deferral) {
	if w.search == nil {
		return nil
	}
	return w.search.held.Void()
}

// Deferrals implements [Runner].
func (w *World[M, D]) Deferrals() []search.Deferral {
	if w.search == nil {
		return nil
	}
	return w.search.pending.Recorded()
}

// notEnabled looks at a pick that is none of the enabled events: below 0 it ends the
// run, and else it is a mistake of the picker.
func notEnabled(at int) {
	if at < 0 {
		return
	}
	panic(fmt.Sprintf("sim: a picker picks event %d, which is not enabled", at))
}

// postSearched gives one envelope to the network: it is lost, or arrives once or
// more, and nobody says when.
func (w *World[M, D]) postSearched(e *Env[M, D], key scheduler.Key, l *envelope[M]) {
	x := w.search
	to := ID(key.To())
	if to == e.self {
		w.schedule(e, 0, key, l, 0)
		return
	}
	net := &w.net
	if len(w.faults.links) != 0 {
		net = w.netOf(e.self, to, key.Kind())
	}
	if x.left.Losses > 0 && w.losesSearched(net, key, 0) {
		w.lost(e, key, lostByChance)
		return
	}
	forged := int32(0)
	if net.Forge != 0 {
		forged = w.forge(net, key)
	}
	w.schedule(e, 0, key, l, forged)
	for c := uint8(0); c < weather.MaxCopies && x.left.Duplicates > 0 && net.Duplicate != 0; c++ {
		w.asked(faults.FamilyDuplicate, net.Duplicate)
		if !w.chance.Flip(key.WithWhat(chance.Doubled+c), net.Duplicate) {
			return
		}
		x.left.Duplicates--
		w.doubled(e, key)
		copied := key.WithWhat(c + 1)
		if x.left.Losses > 0 && w.losesSearched(net, key, c+1) {
			w.lost(e, copied, lostByChance)
			return
		}
		w.schedule(e, 0, copied, l, 0)
	}
}

// losesSearched asks, since the budget has losses left, whether a message or a copy
// of it is lost: 0 is the message itself. Damage loses it as well.
func (w *World[M, D]) losesSearched(net *weather.Odds, key scheduler.Key, copy uint8) bool {
	p := max(net.Loss, net.Corrupt)
	if p == 0 {
		return false
	}
	w.asked(faults.FamilyLoss, p)
	if !w.chance.Flip(key.WithWhat(chance.Lost+copy), p) {
		return false
	}
	w.search.left.Losses--
	w.struck(faults.FamilyLoss)
	return true
}

// forge is the group of a message that by chance pretends to be another's; 0: it does not.
func (w *World[M, D]) forge(net *weather.Odds, key scheduler.Key) int32 {
	if w.n < 2 {
		return 0
	}
	w.asked(faults.FamilyForge, net.Forge)
	if !w.chance.Flip(key.WithWhat(chance.Forged), net.Forge) {
		return 0
	}
	w.specials = append(w.specials, special{as: w.forger(key, 0)})
	return -int32(len(w.specials))
}

// turn takes the next turn of the run.
func (w *World[M, D]) turn() {
	x := w.search
	seed := x.Turns[x.turned].Seed
	x.turned++
	w.chance.Seed = scheduler.NewSeed(seed)
	if x.Picker == nil {
		return
	}
	x.Picker.Begin(seed)
	x.pending.RetagAll(func(key scheduler.Key) uint64 { return x.Picker.Born(key, 0) })
}

// searchSteps is [World.Steps] of the searched engine.
func (w *World[M, D]) searchSteps(n int) bool {
	for ; n > 0 && !w.over; n-- {
		if x := w.search; x.turned < len(x.Turns) && w.events >= x.Turns[x.turned].After {
			w.turn()
		}
		ev, ok := w.search.pop()
		if !ok {
			return w.end(observe.EndQuiet)
		}
		w.events++
		w.queue.Jump(Time(w.events))
		key := ev.key
		d := w.digest
		d.Mix(uint64(key))
		d.Mix(w.events)
		e := &w.actors[key.To()]
		e.cause = uint32(w.events)
		if observe.WhatOf(key) != observe.Delivered {
			w.digest = d
			w.happen(e, ev)
		} else {
			d.Mix(ev.hash)
			w.digest = d
			if e.slow&(dead|observed|paused|alert|overheard|unborn|handles) == 0 && !w.slowArrive || w.unheard(e, key) || w.arrive(e, ev, key) {
				w.result.Delivered++
				e.reached = max(e.reached, ev.depth)
				e.depth = e.reached
				e.actor.Receive(e, ID(key.From()), ev.msg)
			}
		}
		if e.slow&(mayCrash|dead) == mayCrash && w.search.left.Crashes > 0 && !w.over {
			k := idleKey(key)
			if observe.WhatOf(key) != observe.Delivered {
				k = w.ownKey(e, key)
			}
			if k != 0 && w.crashChosen(k) {
				w.crashIdle(e, k)
			}
		}
		if w.events >= w.nextStop {
			w.stop()
		}
	}
	return !w.over
}
