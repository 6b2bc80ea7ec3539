package explore

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
)

// stepsAlone weighs the steps of hops in which nothing else is handled. Only what changes
// is weighed.
func (w *walker) stepsAlone(world []uint32, i int, e sim.ModelEvent, at uint32, arrived int) {
	old, history := world[i], world[w.historyAt()]
	for more := true; more; at++ {
		h := &w.hopList[at-1]
		more = h.more
		if !w.affords(world[w.crashesAt()], i, h) {
			continue
		}
		after := w.step(history, h.trail)
		if h.sentN == 0 && h.next == old && after == history {
			continue
		}
		c := w.add()
		c.event, c.hop, c.after, c.actor, c.arrived, c.from, c.to, c.decides = e, at-1, after, int32(i), int32(arrived), -1, -1, h.decides
		c.spends, c.stays = h.spends+uint16(w.double), w.double > 0
		if w.traced {
			w.madeIn = append(w.madeIn, []made{{sim.ID(i + 1), old, e, at - 1}})
		}
		if after&isBroken != 0 {
			c.f = plain.Sum{}
			continue
		}
		if w.g == 1 {
			c.f = w.weighAlone(world, c, h, 0)
			continue
		}
		for k := range w.sums {
			w.sums[k] = w.weighAlone(world, c, h, k)
		}
		c.f = least(w.sums)
	}
}

// weighAlone is the fingerprint of the world after such a step, under a renaming.
func (w *walker) weighAlone(world []uint32, c *candidate, h *hop, k int) plain.Sum {
	g, keeps := w.g, w.scope.Network == sim.AnyTimes
	packets := world[w.packetsAt():]
	f := w.base[k]
	if old := world[c.actor]; h.next != old {
		f = f.Minus(w.locals[int(old)*g+k]).Plus(w.locals[int(h.next)*g+k])
	}
	if history := world[w.historyAt()]; c.after != history {
		f = f.Minus(w.historyToken(history, k)).Plus(w.historyToken(c.after, k))
	}
	if c.arrived >= 0 && !keeps {
		f = f.Minus(w.packets[int(packets[c.arrived])*g+k])
	}
	sent := w.sent[h.sentAt : h.sentAt+uint32(h.sentN)]
	for j, p := range sent {
		if !keeps || !slices.Contains(packets, p) && !slices.Contains(sent[:j], p) {
			f = f.Plus(w.packets[int(p)*g+k])
		}
	}
	if c.spends > 0 {
		n := world[w.crashesAt()]
		f = f.Minus(w.crashes[int(n)*g+k]).Plus(w.crashes[int(w.after(n, c.spends))*g+k])
	}
	return f
}

// build makes the world after such a step.
func (w *walker) build(world []uint32, c *candidate) {
	h := &w.hopList[c.hop]
	w.next = append(w.next[:0], world...)
	w.next[c.actor], w.next[w.historyAt()] = h.next, c.after
	w.next[w.crashesAt()] = w.after(w.next[w.crashesAt()], c.spends)
	if c.arrived >= 0 && w.scope.Network != sim.AnyTimes {
		at := w.packetsAt() + int(c.arrived)
		w.next = append(w.next[:at], w.next[at+1:]...)
	}
	for _, p := range w.sent[h.sentAt : h.sentAt+uint32(h.sentN)] {
		w.next = w.leave(w.next, p)
	}
}
