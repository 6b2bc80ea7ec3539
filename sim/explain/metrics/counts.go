// Package metrics counts what runs do, beyond what an outcome counts, and writes
// it for programs that gather such numbers.
//
//	World --Observe(Entry)--> Counts     one run
//	Outcome, Counts --------> Campaign --OpenMetrics--> *.om
//
// Nothing here costs a run anything unless somebody asks for it: then the run
// has an observer.
package metrics

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// Counts is what one run did. It is a [observe.Observer]. The zero Counts is ready,
// but knows nothing of what is on its way; see [Attach].
type Counts struct {
	Messages [sim.MaxMessages]Fates // by kind
	Most     uint64                 // messages on their way at once, at most
	MostTo   uint64                 // and to one actor

	Restarts uint64
	Saves    uint64 // records that reached a disk
	Alarms   uint64 // that went off

	First, Last sim.ID // who learned first and who last; 0: nobody did

	last     observe.Entry // an arrival that may turn out to be none
	inFlight *inFlight     // nil: nobody counts what is on its way
}

// Fates is what became of the messages of a kind.
type Fates struct {
	Left         uint64 // that an actor let go; a broadcast is one
	Arrived      uint64 // at a handler, copies and those to oneself too
	Lost         uint64 // by chance
	Cut          uint64 // at a cut, when they were sent or would have arrived
	ReceiverDown uint64
	Damaged      uint64 // found out, and dropped
	LinkFull     uint64
	Doubled      uint64
	Other        uint64 // dropped for a reason that this package does not know
}

// The reasons for which the world drops a message, as it tells them.
const (
	lost         = "lost"
	cutWhenSent  = "cut when sent"
	cutOnArrival = "cut on arrival"
	receiverDown = "receiver down"
	damaged      = "damaged"
	linkFull     = "the link was full"
)

// Reset forgets the run.
func (c *Counts) Reset() {
	*c = Counts{inFlight: c.inFlight}
	if c.inFlight != nil {
		c.inFlight.reset()
	}
}

// Observe implements [observe.Observer].
func (c *Counts) Observe(e observe.Entry) {
	f := &c.Messages[e.Kind%sim.MaxMessages]
	arrived := false // and then dropped, or held
	if arrival := c.last; arrival.What == observe.Delivered && (e.What == observe.Dropped || e.What == observe.Held) &&
		arrival.Actor == e.Actor && arrival.Peer == e.Peer && arrival.Kind == e.Kind && arrival.N == e.N {
		f.Arrived--
		arrived = true
	}
	if c.inFlight != nil {
		c.follow(e, arrived)
	}
	c.last = observe.Entry{}
	switch e.What {
	case observe.Delivered:
		f.Arrived++
		c.last = e
	case observe.Sent, observe.Broadcast:
		f.Left++
	case observe.Doubled:
		f.Doubled++
	case observe.Dropped:
		switch e.Text {
		case lost:
			f.Lost++
		case cutWhenSent, cutOnArrival:
			f.Cut++
		case receiverDown:
			f.ReceiverDown++
		case damaged:
			f.Damaged++
		case linkFull:
			f.LinkFull++
		default:
			f.Other++
		}
	case observe.Restarted:
		c.Restarts++
	case observe.Saved:
		c.Saves++
	case observe.TimedOut:
		c.Alarms++
	case observe.Decided:
		if c.First == 0 {
			c.First = e.Actor
		}
		c.Last = e.Actor
	}
}

// Of is what became of the messages of a kind, by its name in the words of their
// protocol; the zero Fates: there is no such kind.
func (c *Counts) Of(w *sim.Vocabulary, kind string) (f Fates) {
	if i := slices.Index(w.Messages, kind); i >= 0 {
		f = c.Messages[i]
	}
	return f
}

// each is its counts.
func (f *Fates) each() [9]*uint64 {
	return [...]*uint64{&f.Left, &f.Arrived, &f.Lost, &f.Cut, &f.ReceiverDown, &f.Damaged, &f.LinkFull, &f.Doubled, &f.Other}
}

// add adds the counts of another run.
func (f *Fates) add(g *Fates) {
	for i, n := range g.each() {
		*f.each()[i] += *n
	}
}
