// Package flights follows messages through a trace: from where a message left
// to where it arrives, is lost, or is still on its way when the run ends.
//
// A message is known by its sender, its kind and its number among the sender's
// messages of that kind; a broadcast is one message to all.
package flights

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// Flight is one message.
type Flight struct {
	From sim.ID
	Kind uint8
	N    uint32
}

// Of is the message of an entry about a sending, or about what happens to a message then.
func Of(e observe.Entry) Flight { return Flight{e.Actor, e.Kind, e.N} }

// Arriving is the message of an arrival.
func Arriving(e observe.Entry) Flight { return Flight{e.Peer, e.Kind, e.N} }

// Parts is a step taken apart, to show what happened to messages.
type Parts struct {
	// Refused says why the message that arrives in the step did not reach its
	// receiver, which was down, or cut off meanwhile; "": it did, or the step is
	// no arrival.
	Refused string

	// Held says why the message that arrives must wait, and arrive again; "": it
	// need not.
	Held string

	Effects []observe.Entry // what else happened, in order
	Gone    []Gone          // messages that vanished because of the event
}

// Gone is a message that had come, was held, and vanished when its receiver
// crashed.
type Gone struct {
	observe.Entry        // its arrival
	Why           string // it is dropped
}

// Split takes a step apart. The parts are good as long as the step is.
//
// Where a message is refused or held no handler runs, so the first effect says that. The
// loss of a message that the receiver sent itself comes after the sending.
func Split(s trace.Step) Parts {
	p := Parts{Effects: s.Effects}
	if s.Event.What == observe.Delivered && len(s.Effects) > 0 && same(s.Event, s.Effects[0]) {
		switch first := s.Effects[0]; first.What {
		case observe.Dropped:
			p.Refused, p.Effects = first.Text, s.Effects[1:]
		case observe.Held:
			p.Held, p.Effects = first.Text, s.Effects[1:]
		}
	}
	for i := 0; i < len(p.Effects); i++ {
		if p.Effects[i].What == observe.Delivered {
			return p.gone()
		}
	}
	return p
}

// Apart divides the effects. own are those at the actor of the event, or at nobody. others
// are those at others, such as an actor that a fault takes down: successive effects at one
// actor are in one piece.
func (p Parts) Apart(actor sim.ID) (own []observe.Entry, others [][]observe.Entry) {
	for _, e := range p.Effects {
		if n := len(others); e.Actor == actor || e.Actor == 0 {
			own = append(own, e)
		} else if n > 0 && others[n-1][0].Actor == e.Actor {
			others[n-1] = append(others[n-1], e)
		} else {
			others = append(others, []observe.Entry{e})
		}
	}
	return own, others
}

// gone takes out of the effects the messages that vanished: an arrival and its
// drop each.
func (p Parts) gone() Parts {
	var rest []observe.Entry
	for i := 0; i < len(p.Effects); i++ {
		e := p.Effects[i]
		if e.What == observe.Delivered && i+1 < len(p.Effects) && p.Effects[i+1].What == observe.Dropped && same(e, p.Effects[i+1]) {
			p.Gone = append(p.Gone, Gone{e, p.Effects[i+1].Text})
			i++
			continue
		}
		rest = append(rest, e)
	}
	p.Effects = rest
	return p
}

// same says whether two entries are about the arrival of one message.
func same(a, b observe.Entry) bool {
	return a.Actor == b.Actor && a.Peer == b.Peer && a.Kind == b.Kind && a.N == b.N
}

// Fault is which fault an entry is about that tells of its begin or end, by the number
// of [sim.Scenario.FaultAt]; -1: there is none such.
func Fault(s *sim.Scenario, e observe.Entry) int {
	i := int64(e.N)
	if (e.What == observe.FaultBegins || e.What == observe.FaultEnds) && e.Peer != 0 {
		i = int64(e.Peer) - 1 // it strikes by chance: N is how often it has
	}
	if i >= int64(s.FaultCount()) {
		return -1
	}
	return int(i)
}

// Lasts says whether a fault changes the network as long as it holds.
func Lasts(f *faults.Fault) bool {
	return f.Split != nil || f.Cut != nil || f.Clog != nil || f.Weather != nil
}

// Book keeps a note about every message that is on its way, and forgets it once
// all copies have arrived. The zero Book is not usable: see [NewBook].
type Book[T any] struct {
	actors int
	open   map[Flight]*page[T]
}

type page[T any] struct {
	note T
	left int // copies on their way
}

// NewBook is the book of a world of so many actors.
func NewBook[T any](actors int) *Book[T] {
	return &Book[T]{actors: actors, open: map[Flight]*page[T]{}}
}

// Effect takes every effect of a step in order, except the refusal of what arrives, and
// keeps the note with each message that is sent.
func (b *Book[T]) Effect(e observe.Entry, note T) {
	switch e.What {
	case observe.Sent:
		b.open[Of(e)] = &page[T]{note, 1}
	case observe.Broadcast:
		b.open[Of(e)] = &page[T]{note, b.actors}
	case observe.Doubled:
		b.count(Of(e), 1)
	case observe.Dropped:
		b.count(Of(e), -1)
	}
}

// Arrives is the note about the message that arrives in an event, if its sending
// was seen.
func (b *Book[T]) Arrives(e observe.Entry) (note T, ok bool) {
	l := Arriving(e)
	p := b.open[l]
	if p == nil {
		return note, false
	}
	note = p.note
	b.count(l, -1)
	return note, true
}

func (b *Book[T]) count(l Flight, n int) {
	if p := b.open[l]; p != nil {
		if p.left += n; p.left <= 0 {
			delete(b.open, l)
		}
	}
}

// Open is how many messages have copies on their way. A crash in the middle of
// a broadcast leaves one open for ever.
func (b *Book[T]) Open() int { return len(b.open) }
