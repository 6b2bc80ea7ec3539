package view

import (
	"cmp"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/observe"
)

// openFlights follows single messages, to tell which are still on their way at the
// end.
type openFlights struct {
	actors int
	open   map[flight]uint64 // the event in which it left
}

// flight is one copy of one message on its way to one actor.
type flight struct {
	flights.Flight
	to   sim.ID
	copy uint8
}

func newFlights(actors int) openFlights { return openFlights{actors, map[flight]uint64{}} }

// step takes an event and what happened during it. What must wait where it
// arrives is still on its way.
func (f *openFlights) step(e observe.Entry, p flights.Parts) {
	arrives := func(e observe.Entry) { delete(f.open, flight{flights.Arriving(e), e.Actor, e.Copy}) }
	if e.What == observe.Delivered && p.Held == "" {
		arrives(e)
	}
	for _, g := range p.Gone {
		arrives(g.Entry)
	}
	for i, x := range p.Effects {
		switch x.What {
		case observe.Sent:
			f.open[flight{flights.Of(x), x.Peer, 0}] = e.Event
		case observe.Broadcast:
			if cutShort(p.Effects[i+1:]) {
				break // nobody knows whom it still reached
			}
			for to := 1; to <= f.actors; to++ {
				f.open[flight{flights.Of(x), sim.ID(to), 0}] = e.Event
			}
		case observe.Doubled:
			double := flight{flights.Of(x), x.Peer, 1}
			for f.open[double] != 0 {
				double.copy++
			}
			f.open[double] = e.Event
		case observe.Dropped:
			delete(f.open, flight{flights.Of(x), x.Peer, x.Copy})
		}
	}
}

// cutShort says whether a crash fell into a broadcast: only its losses and doublings are
// in between.
func cutShort(effects []observe.Entry) bool {
	for _, f := range effects {
		if f.What != observe.Dropped && f.What != observe.Doubled && f.What != observe.BecameChosen {
			return f.What == observe.Crashed
		}
	}
	return false
}

// left lists what is on its way, five numbers each: the event in which it left,
// the kind, from, to, the copy; and how many of them the list does not hold.
func (f *openFlights) left() (list []int, more int) {
	open := make([]flight, 0, len(f.open))
	for x := range f.open {
		open = append(open, x)
	}
	slices.SortFunc(open, func(a, b flight) int {
		return cmp.Or(cmp.Compare(f.open[a], f.open[b]), cmp.Compare(a.From, b.From), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.N, b.N), cmp.Compare(a.to, b.to), cmp.Compare(a.copy, b.copy))
	})
	for i, x := range open {
		if i == maxFlying {
			return list, len(open) - maxFlying
		}
		list = append(list, int(f.open[x]), int(x.Kind), int(x.From), int(x.to), int(x.copy))
	}
	return list, 0
}

// maxFlying is how many messages that are on their way at the end are shown.
const maxFlying = 2000
