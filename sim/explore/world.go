package explore

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
)

// A world is a slice of numbers: the local states of the actors 1..n, the history, the
// number of crashes so far, and the packets on their way. Where messages arrive in order,
// packets between two actors stand in the order in which they were sent.

// walker goes from a world to those after it.
type walker struct {
	*memo
	base []plain.Sum // the fingerprint of the world under each renaming
	sums []plain.Sum // scratch
	next []uint32    // scratch: the world after
	at   int         // the number of the step that is looked at, of this world

	actor sim.ID         // of that step
	event sim.ModelEvent // likewise
	made  []made         // what is handled in it, in order
	take  func(f plain.Sum, h *hop) (wanted bool)
	push  func(world []uint32)
	fault func(broken uint32)
}

// made is one call of a handler in a step.
type made struct {
	actor sim.ID
	local uint32 // its local state before
	event sim.ModelEvent
	hop   uint32 // its place in hopList
}

func newWalker(x *memo) *walker {
	return &walker{memo: x, base: make([]plain.Sum, x.g), sums: make([]plain.Sum, x.g)}
}

// historyAt, crashesAt and packetsAt are places in a world.
func (w *walker) historyAt() int { return w.n }
func (w *walker) crashesAt() int { return w.n + 1 }
func (w *walker) packetsAt() int { return w.n + 2 }

// weigh fills in the fingerprint of a world under each renaming.
func (w *walker) weigh(world []uint32, sums []plain.Sum) {
	for k := range sums {
		f := w.crashes[world[w.crashesAt()]]
		for _, l := range world[:w.n] {
			f = f.Plus(w.locals[int(l)*w.g+k])
		}
		f = f.Plus(w.history[int(world[w.historyAt()])*w.g+k])
		for i, p := range world[w.packetsAt():] {
			t := w.packets[int(p)*w.g+k]
			if w.scope.Network == sim.InOrder {
				t = w.inLine(t, world[w.packetsAt():w.packetsAt()+i], p)
			}
			f = f.Plus(t)
		}
		sums[k] = f
	}
}

// inLine is the token of a packet before which others wait, if order matters: how many of
// them are between the same two actors is part of it.
func (w *walker) inLine(t plain.Sum, before []uint32, p uint32) plain.Sum {
	place := uint64(0)
	for _, q := range before {
		if w.from[q] == w.from[p] && w.to[q] == w.to[p] {
			place++
		}
	}
	var h plain.Hash
	h.Mix(place)
	h.Mix(t[0])
	h.Mix(t[1])
	return h.Sum()
}

// least is the fingerprint of a world whatever its actors are called.
func least(sums []plain.Sum) plain.Sum {
	f := sums[0]
	for _, s := range sums[1:] {
		if s.Less(f) {
			f = s
		}
	}
	return f
}

// expand goes through the steps from a world.
func (w *walker) expand(world []uint32) {
	simple := w.scope.Network != sim.InOrder && len(w.scope.Instant) == 0 && !w.scope.Inline
	if simple {
		w.weigh(world, w.base)
	}
	w.at = 0
	for i := range w.n {
		local := world[i]
		w.actor = sim.ID(i + 1)
		for _, e := range w.ownOf(local) {
			if e.IsCrash() && int(world[w.crashesAt()]) >= w.scope.Crashes {
				continue
			}
			w.event = e
			if at := w.hopsOf(local, e); simple {
				w.steps1(world, i, at, -1)
			} else {
				w.stepsAll(world, i, at, -1)
			}
		}
	}
	packets := world[w.packetsAt():]
	for j, p := range packets {
		i := int(w.to[p]) - 1
		at := w.hopsOf(world[i], sim.ArrivalOf(p))
		switch {
		case at == 0 && w.scope.Network != sim.InOrder:
			continue
		case w.scope.Network == sim.AtMostOnce && slices.Contains(packets[:j], p):
			continue // the same as that one
		case w.scope.Network == sim.InOrder && w.waits(packets[:j], p):
			continue
		}
		w.actor, w.event = sim.ID(i+1), sim.ArrivalOf(p)
		if simple {
			w.steps1(world, i, at, j)
		} else {
			w.stepsAll(world, i, at, j)
		}
	}
}

// waits says whether a packet has another before it.
func (w *walker) waits(before []uint32, p uint32) bool {
	return slices.ContainsFunc(before, func(q uint32) bool { return w.from[q] == w.from[p] && w.to[q] == w.to[p] })
}

// steps1 makes the steps of the hops that begin at a place in hopList, for the actor at
// place i. arrived is the place of the packet that arrives; -1: none does.
func (w *walker) steps1(world []uint32, i int, at uint32, arrived int) {
	old, history := int(world[i]), world[w.historyAt()]
	for more := true; more; at++ {
		h := &w.hopList[at-1]
		more = h.more
		w.made = append(w.made[:0], made{w.actor, world[i], w.event, at - 1})
		after := w.step(history, h.trail)
		if after&isBroken != 0 {
			w.fault(after &^ isBroken)
			w.at++
			continue
		}
		if h.sentN == 0 && int(h.next) == old && after == history {
			continue
		}
		sent := w.sent[h.sentAt : h.sentAt+uint32(h.sentN)]
		keeps := w.scope.Network == sim.AnyTimes
		g := w.g
		for k := range w.sums {
			f := w.base[k]
			f = f.Minus(w.locals[old*g+k]).Plus(w.locals[int(h.next)*g+k])
			if after != history {
				f = f.Minus(w.memo.history[int(history)*g+k]).Plus(w.memo.history[int(after)*g+k])
			}
			if arrived >= 0 && !keeps {
				f = f.Minus(w.packets[int(world[w.packetsAt()+arrived])*g+k])
			}
			for j, p := range sent {
				if !keeps || !slices.Contains(world[w.packetsAt():], p) && !slices.Contains(sent[:j], p) {
					f = f.Plus(w.packets[int(p)*g+k])
				}
			}
			if w.event.IsCrash() {
				c := world[w.crashesAt()]
				f = f.Minus(w.crashes[c]).Plus(w.crashes[c+1])
			}
			w.sums[k] = f
		}
		if w.take(least(w.sums), h) {
			w.build(world, i, h, after, arrived)
			w.push(w.next)
		}
		w.at++
	}
}

// build makes the world after a step.
func (w *walker) build(world []uint32, i int, h *hop, after uint32, arrived int) {
	w.next = append(w.next[:0], world...)
	w.next[i], w.next[w.historyAt()] = h.next, after
	if w.event.IsCrash() {
		w.next[w.crashesAt()]++
	}
	if arrived >= 0 && w.scope.Network != sim.AnyTimes {
		w.next = slices.Delete(w.next, w.packetsAt()+arrived, w.packetsAt()+arrived+1)
	}
	for _, p := range w.sent[h.sentAt : h.sentAt+uint32(h.sentN)] {
		w.next = w.leave(w.next, p)
	}
}

// leave puts a packet on the network.
func (w *walker) leave(world []uint32, p uint32) []uint32 {
	if w.scope.Network == sim.AnyTimes && slices.Contains(world[w.packetsAt():], p) {
		return world
	}
	return append(world, p)
}
