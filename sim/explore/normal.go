package explore

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// stepsOrdered weighs the steps of hops, each with the free packets that are delivered after
// it.
func (w *walker) stepsOrdered(world []uint32, i int, e sim.ModelEvent, at uint32, arrived int) {
	history := world[w.historyAt()]
	w.meets(world, w.order.here, i, history, e)
	if at == 0 {
		return
	}
	for more := true; more; at++ {
		h := &w.hopList[at-1]
		more = h.more
		if !w.prophecy.affords(world[w.crashesAt()], i, h.spends) {
			continue
		}
		after := w.step(history, h.trail)
		if h.sentN == 0 && h.next == world[i] && after == history {
			continue
		}
		c := candidate{event: e, hop: at - 1, after: after, actor: int32(i), arrived: int32(arrived), from: -1, decides: h.decides}
		w.calls = append(w.calls[:0], made{sim.ID(i + 1), world[i], e, at - 1})
		if after&isBroken != 0 {
			w.addWhole(&c)
			continue
		}
		w.build(world, &c)
		w.next[w.crashesAt()] = w.prophecy.after(world[w.crashesAt()], h.spends)
		sentFrom := len(world)
		if arrived >= 0 {
			sentFrom--
		}
		if h.spends > 0 {
			sentFrom = w.packetsAt() // who may crash is not the same any more
		}
		if !w.bare {
			w.deliver(&c, history, 1<<i, sentFrom)
		}
		if c.after&isBroken == 0 {
			w.weigh(w.next, w.sums)
			c.f, c.from = least(w.sums), int32(len(w.arena))
			w.arena = append(w.arena, w.next...)
			c.to = int32(len(w.arena))
		}
		w.addWhole(&c)
	}
}

// meets notes what happens to an actor of a world, for itself and for all others. The list
// has the sites of that world.
func (w *walker) meets(world []uint32, list sitesOf, i int, history uint32, e sim.ModelEvent) {
	o := w.order
	o.meets(o.siteIn(list, i, world[i], history), e)
	o.sees(history, o.deedOf(i, world[i], e))
}

// deliver delivers all free packets of the world that is built: those to the actors that
// have changed, and those that were sent. Before the step the world had that history.
func (w *walker) deliver(c *candidate, history uint32, changed uint64, sentFrom int) {
	o, all := w.order, uint64(1)<<w.n-1
	if c.after != history {
		changed = all // what is free depends on the history
	}
	for changed != 0 || sentFrom < len(w.next) {
		var soon uint64
		for j := w.packetsAt(); j < len(w.next); j++ {
			p := w.next[j]
			i := int(w.to[p]) - 1
			if (changed|soon)>>i&1 == 0 && j < sentFrom || w.prophecy.may(w.next[w.crashesAt()], i) {
				continue
			}
			local, history := w.next[i], c.after
			post, free := o.isFree(local, history, p)
			if !free {
				continue
			}
			o.back.uses(&o.posts[post], w.number)
			w.meets(w.next, o.next, i, history, sim.ArrivalOf(p))
			at := w.hopsOf(local, sim.ArrivalOf(p))
			if w.next = slices.Delete(w.next, j, j+1); j < sentFrom {
				sentFrom--
			}
			j--
			if at == 0 {
				continue
			}
			h := &w.hopList[at-1]
			if c.after = w.step(history, h.trail); c.after&isBroken != 0 {
				return
			}
			if w.traced {
				w.calls = append(w.calls, made{sim.ID(i + 1), local, sim.ArrivalOf(p), at - 1})
			}
			c.decides = c.decides || h.decides
			w.next[i], w.next[w.historyAt()] = h.next, c.after
			if soon |= 1 << i; c.after != history {
				soon = all
			}
		}
		changed, sentFrom = soon, len(w.next)
	}
}
