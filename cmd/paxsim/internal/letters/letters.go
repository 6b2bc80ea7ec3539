// Package letters follows messages through a trace: from where a message left
// to where it arrives, is lost, or is still on its way when the run ends.
//
// A message is known by its sender, its kind and its number among the sender's
// messages of that kind; a broadcast is one message to all.
package letters

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// Letter is one message.
type Letter struct {
	From sim.ID
	Kind uint8
	N    uint32
}

// Of is the message of an entry that is one of what is sent, or of what befalls
// it then.
func Of(e sim.Entry) Letter { return Letter{e.Actor, e.Kind, e.N} }

// Arriving is the message of an arrival.
func Arriving(e sim.Entry) Letter { return Letter{e.Peer, e.Kind, e.N} }

// Refused says why the message that arrives in a step did not reach its
// receiver: it was down, or cut off meanwhile. It is "" if it did, and for
// other events.
//
// No handler runs then, so this is the first effect and the only one. The loss
// of a message that the receiver sent itself stands behind the sending.
func Refused(s trace.Step) string {
	if s.Event.What != sim.Delivered || len(s.Effects) == 0 {
		return ""
	}
	d, e := s.Effects[0], s.Event
	if d.What != sim.Dropped || d.Actor != e.Actor || d.Peer != e.Peer || d.Kind != e.Kind || d.N != e.N {
		return ""
	}
	return d.Text
}

// Book keeps a note about every message that is on its way, and forgets it once
// all copies have arrived. The zero Book is not usable: see [NewBook].
type Book[T any] struct {
	actors int
	open   map[Letter]*page[T]
}

type page[T any] struct {
	note T
	left int // copies on their way
}

// NewBook is the book of a world of so many actors.
func NewBook[T any](actors int) *Book[T] {
	return &Book[T]{actors: actors, open: map[Letter]*page[T]{}}
}

// Effect is told every effect of a step in order, but for the refusal of what
// arrives, and keeps the note with each message that is sent.
func (b *Book[T]) Effect(e sim.Entry, note T) {
	switch e.What {
	case sim.Sent:
		b.open[Of(e)] = &page[T]{note, 1}
	case sim.Broadcast:
		b.open[Of(e)] = &page[T]{note, b.actors}
	case sim.Doubled:
		b.count(Of(e), 1)
	case sim.Dropped:
		b.count(Of(e), -1)
	}
}

// Arrives is the note about the message that arrives in an event, if its sending
// was seen.
func (b *Book[T]) Arrives(e sim.Entry) (note T, ok bool) {
	l := Arriving(e)
	p := b.open[l]
	if p == nil {
		return note, false
	}
	note = p.note
	b.count(l, -1)
	return note, true
}

func (b *Book[T]) count(l Letter, n int) {
	if p := b.open[l]; p != nil {
		if p.left += n; p.left <= 0 {
			delete(b.open, l)
		}
	}
}

// Open is how many messages have copies on their way. A crash in the middle of
// a broadcast leaves one open for ever.
func (b *Book[T]) Open() int { return len(b.open) }
