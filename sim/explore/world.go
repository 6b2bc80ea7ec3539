package explore

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
)

// A world is a slice of numbers: the local states of the actors 1..n, the history, what is
// spent of the scope so far (see spent.go), and the packets on their way. Where messages arrive in order,
// packets between two actors are in the order in which they were sent.

// walker goes from a world to those after it.
type walker struct {
	*memo
	base   []plain.Sum // the fingerprint of the world under each renaming
	sums   []plain.Sum // scratch
	next   []uint32    // scratch: the world after a step
	list   []candidate // the steps of the world, or of many
	arena  []uint32    // the worlds after those that are built as a whole
	levels []level     // scratch of cascade, by how deep it is

	double uint32 // 1: the packet that arrives stays on its way

	quiet   bool        // what the model has not told yet is not asked, but missed
	missed  bool        // something was, since this was put back
	late    []candidate // scratch of part.again
	peeked  uint64      // what was read of the known worlds ahead of time: kept, so that it is not left out
	entered int         // how many worlds it has added to the known ones, of a batch
	slots   int         // and how many slots these have more

	traced bool     // made is wanted
	calls  []made   // scratch: those of the step that is being made
	madeIn [][]made // by place in list

	boxSums []plain.Sum // scratch of postpone
	boxes   []uint32    // the mailboxes of the world, by actor, see postpone
	loud    uint64      // which of them may postpone what a history sees

	met func(w *walker, world []uint32) // see Options.met

	at    int    // the number of the step that is looked at, of this world
	made  []made // what is handled in it, in order, if traced
	stays bool   // the packet that arrives in it stays on its way
	take  func(f plain.Sum, decides bool) (wanted bool)
	push  func(world []uint32)
	fault func(broken uint32)
}

// candidate is a step to a world that may be new.
type candidate struct {
	f       plain.Sum
	event   sim.ModelEvent
	hop     uint32 // its place in hopList
	after   uint32 // the history after it, or isBroken and which violation
	actor   int32  // its place in a world
	arrived int32  // the place of the packet that arrives; -1: none does
	from    int32  // where the world is in arena; -1: it is still to be built
	to      int32
	step    uint16 // of a part: which step of its world it is
	world   uint16 // and which world of the part that is
	decides bool   // somebody decides in it
	spends  uint16 // of the scope
	stays   bool   // the packet that arrives stays on its way
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
	g, inOrder, packets := w.g, w.scope.Network == sim.InOrder, world[w.packetsAt():]
	for k := range sums {
		f := w.crashes[int(world[w.crashesAt()])*g+k].Plus(w.historyToken(world[w.historyAt()], k))
		for _, l := range world[:w.n] {
			f = f.Plus(w.locals[int(l)*g+k])
		}
		for i, p := range packets {
			t := w.packets[int(p)*g+k]
			if inOrder {
				t = w.inLine(t, packets[:i], p)
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

// expand goes through the steps from a world, in an order that follows from it. Their
// fingerprints are weighed first, and looked up then: so that memory is asked for many at
// a time.
func (w *walker) expand(world []uint32, seen *visited) {
	w.begin()
	w.weighSteps(world)
	if w.met != nil {
		w.met(w, world)
	}
	if seen != nil {
		for i := range w.list {
			w.peeked ^= seen.peek(w.list[i].f)
		}
	}
	for i := range w.list {
		w.at = i
		w.finish(world, &w.list[i])
	}
}

// begin empties the list of steps.
func (w *walker) begin() {
	w.list, w.arena, w.madeIn = w.list[:0], w.arena[:0], w.madeIn[:0]
}

// add puts a step in the list, to be filled in.
func (w *walker) add() *candidate {
	if n := len(w.list); n < cap(w.list) {
		w.list = w.list[:n+1]
	} else {
		w.list = append(w.list, candidate{})
	}
	return &w.list[len(w.list)-1]
}

// addWhole puts a step in the list that is made of the calls so far.
func (w *walker) addWhole(c *candidate) {
	*w.add() = *c
	if w.traced {
		w.madeIn = append(w.madeIn, slices.Clone(w.calls))
	}
}

// weighSteps puts the steps from a world in the list. If the walker misses something, they
// are not all there.
func (w *walker) weighSteps(world []uint32) {
	w.weigh(world, w.base)
	if w.order != nil {
		if w.postpone(world); w.missed && w.quiet {
			return
		}
	}
	simple := w.scope.Network != sim.InOrder && len(w.scope.Instant) == 0 && !w.scope.Inline
	for i := range w.n {
		for _, e := range w.ownOf(world[i]) {
			if w.order != nil && w.isPostponed(i, e) {
				continue
			}
			if at := w.hopsOf(world[i], e); at != 0 {
				w.steps(simple, world, i, e, at, -1)
			}
		}
	}
	packets, network, to := world[w.packetsAt():], w.scope.Network, w.to
	for j, p := range packets {
		i := int(to[p]) - 1
		at := w.hopsOf(world[i], sim.ArrivalOf(p))
		switch {
		case at == 0 && network != sim.InOrder:
			continue
		case network == sim.AtMostOnce && slices.Contains(packets[:j], p):
			continue // the same as that one
		case network == sim.InOrder && w.waits(packets[:j], p):
			continue
		}
		if w.order != nil && w.isPostponed(i, sim.ArrivalOf(p)) {
			continue
		}
		if w.missed && w.quiet {
			return
		}
		w.steps(simple, world, i, sim.ArrivalOf(p), at, j)
		if w.mayDouble(world[w.crashesAt()], p) {
			w.double = 1
			w.steps(simple, world, i, sim.ArrivalOf(p), at, -1)
			w.double = 0
		}
	}
}

// steps weighs the steps of the hops of an event that begin at a place in hopList.
func (w *walker) steps(simple bool, world []uint32, i int, e sim.ModelEvent, at uint32, arrived int) {
	if simple {
		w.stepsAlone(world, i, e, at, arrived)
	} else {
		w.stepsWhole(world, i, e, at, arrived)
	}
}

// finish keeps the world after a step, if it is new.
func (w *walker) finish(world []uint32, c *candidate) {
	w.stays = c.stays
	if w.traced {
		w.made = w.madeIn[w.at]
	}
	switch {
	case c.after&isBroken != 0:
		w.fault(c.after &^ isBroken)
	case w.take(c.f, c.decides):
		w.push(w.worldAfter(world, c))
	}
}

// worldAfter is the world after a step. It is good until the next call.
func (w *walker) worldAfter(world []uint32, c *candidate) []uint32 {
	if c.from >= 0 {
		return w.arena[c.from:c.to]
	}
	w.build(world, c)
	return w.next
}

// waits says whether a packet has another before it.
func (w *walker) waits(before []uint32, p uint32) bool {
	return slices.ContainsFunc(before, func(q uint32) bool { return w.from[q] == w.from[p] && w.to[q] == w.to[p] })
}

// leave puts a packet on the network.
func (w *walker) leave(world []uint32, p uint32) []uint32 {
	if w.scope.Network == sim.AnyTimes && slices.Contains(world[w.packetsAt():], p) {
		return world
	}
	return append(world, p)
}
