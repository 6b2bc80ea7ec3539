package explore

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// Where some messages are handled in the step of their sender, or where they arrive in
// order, a step is built as a whole and weighed afterwards.

// instant says whether a packet is handled in the step of its sender.
func (w *walker) instant(p uint32) bool {
	return w.scope.Inline && w.from[p] == w.to[p] || slices.Contains(w.scope.Instant, w.to[p])
}

// stepsAll makes the steps of hops, with all that is handled in them. at is 0 if nothing
// comes of the event but that a packet is taken off the network.
func (w *walker) stepsAll(world []uint32, i int, at uint32, arrived int) {
	start := slices.Clone(world)
	if w.event.IsCrash() {
		start[w.crashesAt()]++
	}
	if arrived >= 0 && w.scope.Network != sim.AnyTimes {
		start = slices.Delete(start, w.packetsAt()+arrived, w.packetsAt()+arrived+1)
	}
	w.made = w.made[:0]
	if at == 0 {
		w.made = append(w.made, made{w.actor, world[i], w.event, noHop})
		w.finish(world, start, &hop{})
		return
	}
	w.cascade(world, start, nil, i, at, w.event)
}

// noHop stands for an arrival of which nothing comes.
const noHop = 1<<32 - 1

// cascade makes the hops of the actor at place i in a world that is being built, and then
// handles what waits to be handled in the same step.
func (w *walker) cascade(world, now, waiting []uint32, i int, at uint32, e sim.ModelEvent) {
	before := len(w.made)
	for more := true; more; at++ {
		h := w.hopList[at-1]
		more = h.more
		w.made = append(w.made[:before], made{sim.ID(i + 1), now[i], e, at - 1})
		after := w.step(now[w.historyAt()], h.trail)
		if after&isBroken != 0 {
			w.fault(after &^ isBroken)
			w.at++
			continue
		}
		next, queue := slices.Clone(now), slices.Clone(waiting)
		next[i], next[w.historyAt()] = h.next, after
		for _, p := range w.sent[h.sentAt : h.sentAt+uint32(h.sentN)] {
			if w.instant(p) {
				queue = append(queue, p)
			} else {
				next = w.leave(next, p)
			}
		}
		w.settle(world, next, queue, &h)
	}
}

// settle handles what waits in a world that is being built.
func (w *walker) settle(world, now, waiting []uint32, h *hop) {
	for len(waiting) > 0 {
		p := waiting[0]
		waiting = waiting[1:]
		i := int(w.to[p]) - 1
		at := w.hopsOf(now[i], sim.ArrivalOf(p))
		if at != 0 {
			w.cascade(world, now, waiting, i, at, sim.ArrivalOf(p))
			return
		}
	}
	w.finish(world, now, h)
}

// finish weighs a world that is built. If nothing has changed, it is no step; and if all
// that has changed is that an arrival which is optional is no longer to come, likewise.
func (w *walker) finish(before, now []uint32, h *hop) {
	k := w.packetsAt()
	same := slices.Equal(before[:w.crashesAt()], now[:w.crashesAt()]) // a crash of which nothing comes is no step either
	if same && slices.Equal(before[k:], now[k:]) || same && w.scope.Network == sim.AtMostOnce && w.event.IsArrival() && len(now) < len(before) {
		return
	}
	w.weigh(now, w.sums)
	if w.take(least(w.sums), h) {
		w.push(now)
	}
	w.at++
}
