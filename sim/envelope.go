package sim

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// The way of a message: named and condensed once, given to the network, filed to
// arrive. What else can happen to it is in slowpath.go.

// envelope is a message that is being sent: its key still lacks the receiver.
type envelope[M Message] struct {
	msg  *M
	hash uint64 // of the message, condensed
	key  scheduler.Key
}

// seal names a message that the actor e.self sends, by a key that still lacks
// its receiver, and condenses its words, once for all receivers.
func (w *World[M, D]) seal(e *Env[M, D], m *M) envelope[M] {
	w.hash = 0
	(*m).Hash(&w.hash)
	kind := (*m).Kind()
	if kind >= scheduler.FewKinds {
		return envelope[M]{m, uint64(w.hash), e.mine.NumberedAny(kind, w.count(w.more(e, kind)))}
	}
	return envelope[M]{m, uint64(w.hash), e.mine.Numbered(kind, w.count(&e.sends[kind]))}
}

// more is how often an actor sent a kind of message that is not among the first.
func (w *World[M, D]) more(e *Env[M, D], kind uint8) *uint32 {
	if int(kind) >= len(w.spec.vocabulary.Messages) {
		panic(fmt.Sprintf("sim: actor %d sends a message of kind %d, and %s has %d kinds", e.self, kind, w.spec.name, len(w.spec.vocabulary.Messages)))
	}
	if e.moreSends == nil {
		e.moreSends = make([]uint32, MaxMessages-scheduler.FewKinds)
	}
	return &e.moreSends[kind-scheduler.FewKinds]
}

// post gives one envelope to the network. The way of most messages is here in one
// piece: nothing is cut, the seed alone says, and it says neither lost nor
// doubled.
func (w *World[M, D]) post(e *Env[M, D], to ID, l *envelope[M]) {
	key := l.key.WithTo(uint16(to))
	delay := w.net.DelayMin
	if to != e.self {
		w.result.Sent++
		if w.slowSend || w.chance.Source != nil {
			if w.search != nil && !w.faults.cut() {
				w.postSearched(e, key, l)
			} else {
				w.postAny(e, key, l)
			}
			return
		}
		var smooth bool
		if delay, smooth = w.net.Smooth(w.chance.Seed.Hash(key)); !smooth {
			w.postAny(e, key, l)
			return
		}
	} else if w.search != nil {
		w.postSearched(e, key, l)
		return
	}
	_, ev := w.queue.Push(w.queue.Now() + delay)
	ev.msg = *l.msg
	ev.hash = l.hash
	ev.key = key + deliveredKey
	ev.depth, ev.cause, ev.group = e.depth+1, e.cause, 0
}

// postAny gives one envelope to the network, whatever happens to it.
func (w *World[M, D]) postAny(e *Env[M, D], key scheduler.Key, l *envelope[M]) {
	if w.faults.cut() && w.faults.separated(w.scenario, e.self, ID(key.To())) {
		w.lost(e, key, cutWhenSent)
		return
	}
	if w.search != nil {
		w.postSearched(e, key, l)
		return
	}
	if w.fullNetwork {
		w.postFull(e, key, l)
		return
	}
	switch f := w.net.Fate(&w.chance, key); {
	case f.Lost:
		w.struck(faults.FamilyLoss)
		w.lost(e, key, lostByChance)
	case f.Doubled:
		w.double(e, key, f, l)
	default:
		w.schedule(e, f.Delay, key, l, 0)
	}
}

// schedule files the arrival of a copy of an envelope: which one is in the what of
// the key. group is that of the event. Fields are stored one by one: a whole
// event, built first, would be copied twice.
func (w *World[M, D]) schedule(e *Env[M, D], delay Time, key scheduler.Key, l *envelope[M], group int32) scheduler.Handle {
	at := w.queue.Now() + delay
	w.stormLast = max(w.stormLast, at)
	if w.search != nil {
		h, ev := w.search.push(key+deliveredKey, e.cause)
		ev.msg, ev.hash, ev.depth, ev.group = *l.msg, l.hash, e.depth+1, group
		return h
	}
	h, ev := w.queue.Push(at)
	ev.msg = *l.msg
	ev.hash = l.hash
	ev.key = key + deliveredKey
	ev.depth, ev.cause, ev.group = e.depth+1, e.cause, group
	return h
}

// copyKeyShift is the place of a copy's number in the key of an arrival.
const copyKeyShift = 58

// deliveredKey, added to the key of a message, names its arrival.
const deliveredKey = scheduler.Key(observe.Delivered) << (copyKeyShift + 2)
