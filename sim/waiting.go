package sim

import (
	"iter"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/observe"
)

// Foresee implements [observe.Upcoming].
func (w *World[M, D]) Foresee() []observe.Entry {
	var list []observe.Entry
	add := func(at Time, ev *event[M], key scheduler.Key) {
		e := observe.Entry{
			Cause: uint64(ev.cause), At: at, What: observe.WhatOf(key), Kind: key.Kind(), Copy: eventCopy(key),
			Actor: ID(key.To()), Peer: ID(key.From()), N: key.Count(), Text: w.foreseen(key),
		}
		if e.What == observe.Delivered {
			e = w.told(e, ev.msg)
		}
		list = append(list, e)
	}
	if w.search != nil {
		if h := w.search.bounce; h != 0 {
			ev := w.queue.At(h)
			add(0, ev, ev.key)
			return list
		}
		for ev := range w.search.enabled(false) {
			add(0, ev, ev.key)
		}
		return list
	}
	for i := w.batches.open.from; i < w.batches.open.to; i++ { // the broadcast that is arriving
		add(w.queue.Now(), &w.grouped, w.keyInBlock(w.batches.open.block, i, w.grouped.key))
	}
	for at, ev := range w.queue.Waiting() {
		switch {
		case ev.key == 0: // taken back
		case ev.group > 0:
			g := w.batches.groups[ev.group-1]
			for i := g.from; i < g.to; i++ {
				add(at, ev, w.keyInBlock(g.block, i, ev.key))
			}
		default:
			add(at, ev, ev.key)
		}
	}
	return list
}

// InFlight implements [observe.Upcoming].
func (w *World[M, D]) InFlight(counts []uint64) {
	clear(counts)
	add := func(key scheduler.Key) {
		if key != 0 && observe.WhatOf(key) == observe.Delivered { // else it is taken back, or no message
			counts[key.To()]++
		}
	}
	block := func(number, from, to int32) {
		for _, to := range w.batches.blocks[number].to[from:to] {
			counts[to&MaxActors]++
		}
	}
	if g := w.batches.open; g.from < g.to {
		block(g.block, g.from, g.to)
	}
	for _, ev := range w.queue.Waiting() {
		if ev.group > 0 {
			g := w.batches.groups[ev.group-1]
			block(g.block, g.from, g.to)
			continue
		}
		add(ev.key)
	}
	for i := range w.actors {
		for j := range w.actors[i].stalled {
			add(w.actors[i].stalled[j].key)
		}
	}
	for i := range w.clogged {
		add(w.clogged[i].key)
	}
	if w.search != nil {
		for ev := range w.search.enabled(false) {
			add(ev.key)
		}
	}
}

// enabled are the events that may be next, in the calm order, and, if vain, then
// those that wait in vain.
func (x *searched[M]) enabled(vain bool) iter.Seq[*event[M]] {
	return func(yield func(*event[M]) bool) {
		for slot := range x.pending.Each(vain) {
			if !yield(x.queue.At(slot)) {
				return
			}
		}
	}
}

// keyInBlock is the key of the arrival at the i-th receiver of a block.
func (w *World[M, D]) keyInBlock(block, i int32, key scheduler.Key) scheduler.Key {
	to := w.batches.blocks[block].to[i]
	return key.WithTo(to&MaxActors) + scheduler.Key(to>>copyShift)<<copyKeyShift
}

// foreseen is what an event to come is about, in words, if it is no message.
func (w *World[M, D]) foreseen(key scheduler.Key) string {
	switch observe.WhatOf(key) {
	case observe.FaultBegins, observe.FaultEnds:
		return w.scenario.FaultAt(faultOf(key)).Name
	case observe.Asked:
		if v := w.clients.requests[key.Count()].name; v != 0 {
			return w.ValueName(v)
		}
		return "a new value"
	}
	return ""
}
