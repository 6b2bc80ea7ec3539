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
		w.calls = append(w.calls[:0], made{sim.ID(i + 1), world[i], e, at - 1, false})
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
			w.next = w.revive(w.next, i)
			sentFrom = w.packetsAt()
		}
		w.deliver(&c, history, 1<<i, sentFrom)
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
// is where the sites of that world are kept.
func (w *walker) meets(world []uint32, list sitesOf, i int, history uint32, e sim.ModelEvent) {
	o := w.order
	what := o.deedOf(world[i], e)
	for j, local := range world[:w.n] {
		n := o.siteIn(list, j, local, history)
		if j == i {
			o.meets(n, happens(e))
		} else {
			o.meets(n, what)
		}
	}
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
			if p&isGhost != 0 {
				continue
			}
			i := int(w.to[p]) - 1
			if (changed|soon)>>i&1 == 0 && j < sentFrom {
				continue
			}
			local, history, m := w.next[i], c.after, w.modeOf(i)
			post, free := o.isFree(m, o.siteIn(o.next, i, local, history), p)
			if !free {
				continue
			}
			o.rehearsal.uses(&o.posts[post], w.number)
			w.meets(w.next, o.next, i, history, sim.ArrivalOf(p))
			at := w.hopsOf(local, sim.ArrivalOf(p))
			if m == 1 {
				w.next[j] |= isGhost
			} else {
				if w.next = slices.Delete(w.next, j, j+1); j < sentFrom {
					sentFrom--
				}
				j--
			}
			if at == 0 {
				continue
			}
			h := &w.hopList[at-1]
			if c.after = w.step(history, h.trail); c.after&isBroken != 0 {
				return
			}
			if w.traced {
				w.calls = append(w.calls, made{sim.ID(i + 1), local, sim.ArrivalOf(p), at - 1, m == 1})
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

// modeOf is whether an actor of the world that is built may still crash.
func (w *walker) modeOf(i int) mode {
	if w.prophecy.may(w.next[w.crashesAt()], i) {
		return 1
	}
	return 0
}
