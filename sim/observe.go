package sim

import (
	"strconv"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/abilities"
	"github.com/paxsim/paxsim/sim/observe"
)

// Observe attaches an observer. It takes effect at the next Reset. A world that
// nobody observes pays nothing for it.
func (w *World[M, D]) Observe(o observe.Observer) { w.observers = append(w.observers, o) }

// emit shows an entry to all observers.
func (w *World[M, D]) emit(x observe.Entry) {
	x.Event, x.At = w.events, w.queue.Now()
	for _, o := range w.observers {
		o.Observe(x)
	}
}

// told is an entry with what a message or a record tells of itself. It is asked
// while somebody observes, so a panic in it is no find: it would not be there in the
// same run without an observer.
func (w *World[M, D]) told(e observe.Entry, x interface{ Text(names Names) string }) observe.Entry {
	e.Text, e.Said = x.Text(w), x
	if m, ok := x.(abilities.Rounder); ok {
		e.Round = m.Round()
	}
	return e
}

// emitEvent shows an event itself, which k names.
func (w *World[M, D]) emitEvent(ev *event[M], k scheduler.Key, text string) {
	if len(w.observers) == 0 {
		return
	}
	e := w.entryOf(ev, k)
	e.Text = text
	w.emit(e)
}

// emitArrival shows the arrival of a message, which k names. as is the sender that
// it names, if that is forged; 0: it is not.
func (w *World[M, D]) emitArrival(ev *event[M], k scheduler.Key, as ID) {
	e := w.told(w.entryOf(ev, k), ev.msg)
	if e.As = as; as != 0 {
		e.Text += " as if from " + itoa(int(as))
	}
	w.emit(e)
}

// entryOf is an event as an entry, without what it says.
func (w *World[M, D]) entryOf(ev *event[M], k scheduler.Key) observe.Entry {
	peer := ID(k.From())
	if what := observe.WhatOf(k); what == observe.Asked || what == observe.Restarted {
		peer = 0 // see World.unique
	}
	return observe.Entry{What: observe.WhatOf(k), Actor: ID(k.To()), Peer: peer, Kind: k.Kind(), Copy: eventCopy(k), N: k.Count(), Cause: uint64(ev.cause)}
}

func itoa(n int) string { return strconv.Itoa(n) }

// placed tells a value and the round under which it was decided.
func (w *World[M, D]) placed(v Value, under Round) string {
	return w.ValueName(v) + " (" + w.spec.rounds.Text(under) + ")"
}
