package sim

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
)

// searched is a world's searched engine.
type searched[M Message] struct {
	*Search
	left    Budget
	ticks   uint16 // the kinds of alarms that are outside the budget, as bits
	turned  int    // how many of Search.Turns the run has taken
	pending Pending
	queue   *scheduler.Queue[event[M]] // where the events are kept
	held    []hold                     // of Search.Holds, in the order of their events
	holds   []Hold                     // what a picker held back, of events that wait no more
	boots   int                        // actors that have not started
	bounce  scheduler.Handle           // of the return that comes next, whatever is picked; 0: none
	placed  int                        // how many places were given out before the event that is being handled
}

// hold is a Hold as a run stands.
type hold struct {
	Hold
	met, over bool // its event waited; the other came
}

// defaultEvents is the budget on events where none is given.
const defaultEvents = 1000

// Search implements [Runner].
func (w *World[M, D]) Search(s *Search) {
	if s == nil {
		if w.search != nil {
			w.search.clear(w.n)
		}
		w.search = nil
		return
	}
	if w.search == nil {
		w.search = &searched[M]{queue: &w.queue, pending: Pending{most: mostWaiting(w.n)}, ticks: w.spec.words.ticks()}
	}
	w.search.Search = s
}

// clear gives back the room of what is pending.
func (x *searched[M]) clear(actors int) {
	for at := range x.pending.all(spent) {
		x.queue.Drop(x.pending.list[at].slot)
	}
	x.pending.reset(actors)
}

func (x *searched[M]) reset(seed uint64, actors int) {
	x.left = x.Budget
	if x.left.Events == 0 {
		x.left.Events = defaultEvents
	}
	x.clear(actors)
	x.turned, x.boots, x.bounce = 0, 0, 0
	x.held, x.holds = x.held[:0], x.holds[:0]
	for _, h := range x.Holds {
		x.held = append(x.held, hold{Hold: h})
	}
	slices.SortStableFunc(x.held, func(a, b hold) int { return cmp.Compare(a.Event, b.Event) })
	if x.Picker != nil {
		x.Picker.Begin(seed)
	}
}

// classOf is the part of the calm order that an event belongs to.
func (x *searched[M]) classOf(key scheduler.Key) class {
	switch eventWhat(key) {
	case TimedOut:
		if x.left.Alarms <= 0 && x.ticks>>key.Kind()&1 == 0 {
			return spent
		}
		return late
	case Restarted, FaultBegins, FaultEnds:
		return late
	}
	return early
}

// push keeps an event and returns where to fill in what its key does not say.
func (x *searched[M]) push(key scheduler.Key, cause uint32) (scheduler.Handle, *event[M]) {
	slot, ev := x.queue.Keep()
	tag, class := uint64(0), early
	if what := eventWhat(key); what != Delivered {
		class = x.classOf(key)
		if what == Booted {
			x.boots++
		}
	}
	if x.Picker != nil {
		tag = x.Picker.Born(key, cause)
	}
	ev.key, ev.cause, ev.group, ev.place = key, cause, 0, x.pending.add(key, tag, slot, class)
	return slot, ev
}

// takeBack takes out an event that is not to happen.
func (x *searched[M]) takeBack(slot scheduler.Handle) {
	if slot == x.bounce {
		x.bounce = 0
	}
	x.take(x.queue.At(slot).place)
}

// take takes out an event. The pointer is good until the next push.
func (x *searched[M]) take(at Place) *event[M] {
	p := &x.pending
	it := &p.list[at]
	if len(p.until) != 0 {
		if until := p.heldUntil(at); until != 0 {
			x.holds = append(x.holds, Hold{it.key, until})
		}
	}
	p.remove(at, it)
	ev := x.queue.At(it.slot)
	x.queue.Drop(it.slot)
	return ev
}

// pop takes the next event out: the picker's, or the first that is not held
// back. The pointer is good until the next push.
func (x *searched[M]) pop() (*event[M], bool) {
	p := &x.pending
	if p.Len() == 0 || x.left.Events <= 0 {
		return nil, false
	}
	if p.crowded() {
		p.renumber(func(slot scheduler.Handle, to Place) { x.queue.At(slot).place = to })
	}
	var at Place
	if x.Picker != nil && x.bounce == 0 && x.boots == 0 && !x.Record { // most of a hunt: next, in short
		if at = x.Picker.Pick(p); !p.waits(at) {
			notEnabled(at)
		}
	} else {
		at = x.next()
	}
	ev := x.take(at)
	x.left.Events--
	switch eventWhat(ev.key) {
	case TimedOut:
		if x.ticks == 0 || x.ticks>>ev.key.Kind()&1 == 0 {
			if x.left.Alarms--; x.left.Alarms == 0 {
				p.spend(x.ticks)
			}
		}
	case Booted:
		x.boots--
	}
	p.Number++
	x.placed = len(p.list)
	return ev, true
}

// next is the event that is next.
func (x *searched[M]) next() Place {
	p := &x.pending
	if slot := x.bounce; slot != 0 { // who crashed between two events comes back at once
		x.bounce = 0
		at := x.queue.At(slot).place
		x.release(p.Key(at))
		return at
	}
	if x.boots > 0 { // everybody starts before anything happens
		if first := p.Nth(0); eventWhat(p.Key(first)) == Booted {
			return first
		}
	}
	if x.Picker != nil {
		return x.pick()
	}
	return x.first()
}

// pick asks the picker, and notes what it holds back.
func (x *searched[M]) pick() Place {
	p := &x.pending
	at := x.Picker.Pick(p)
	if !p.waits(at) {
		notEnabled(at)
	}
	if x.Record {
		for other := range p.all(late) {
			if other == at {
				break
			}
			p.hold(other, p.Key(at))
		}
	}
	return at
}

