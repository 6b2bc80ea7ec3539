package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/observe"
)

// want notes what a handler asks for, if others can see it.
func (f *follower[A, M, D, P]) want(a *followed[A, M, D], id ID, y *Effect[M, D]) {
	w := f.h.w
	e := observe.Entry{Actor: id}
	switch y.Act {
	case ActSend, ActBroadcast:
		e.What, e.Peer, e.Kind = observe.Sent, y.To, y.Message.Kind()
		if y.Act == ActBroadcast {
			e.What = observe.Broadcast
		}
		e = w.told(e, y.Message)
	case ActSave, ActWrite:
		e.What, e.N = observe.Saved, uint32(y.Slot)
		e = w.told(e, y.Record)
		if y.Act == ActWrite {
			a.cache = append(a.cache, e)
			return
		}
	case ActSync:
		a.wants = append(a.wants, a.cache...)
		a.cache = a.cache[:0]
		return
	case ActDecide:
		c := Chosen{Value: y.Value, Under: y.Under, Instance: y.Instance}
		e.What, e.N, e.Round, e.Said, e.Text = observe.Decided, uint32(y.Instance), y.Under, c, ofInstance(y.Instance)+w.placed(y.Value, y.Under)
	case ActChoose:
		a.unknown = a.unknown || y.Open
		return
	default:
		return
	}
	a.wants = append(a.wants, e)
}

// held holds what was seen of an actor against what it was to do next.
func (f *follower[A, M, D, P]) held(a *followed[A, M, D], e observe.Entry) {
	if e.What == observe.Saved && f.fell(e) {
		return
	}
	var should observe.Entry
	for i, x := range a.wants {
		if i == 0 {
			should = x
		}
		if x.What != e.What || x.Peer != e.Peer || f.sum(x) != f.sum(e) {
			continue
		}
		a.wants = append(a.wants[:0], a.wants[i+1:]...)
		if i > 0 && !a.unknown { // it left something out, and goes on as it should
			f.found = append(f.found, observe.Deviation{Event: e.Event, Actor: e.Actor, Does: e, Should: should})
		}
		return
	}
	f.deviates(observe.Deviation{Event: e.Event, Actor: e.Actor, Does: e, Should: should})
}

// fell says whether a record reaches the disk because its actor went down.
func (f *follower[A, M, D, P]) fell(e observe.Entry) bool {
	for i := len(f.run) - 1; i >= 0; i-- {
		if x := f.run[i]; x.Event == e.Event && x.Actor == e.Actor && x.What == observe.Crashed {
			return len(f.actors[e.Actor].wants) == 0
		}
	}
	return false
}

// sum condenses what an entry says.
func (f *follower[A, M, D, P]) sum(e observe.Entry) uint64 {
	var d scheduler.Digest
	switch x := e.Said.(type) {
	case M:
		d.Mix(uint64(e.Kind))
		x.Hash(&d)
	case D:
		d.Mix(uint64(e.N))
		x.Hash(&d)
	case Chosen:
		d.Mix(uint64(x.Value))
		d.Mix(uint64(x.Under))
		d.Mix(uint64(x.Instance))
	}
	return d.Sum()
}

// leftOut looks whether the actor of the last event has done all that it was to do.
// What waits for its disk, or for the end of a pause, it may still do.
func (f *follower[A, M, D, P]) leftOut() {
	a := &f.actors[f.last.Actor]
	if len(a.wants) == 0 || a.paused || f.last.Event == 0 {
		return
	}
	if !f.slowDisk || a.wants[0].What != observe.Saved {
		f.deviates(observe.Deviation{Event: f.last.Event, Actor: f.last.Actor, Should: a.wants[0]})
	}
}
