package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// Why a message does not arrive.
type dropReason uint8

const (
	arrives dropReason = iota
	lostByChance
	cutWhenSent
	cutOnArrival
	receiverDown
	damaged
	evicted
)

var dropReasons = [...]string{lostByChance: "lost", cutWhenSent: "cut when sent", cutOnArrival: "cut on arrival", receiverDown: "receiver down", damaged: "damaged", evicted: "the link was full"}

// undeliverable says why a message that arrives now is dropped, or arrives.
func (w *World[M, D]) undeliverable(from, to ID) dropReason {
	switch {
	case w.actors[to].slow&dead != 0:
		return receiverDown
	case from != to && w.faults.cut() && w.faults.separated(w.scenario, from, to):
		return cutOnArrival
	}
	return arrives
}

// lost drops a message, or a copy of it, when it is sent. Which copy is in the
// what of the key.
func (w *World[M, D]) lost(e *Env[M, D], key scheduler.Key, why dropReason) {
	w.result.Dropped++
	if why == cutWhenSent {
		w.segment.cut++
	}
	w.digest.Mix(uint64(why)<<40 | uint64(key.To()))
	if len(w.observers) != 0 {
		w.emit(observe.Entry{What: observe.Dropped, Actor: e.self, Peer: ID(key.To()), Kind: key.Kind(), Copy: eventCopy(key), N: key.Count(), Cause: uint64(e.cause), Text: dropReasons[why]})
	}
}

// dropped drops a message when it would arrive.
func (w *World[M, D]) dropped(ev *event[M], k scheduler.Key, why dropReason) {
	if len(w.observers) != 0 {
		w.emitArrival(ev, k, 0)
		w.emit(observe.Entry{What: observe.Dropped, Actor: ID(k.To()), Peer: ID(k.From()), Kind: k.Kind(), Copy: eventCopy(k), N: k.Count(), Cause: uint64(ev.cause), Text: dropReasons[why]})
	}
}

// double lets a message travel, and a copy of it, unless that is lost.
func (w *World[M, D]) double(e *Env[M, D], key scheduler.Key, f weather.Fate, l *envelope[M]) {
	w.doubled(e, key)
	w.schedule(e, f.Delay, key, l, 0)
	if f.CopyLost {
		w.copyLost(e, key, 1)
		return
	}
	w.schedule(e, f.CopyDelay, key.WithWhat(1), l, 0)
}

// CopyLost drops a copy of a message when it is sent.
func (w *World[M, D]) copyLost(e *Env[M, D], key scheduler.Key, copy uint8) {
	w.struck(faults.FamilyLoss)
	w.segment.copiesLost++
	w.lost(e, key.WithWhat(copy), lostByChance)
}

// doubled counts a message if a copy of it travels as well.
func (w *World[M, D]) doubled(e *Env[M, D], key scheduler.Key) {
	w.struck(faults.FamilyDuplicate)
	w.result.Duplicated++
	if len(w.observers) != 0 {
		w.emit(observe.Entry{What: observe.Doubled, Actor: e.self, Peer: ID(key.To()), Kind: key.Kind(), N: key.Count(), Cause: uint64(e.cause)})
	}
}
