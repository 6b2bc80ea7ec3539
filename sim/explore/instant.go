package explore

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// Where some messages are handled in the step of their sender, or where they arrive in
// order, the world after a step is built as a whole before it is weighed.

// noHop is the hop of an arrival that changes nothing.
const noHop = 1<<32 - 1

// mostAtOnce is how many messages may be handled in the step of their sender.
const mostAtOnce = 10_000

// level is the scratch of one call of cascade.
type level struct {
	world, waiting []uint32
}

// instant says whether a packet is handled in the step of its sender.
func (w *walker) instant(p uint32) bool {
	return w.scope.Inline && w.from[p] == w.to[p] || slices.Contains(w.scope.Instant, w.to[p])
}

// level is the scratch of a depth.
func (w *walker) level(depth int) *level {
	for len(w.levels) <= depth {
		w.levels = append(w.levels, level{})
	}
	return &w.levels[depth]
}

// stepsWhole weighs the steps of hops with all that is handled in them. at is 0 if nothing
// comes of the event but that a packet is taken off the network.
func (w *walker) stepsWhole(world []uint32, i int, e sim.ModelEvent, at uint32, arrived int) {
	w.next = append(w.next[:0], world...)
	w.next[w.crashesAt()] += w.double
	if arrived >= 0 && w.scope.Network != sim.AnyTimes {
		w.next = slices.Delete(w.next, w.packetsAt()+arrived, w.packetsAt()+arrived+1)
	}
	c := candidate{event: e, hop: noHop, actor: int32(i), arrived: int32(arrived), stays: w.double > 0}
	if at == 0 {
		w.calls = append(w.calls[:0], made{sim.ID(i + 1), world[i], e, noHop})
		w.whole(world, w.next, &c)
		return
	}
	w.calls = w.calls[:0]
	w.cascade(0, world, w.next, nil, i, at, e, &c)
}

// cascade makes the hops of the actor at place i in a world that is being built, and then
// handles what waits to be handled in the same step.
func (w *walker) cascade(depth int, world, now, waiting []uint32, i int, at uint32, e sim.ModelEvent, c *candidate) {
	if depth > mostAtOnce {
		w.err = fmt.Errorf("explore: in one step more than %d messages are handled at once, one because of the other: they may never end", mostAtOnce)
		return
	}
	before, decided := len(w.calls), c.decides
	for more := true; more; at++ {
		h := &w.hopList[at-1]
		more = h.more
		if !w.affords(now[w.crashesAt()], i, h) {
			continue
		}
		if depth == 0 {
			c.hop = at - 1
		}
		c.decides = decided || h.decides
		w.calls = append(w.calls[:before], made{sim.ID(i + 1), now[i], e, at - 1})
		if c.after = w.step(now[w.historyAt()], h.trail); c.after&isBroken != 0 {
			w.addWhole(c)
			continue
		}
		l := w.level(depth)
		l.world, l.waiting = append(l.world[:0], now...), append(l.waiting[:0], waiting...)
		l.world[i], l.world[w.historyAt()] = h.next, c.after
		l.world[w.crashesAt()] = w.after(l.world[w.crashesAt()], h.spends)
		for _, p := range w.sent[h.sentAt : h.sentAt+uint32(h.sentN)] {
			if w.instant(p) {
				l.waiting = append(l.waiting, p)
			} else {
				l.world = w.leave(l.world, p)
			}
		}
		w.settle(depth+1, world, l.world, l.waiting, c)
	}
}

// settle handles what waits in a world that is being built.
func (w *walker) settle(depth int, world, now, waiting []uint32, c *candidate) {
	for len(waiting) > 0 {
		p := waiting[0]
		waiting = waiting[1:]
		i := int(w.to[p]) - 1
		if at := w.hopsOf(now[i], sim.ArrivalOf(p)); at != 0 {
			w.cascade(depth, world, now, waiting, i, at, sim.ArrivalOf(p), c)
			return
		}
	}
	w.whole(world, now, c)
}

// whole weighs a world that is built. If nothing has changed, it is no step; and if all
// that has changed is that an arrival which is optional is no longer to come, or that there
// was a crash, likewise.
func (w *walker) whole(before, now []uint32, c *candidate) {
	taken := 0
	if c.arrived >= 0 && w.scope.Network != sim.AnyTimes {
		taken = 1
	}
	same := slices.Equal(before[:w.crashesAt()], now[:w.crashesAt()])
	if same && taken == 0 && len(now) == len(before) || same && w.scope.Network == sim.AtMostOnce && len(now) < len(before) {
		return
	}
	if w.scope.Network == sim.InOrder {
		w.weigh(now, w.sums)
	} else {
		w.weighChanges(before, now, int(c.arrived), taken)
	}
	x := *c
	x.f, x.from = least(w.sums), int32(len(w.arena))
	w.arena = append(w.arena, now...)
	x.to = int32(len(w.arena))
	w.addWhole(&x)
}

// weighChanges fills in the fingerprint of a world that was built from another; base is the
// fingerprint of that one. So many packets were taken off the network, at a place, and those
// that were sent are at the end.
func (w *walker) weighChanges(before, now []uint32, arrived, taken int) {
	h, x, k, g := w.historyAt(), w.crashesAt(), w.packetsAt(), w.g
	for r := range w.sums {
		f := w.base[r]
		for i := range w.n {
			if a, b := before[i], now[i]; a != b {
				f = f.Minus(w.locals[int(a)*g+r]).Plus(w.locals[int(b)*g+r])
			}
		}
		if a, b := before[h], now[h]; a != b {
			f = f.Minus(w.historyToken(a, r)).Plus(w.historyToken(b, r))
		}
		f = f.Minus(w.crashes[int(before[x])*g+r]).Plus(w.crashes[int(now[x])*g+r])
		if taken > 0 {
			f = f.Minus(w.packets[int(before[k+arrived])*g+r])
		}
		for _, p := range now[len(before)-taken:] {
			f = f.Plus(w.packets[int(p)*g+r])
		}
		w.sums[r] = f
	}
}