func notEnabled(at Place) {
	panic(fmt.Sprintf("sim: a picker picks place %d, where no event is enabled", at))
}

// first is the first event that is not held back; if all are, the first.
func (x *searched[M]) first() Place {
	p := &x.pending
	first := p.Nth(0)
	if len(x.held) == 0 {
		return first
	}
	at := Place(0)
	for other := range p.all(late) {
		if !x.waits(p.Key(other)) && at == 0 {
			at = other
		}
	}
	if at == 0 {
		at = first
	}
	x.release(p.Key(at))
	return at
}

// release ends what is held back until an event, which is the next.
func (x *searched[M]) release(k scheduler.Key) {
	for j := range x.held {
		if x.held[j].Until == k {
			x.held[j].over = true
		}
	}
}

// waits says whether an event is held back.
func (x *searched[M]) waits(k scheduler.Key) bool {
	j, _ := slices.BinarySearchFunc(x.held, k, func(h hold, k scheduler.Key) int { return cmp.Compare(h.Event, k) })
	for ; j < len(x.held) && x.held[j].Event == k; j++ {
		if h := &x.held[j]; !h.over {
			h.met = true
			return true
		}
	}
	return false
}

// Unheld implements [Runner].
func (w *World[M, D]) Unheld() (holds []Hold) {
	if w.search == nil {
		return nil
	}
	for _, h := range w.search.held {
		if !h.met || !h.over {
			holds = append(holds, h.Hold)
		}
	}
	return holds
}

// Holds implements [Runner].
func (w *World[M, D]) Holds() []Hold {
	if w.search == nil {
		return nil
	}
	x := w.search
	holds := append([]Hold(nil), x.holds...)
	for at := range x.pending.all(spent) {
		if until := x.pending.heldUntil(at); until != 0 {
			holds = append(holds, Hold{x.pending.Key(at), until})
		}
	}
	return holds
}

// postSearched gives one letter to the network: it is lost, or arrives once or
// more, and nobody says when.
func (w *World[M, D]) postSearched(e *Env[M, D], key scheduler.Key, l *letter[M]) {
	x := w.search
	to := ID(key.To())
	if to == e.self {
		w.enqueue(e, 0, key, l, 0)
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
	if net.forge != 0 {
		forged = w.forge(net, key)
	}
	w.enqueue(e, 0, key, l, forged)
	for c := uint8(0); c < MaxCopies && x.left.Duplicates > 0 && net.dup != 0; c++ {
		w.asked(FamilyDuplicate, net.dup)
		if !w.chance.Flip(key.WithWhat(chance.Doubled+c), net.dup) {
			return
		}
		x.left.Duplicates--
		w.doubled(e, key)
		copied := key.WithWhat(c + 1)
		if x.left.Losses > 0 && w.losesSearched(net, key, c+1) {
			w.lost(e, copied, lostByChance)
			return
		}
		w.enqueue(e, 0, copied, l, 0)
	}
}

// losesSearched asks, since the budget has losses left, whether a message or a copy
// of it is lost: 0 is the message itself. Damage loses it as well.
func (w *World[M, D]) losesSearched(net *network, key scheduler.Key, copy uint8) bool {
	p := max(net.loss, net.corrupt)
	if p == 0 {
		return false
	}
	w.asked(FamilyLoss, p)
	if !w.chance.Flip(key.WithWhat(chance.Lost+copy), p) {
		return false
	}
	w.search.left.Losses--
	w.struck(FamilyLoss)
	return true
}

// forge is the group of a message of which chance says that it pretends to be
// another's; 0: it does not.
func (w *World[M, D]) forge(net *network, key scheduler.Key) int32 {
	if w.n < 2 {
		return 0
	}
	w.asked(FamilyForge, net.forge)
	if !w.chance.Flip(key.WithWhat(chance.Forged), net.forge) {
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
	x.pending.retag(func(key scheduler.Key) uint64 { return x.Picker.Born(key, 0) })
}

// searchSteps is [World.Steps] of the searched engine.
func (w *World[M, D]) searchSteps(n int) bool {
	for ; n > 0 && !w.over; n-- {
		if x := w.search; x.turned < len(x.Turns) && w.events >= x.Turns[x.turned].After {
			w.turn()
		}
		ev, ok := w.search.pop()
		if !ok {
			return w.end(EndQuiet)
		}
		w.events++
		w.queue.Jump(Time(w.events))
		key := ev.key
		d := w.digest
		d.Mix(uint64(key))
		d.Mix(w.events)
		e := &w.actors[key.To()]
		e.cause = uint32(w.events)
		if eventWhat(key) != Delivered {
			w.digest = d
			w.happen(e, ev)
		} else {
			d.Mix(ev.words)
			w.digest = d
			if e.slow&(dead|observed|paused|alert|overheard|unborn|handles) == 0 && !w.uneven || w.unheard(e, key) || w.arrive(e, ev, key) {
				w.result.Delivered++
				e.reached = max(e.reached, ev.depth)
				e.depth = e.reached
				e.actor.Receive(e, ID(key.From()), ev.msg)
			}
		}
		if e.slow&(mayCrash|dead) == mayCrash && w.search.left.Crashes > 0 && !w.over {
			k := idleKey(key)
			if eventWhat(key) != Delivered {
				k = w.ownKey(e, key)
			}
			if k != 0 && w.crashChosen(k) {
				w.crashIdle(e)
			}
		}
		if w.events >= w.nextStop {
			w.stop()
		}
	}
	return !w.over
}
