package explore

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// mailbox finds out what an actor of a world may postpone.
func (o *order) mailbox(world []uint32, i int) mailbox {
	w := o.w
	c := &o.cube
	*c = cube{order: o, stops: c.stops[:0], all: c.all[:0], late: c.late[:0], local: world[i], crashes: w.mayCrash(world[w.crashesAt()], i, w.priceOf(1))}
	for _, e := range w.ownOf(world[i]) {
		if !e.IsCrash() || c.crashes {
			c.all = append(c.all, e)
		}
	}
	for _, p := range world[w.packetsAt():] {
		if e := sim.ArrivalOf(p); int(w.to[p])-1 == i && !slices.Contains(c.all, e) {
			c.all = append(c.all, e)
		}
	}
	b := mailbox{loud: c.choose()}
	if b.quiet = b.loud; b.loud.isLoud {
		c.quiet = true
		b.quiet = c.choose()
	}
	return b
}

// cube is the local states to which events lead that are postponed, in whatever order they
// happen. A packet is taken as if it could arrive again and again.
type cube struct {
	*order
	local   uint32
	all     []sim.ModelEvent // that can happen
	crashes bool             // the actor may crash
	quiet   bool             // a history is to see nothing of what is postponed

	late  []sim.ModelEvent // those that are postponed
	stops []stop           // the local states
	view  view
}

// stop is a local state of a cube.
type stop struct {
	local  uint32
	others []sim.ModelEvent // events that can happen there and that are not postponed
	before int              // the stop from which it was found, by a hop of an event
	by     sim.ModelEvent
}

// mostStates is how many local states of an actor, and how many histories, may come of what
// is postponed. If there are more, nothing is.
const mostStates = 256

// choose finds which events to postpone: all of them at first, and those are taken out that
// cannot be, until the rest can. What is left does not depend on how actors are called.
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
		for _, e := range x.others {
			for _, h := range c.hops(x.local, e) {
				c.view.sees(h.trail)
			}
		}
	}
	return postponed{events: slices.Clone(c.late), view: c.views.number(&c.view), late: c.views.number(&view{late: c.view.late}), isLoud: c.view.isLoud()}
}

// spread fills in the local states, and returns the events that cannot be postponed.
func (c *cube) spread() (bad []sim.ModelEvent) {
	c.stops, c.view = c.stops[:0], view{}
	c.stop(c.local, 0, 0)
	for n := 0; n < len(c.stops); n++ {
		for _, p := range c.late {
			if slices.Contains(bad, p) || !c.can(c.stops[n].local, p) {
				continue
			}
			for k, h := range c.hops(c.stops[n].local, p) {
				if !c.goes(n, p, k, &h) {
					bad = append(bad, p)
					break
				}
			}
			if len(c.stops) > mostStates {
				return c.late
			}
		}
	}
	return bad
}

// goes takes a step of the cube, by a hop of an event that is postponed, and says whether it
// may be one.
func (c *cube) goes(n int, p sim.ModelEvent, k int, h *hop) bool {
	local := c.stops[n].local
	switch {
	case h.sentN > 0, c.quiet && h.trail != 0:
		return false
	case h.next == local && h.trail == 0:
		return true
	}
	at := slices.IndexFunc(c.stops, func(x stop) bool { return x.local == h.next })
	if at < 0 {
		at = c.stop(h.next, n, p)
	}
	c.decides = c.decides || h.decides && !c.used(n, p)
	c.view.postpones(h.trail)
	corner := c.diamonds.corner(local, p, k, c.crashes)
	for _, e := range c.stops[at].others {
		if !c.can(local, e) || !c.passes(corner, e) {
			return false
		}
	}
	for _, e := range c.stops[n].others {
		if c.can(h.next, e) && !c.passes(corner, e) { // if it cannot, it comes before, or never
			return false
		}
	}
	return true
}

// passes says whether an event may come before as well as after one that is postponed.
func (c *cube) passes(corner uint32, e sim.ModelEvent) bool {
	swaps, ok := c.diamonds.holds(corner, e)
	if !ok || c.quiet && len(swaps) > 0 {
		return false
	}
	c.view.swap(swaps)
	return true
}

// stop adds a local state.
func (c *cube) stop(local uint32, before int, by sim.ModelEvent) int {
	n := len(c.stops)
	if n < cap(c.stops) {
		c.stops = c.stops[:n+1]
	} else {
		c.stops = append(c.stops, stop{})
	}
	x := &c.stops[n]
	x.local, x.before, x.by, x.others = local, before, by, x.others[:0]
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

// used says whether an event is on the way to a local state.
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
