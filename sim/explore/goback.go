package explore

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
)

// What order assumes holds for most packets and not for all. So after each level the look
// checks what it has assumed up to there. Where something is given up, it goes back to the
// worlds in whose steps that mattered, and makes those steps again. At the end all that is
// still assumed holds, and there is no step from a world that was made under anything else.
//
// Worlds that were found under an assumption stay when it is given up: a packet that is
// delivered at once might have come at that moment, so they are worlds of the scope as well.

// goback is what is kept for that.
type goback struct {
	on     bool
	worlds shelf
	list   []use
	stale  []uint32 // worlds in whose steps something was delivered that was given up since
}

// use says that a packet was delivered at once in a step from a world.
type use struct {
	world  uint32
	before uint32 // the use of the same post before this one, plus 1; 0: there is none
}

// uses notes that a packet is delivered at once.
func (g *goback) uses(x *post, world uint32) {
	if !g.on || x.used > 0 && g.list[x.used-1].world == world {
		return
	}
	g.list = append(g.list, use{world, x.used})
	x.used = uint32(len(g.list))
}

// giveUp notes from which worlds to go on.
func (g *goback) giveUp(x *post) {
	for n := x.used; n > 0; n = g.list[n-1].before {
		g.stale = append(g.stale, g.list[n-1].world)
	}
	x.used = 0
}

// take is these worlds, each once, in their order.
func (g *goback) take() []uint32 {
	list := g.stale
	g.stale = nil
	slices.Sort(list)
	return slices.Compact(list)
}

func (g *goback) bytes() int {
	return g.worlds.bytes() + cap(g.list)*8 + cap(g.stale)*4
}

// shelf keeps worlds by their numbers.
type shelf struct {
	blocks blocks
	places []place
}

type place struct{ block, at uint32 }

// add puts in the next world.
func (s *shelf) add(world []uint32) {
	s.blocks.push(world)
	last := len(s.blocks.list) - 1
	s.places = append(s.places, place{uint32(last), uint32(len(s.blocks.list[last]) - len(s.blocks.scratch))})
}

// get is a world, in the memory of to.
func (s *shelf) get(n uint32, to []uint32) []uint32 {
	p := s.places[n]
	to, _ = read(s.blocks.list[p.block], int(p.at), to[:0])
	return to
}

func (s *shelf) bytes() int { return s.blocks.bytes() + cap(s.places)*8 }

// goesBack checks what was assumed so far, and makes those steps again under which it was
// assumed and does not hold. It says whether the look goes on.
func (x *look) goesBack() bool {
	w, o := x.w, x.w.order
	var world []uint32
	for o.check(x.checks); o.again && !x.stopped(); o.check(x.checks) {
		o.again = false
		next := x.current
		for _, n := range o.back.take() {
			x.current, w.number = n, n
			world = o.back.worlds.get(n, world)
			if w.expand(world, &x.seen); x.stopped() || x.told() {
				return false
			}
		}
		x.current = next
	}
	return !x.stopped()
}

// checks says whether a check has to end, because of memory, the time or an interrupt.
func (x *look) checks() bool { return !x.mayGrow(0) || x.over() }

// backPath is path of a look that has gone back. A step may have been made under what was
// given up since. So what a world looked like is kept, and what was delivered at once in the
// step to it is found again.
func (x *look) backPath() ([]Step, error) {
	w, worlds := x.w, &x.w.order.back.worlds
	w.traced = true
	chain, numbers := []uint32{x.current}, []uint32{}
	for at := x.current; int(at) >= len(w.prophecy.choices); {
		before, step := x.parents.of(at)
		chain, numbers, at = append(chain, before), append(numbers, step), before
	}
	slices.Reverse(chain)
	slices.Reverse(numbers)
	var steps []Step
	world := worlds.get(chain[0], nil)
	for i, number := range numbers {
		next := worlds.get(chain[i+1], nil)
		calls, ok := w.between(world, next, number)
		if !ok {
			return nil, fmt.Errorf("explore: step %d on the way to the violation is not there when it is made again", i+1)
		}
		w.made, w.stays = calls, false
		steps, world = w.tell(steps), next
	}
	w.number = x.current
	w.take = func(plain.Sum, bool) bool { return false }
	w.fault = func(uint32) {
		if w.at == x.brokeAt {
			steps = w.tell(steps)
		}
	}
	w.expand(world, nil)
	return steps, w.err
}

// between is what is handled in a step between two worlds: the event with this number, and
// the packets that are delivered at once.
func (w *walker) between(world, next []uint32, number uint32) ([]made, bool) {
	w.begin()
	w.bare = true
	w.weighSteps(world)
	w.bare = false
	if int(number) >= len(w.list) || w.list[number].after&isBroken != 0 {
		return nil, false
	}
	c := &w.list[number]
	return w.delivered(slices.Clone(w.arena[c.from:c.to]), next, w.madeIn[number])
}

// delivered adds to calls what is delivered at once between a world and another, in an order
// that leads there.
func (w *walker) delivered(world, next []uint32, calls []made) ([]made, bool) {
	w.weigh(world, w.base)
	if w.weigh(next, w.sums); w.base[0] == w.sums[0] {
		return calls, true
	}
	packets := world[w.packetsAt():]
	for j, p := range packets {
		if count(packets[:j], p) > 0 || count(packets, p) <= count(next[w.packetsAt():], p) {
			continue
		}
		i := int(w.to[p]) - 1
		h, ok := w.order.arrival(world[i], p)
		after := w.step(world[w.historyAt()], h.trail)
		if !ok || after&isBroken != 0 {
			continue
		}
		more := calls
		if at := w.hopsOf(world[i], sim.ArrivalOf(p)); at != 0 {
			more = append(slices.Clip(calls), made{sim.ID(i + 1), world[i], sim.ArrivalOf(p), at - 1})
		}
		now := slices.Clone(world)
		now[i], now[w.historyAt()] = h.next, after
		if all, ok := w.delivered(slices.Delete(now, w.packetsAt()+j, w.packetsAt()+j+1), next, more); ok {
			return all, true
		}
	}
	return nil, false
}

// count is how often a packet is in a list.
func count(list []uint32, p uint32) (n int) {
	for _, q := range list {
		if q == p {
			n++
		}
	}
	return n
}
