package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/observe"
)

// event is what waits in the queue. Its key says all but what a message says:
//
//	what   a What and, for a message, which copy it is
//	kind   of the message or alarm
//	from   the sender of a message
//	to     at whom it happens
//	count  which of the sender's messages of this kind, of the actor's alarms,
//	       of its syncs, of the scenario's faults or requests (from 0)
type event[M Message] struct {
	msg   M
	hash  uint64        // of the message
	key   scheduler.Key // 0: taken back, nothing happens
	depth uint32        // of a message: messages on the longest causal chain to it
	cause uint32        // the event that caused it
	group int32         // > 0: of a broadcast to many, as number+1, whom it reaches; < 0: what is wrong with it; 0: nothing to say
}

// eventCopy is which copy of a message an event is: 0 the message itself.
func eventCopy(k scheduler.Key) uint8 { return k.What() & 3 }

// eventKey names an event that is no message.
func eventKey(what observe.What, kind uint8, at ID, count uint32) scheduler.Key {
	return scheduler.MakeKey(uint8(what)<<2, kind, 0, uint16(at), count)
}

// push adds an event that is no message.
func (w *World[M, D]) push(at Time, key scheduler.Key) scheduler.Handle {
	if w.search != nil {
		h, _ := w.search.push(w.unique(key), uint32(w.events))
		return h
	}
	h, ev := w.queue.Push(at)
	ev.key, ev.cause, ev.group = key, uint32(w.events), 0
	return h
}

// unique is the key of an event, told apart from earlier ones of the same name
// by its sender, which it does not have: events that come again after a restart.
// Only a searched run needs it, which names what it holds back.
func (w *World[M, D]) unique(key scheduler.Key) scheduler.Key {
	if what := observe.WhatOf(key); what != observe.Asked && what != observe.Restarted {
		return key
	}
	e := &w.actors[key.To()]
	e.again++
	return key.WithFrom(e.again & scheduler.MaxActor)
}

// eventAt is the event that waits under a handle.
func (w *World[M, D]) eventAt(h scheduler.Handle) *event[M] { return w.queue.At(h) }

// repush makes an event wait once more, for now.
func (w *World[M, D]) repush(x *event[M]) scheduler.Handle {
	if w.search != nil {
		h, ev := w.search.push(x.key, x.cause)
		*ev = *x
		return h
	}
	h, ev := w.queue.Push(w.queue.Now())
	*ev = *x
	return h
}

// takeBack makes an event that waits do nothing.
func (w *World[M, D]) takeBack(h scheduler.Handle) {
	if w.search != nil {
		w.search.takeBack(h)
		return
	}
	w.queue.At(h).key = 0
}
