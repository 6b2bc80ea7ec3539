package metrics

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// inFlight is what is on its way in a run: what has been sent, and has not arrived or
// been dropped. What waits for the end of a pause, or on a link that is clogged,
// is on its way as well; what waits for its sender's disk has not been sent yet.
//
// It follows from the entries of the trace, except for one thing: if the sender of a
// broadcast crashed in its middle, no entry says how far the broadcast came. Then the
// world is asked, which takes a step for each event in its queue.
type inFlight struct {
	world observe.Upcoming
	to    []uint64 // by receiver
	all   uint64

	event  uint64 // the last in which somebody told all
	teller sim.ID // who
}

// Attach makes a world's runs counted, from the next Reset of both on, and what
// is on its way too.
func Attach(w sim.Runner, s *sim.Scenario) *Counts {
	c := &Counts{}
	if f, ok := w.(observe.Upcoming); ok {
		c.inFlight = &inFlight{world: f, to: make([]uint64, s.Actors+1)}
	}
	w.Observe(c)
	return c
}

func (w *inFlight) reset() {
	clear(w.to)
	*w = inFlight{world: w.world, to: w.to}
}

// follow counts what an entry puts on its way, or takes off. again says that
// it is about the message that has just arrived.
func (c *Counts) follow(e observe.Entry, again bool) {
	w := c.inFlight
	switch {
	case e.What == observe.Sent, e.What == observe.Doubled:
		c.departs(e.Peer)
	case e.What == observe.Broadcast:
		w.event, w.teller = e.Event, e.Actor
		for to := 1; to < len(w.to); to++ {
			c.departs(sim.ID(to))
		}
	case e.What == observe.Held && again:
		c.departs(e.Actor)
	case e.What == observe.Delivered:
		w.to[e.Actor]--
		w.all--
	case e.What == observe.Dropped && !again:
		w.to[e.Peer]--
		w.all--
	case e.What == observe.Crashed && w.event == e.Event && w.teller == e.Actor:
		w.world.InFlight(w.to)
		w.all = 0
		for _, n := range w.to {
			w.all += n
		}
	}
}

// departs counts a message that sets out for an actor.
func (c *Counts) departs(to sim.ID) {
	w := c.inFlight
	w.to[to]++
	w.all++
	c.Most = max(c.Most, w.all)
	c.MostTo = max(c.MostTo, w.to[to])
}
