package sim

import (
	"fmt"
	"reflect"
)

// A message or a record may hold memory, such as a slice, if nobody changes that once
// it has been sent or saved: then it is a handle to what is fixed, and copies of it may
// share. Whether anybody does is looked at wherever it matters: when a message
// arrives, when one that has waited for a disk leaves, and when an actor reads after a
// restart what it had saved. What says then something else than before ends the run as
// a violation. Messages and records without such memory cost nothing.

// holdsMemory says whether copies of a type share memory.
func holdsMemory[T any]() bool { return sharedField(reflect.TypeFor[T]()) != "" }

// hashOf condenses what a message or a record says. It does so in memory of the world:
// what a Hash is given would else be made anew each time.
func (w *World[M, D]) hashOf(x interface{ Hash(d *Digest) }) uint64 {
	w.sum = 0
	x.Hash(&w.sum)
	return uint64(w.sum)
}

// stillSays looks whether a message that arrives is the one that was sent.
func (w *World[M, D]) stillSays(ev *event[M]) bool {
	if w.hashOf(ev.msg) == ev.hash {
		return true
	}
	w.changedBy(ID(ev.key.From()), fmt.Sprintf("the message %s #%d of actor %d", w.spec.vocabulary.message(ev.key.Kind()), ev.key.Count(), ev.key.From()), "sent", uint64(ev.cause))
	return false
}

// stillWaits looks whether a message that has waited for a disk is the one that the
// actor asked to send.
func (w *World[M, D]) stillWaits(e *Env[M, D], x *effect[M, D]) bool {
	if w.hashOf(x.msg) == uint64(x.under) {
		return true
	}
	w.changedBy(e.self, fmt.Sprintf("a message %s of actor %d that waits for its disk", w.spec.vocabulary.message(x.msg.Kind()), e.self), "sent", uint64(x.cause))
	return false
}

// stillHolds looks whether the disk of an actor holds what the actor saved.
func (w *World[M, D]) stillHolds(e *Env[M, D]) {
	for slot, sum := range e.disk.Sums {
		if w.hashOf(e.disk.Records[slot]) != sum {
			w.changedBy(e.self, fmt.Sprintf("what actor %d has in slot %d of its disk", e.self, slot), "saved", 0)
		}
	}
}

// changedBy ends the run: somebody has written to memory that was given away.
func (w *World[M, D]) changedBy(id ID, what, done string, event uint64) {
	if w.result.Violation != nil {
		return
	}
	when := ""
	if event != 0 {
		when = fmt.Sprintf(" in event %d", event)
	}
	whose := fmt.Sprintf("actor %d", id)
	if done == "sent" {
		whose += ", or an actor that has received it,"
	}
	w.breach(&Violation{Invariant: PanicInvariant, Text: fmt.Sprintf("%s has changed since it was %s%s: %s has written to memory that it holds", what, done, when, whose)})
	w.result.Violation.Place = fmt.Sprintf("actor %d", id)
}
