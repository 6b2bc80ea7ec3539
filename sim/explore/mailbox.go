package explore

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// cubeOf is the cube of an actor of a world. It is good until the next call.
func (o *order) cubeOf(world []uint32, i int) *cube {
	w, number := o.w, world[o.w.crashesAt()]
	c := &o.cube
	*c = cube{order: o, stops: c.stops[:0], all: c.all[:0], late: c.late[:0], local: world[i], crashes: w.mayCrash(number, i, w.priceOf(1))}
	for _, e := range w.ownOf(world[i]) {
		if !e.IsCrash() || c.crashes {
			c.all = append(c.all, e)
		}
	}
	packets := world[w.packetsAt():]
	for j, p := range packets {
		e := sim.ArrivalOf(p)
		if int(w.to[p])-1 != i || slices.Contains(c.all, e) {
			continue
		}
		if w.scope.Network == sim.AtMostOnce && !slices.Contains(packets[j+1:], p) && !w.mayDouble(number, p) {
			c.once |= 1 << len(c.all)
		}
		c.all = append(c.all, e)
	}
	return c
}

// cube is the local states to which events lead that are postponed, in whatever order they
// happen.
type cube struct {
	*order
	local   uint32
	all     []sim.ModelEvent // that can happen
	once    uint64           // which of them, by their places, happen once at most: each a bit
	crashes bool             // the actor may crash
	quiet   bool             // a history is to see nothing of what is postponed

	late  []sim.ModelEvent // those that are postponed
	stops []stop
	view  view
}

// stop is a local state of a cube, and what has happened once and cannot happen again.
type stop struct {
	local  uint32
	used   uint64           // of all, by their places
	others []sim.ModelEvent // events that can happen there and that are not postponed
	first  int              // the first stop with that local state
	seen   uint64           // of the first: which hops from there were looked at, by the places of their events
	before int              // the stop from which it was found, by a hop of an event
	by     sim.ModelEvent
}

// mostStates is how many stops a cube may have, and how many histories may come of what is
// postponed. If there are more, nothing is.
const mostStates = 512

// choose finds which events to postpone: all of them at first, and those are taken out that
// cannot be, until the rest can.
func (c *cube) choose() postponed {
	c.late = append(c.late[:0], c.all...)
	for {
		bad := c.spread()
		if len(bad) == 0 {
			break
		}
		c.late = slices.DeleteFunc(c.late, func(e sim.ModelEvent) bool { return slices.Contains(bad, e) })
	}
	for i := range c.stops {
		x := &c.stops[i]
		if x.first != i {
			continue
		}
		for _, e := range x.others {
			for _, h := range c.hops(x.local, e) {
				c.view.sees(h.trail)
			}
		}
	}
	return postponed{events: slices.Clone(c.late), view: c.views.number(&c.view), late: c.views.number(&view{late: c.view.late}), isLoud: c.view.isLoud()}
}

// spread fills in the stops, and returns the events that cannot be postponed.
func (c *cube) spread() (bad []sim.ModelEvent) {
	c.stops, c.view = c.stops[:0], view{}
	c.stop(c.local, 0, 0, 0)
	for n := 0; n < len(c.stops); n++ {
		for _, p := range c.late {
			bit := uint64(1) << slices.Index(c.all, p) // 0 from the 65th on
			if slices.Contains(bad, p) || c.stops[n].used&bit != 0 || !c.can(c.stops[n].local, p) {
				continue
			}
			for k, h := range c.hops(c.stops[n].local, p) {
				if !c.goes(n, p, bit, k, &h) {
					bad = append(bad, p)
					break
				}
			}
			c.stops[c.stops[n].first].seen |= bit
			if len(c.stops) > mostStates {
				return c.late
			}
		}
	}
	return bad
}

// goes takes a step of the cube, by a hop of an event that is postponed, and says whether it
// may be one.
func (c *cube) goes(n int, p sim.ModelEvent, bit uint64, k int, h *hop) bool {
	local := c.stops[n].local
	switch {
	case h.sentN > 0, c.quiet && h.trail != 0:
		return false
	case h.next == local && h.trail == 0:
		return true
	}
	used := c.stops[n].used | bit&c.once
	at := slices.IndexFunc(c.stops, func(x stop) bool { return x.local == h.next && x.used == used })
	if at < 0 {
		at = c.stop(h.next, used, n, p)
	}
	if c.stops[c.stops[n].first].seen&bit != 0 {
		return true
	}
	c.decides = c.decides || h.decides && !c.used(n, p)
	c.view.postpones(h.trail)
	corner := c.diamonds.corner(local, p, k, c.crashes)
	for _, e := range c.stops[at].others {
		if !c.can(local, e) {
			return false
		}
		swaps, ok := c.diamonds.holds(corner, e)
		if !ok || c.quiet && len(swaps) > 0 {
			return false
		}
		c.view.swap(swaps)
	}
	return true
}

// stop adds one.
func (c *cube) stop(local uint32, used uint64, before int, by sim.ModelEvent) int {
	n := len(c.stops)
	if n < cap(c.stops) {
		c.stops = c.stops[:n+1]
	} else {
		c.stops = append(c.stops, stop{})
	}
	x := &c.stops[n]
	*x = stop{local: local, used: used, others: x.others[:0], before: before, by: by}
	x.first = slices.IndexFunc(c.stops, func(x stop) bool { return x.local == local })
	if x.first < n {
		x.others = append(x.others, c.stops[x.first].others...)
		return n
	}
	for _, e := range c.w.ownOf(local) {
		if (!e.IsCrash() || c.crashes) && !slices.Contains(c.late, e) {
			x.others = append(x.others, e)
		}
	}
	for _, e := range c.all {
		if e.IsArrival() && !slices.Contains(c.late, e) {
			x.others = append(x.others, e)
		}
	}
	return n
}

// used says whether an event is on the way to a stop.
func (c *cube) used(n int, e sim.ModelEvent) bool {
	for ; n > 0; n = c.stops[n].before {
		if c.stops[n].by == e {
			return true
		}
	}
	return false
}

func (c *cube) can(local uint32, e sim.ModelEvent) bool { return c.diamonds.can(local, e) }

func (c *cube) hops(local uint32, e sim.ModelEvent) []hop {
	return c.diamonds.hops(local, e, c.crashes)
}
