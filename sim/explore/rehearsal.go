package explore

import "slices"

// A look after which something was given up proves nothing, and most worlds of the next one
// are the same. So after the first look comes a rehearsal. It keeps all worlds, and goes on
// from those alone in whose steps something was delivered that is not free any more. Then it
// checks again, until there is nothing to give up. What it has found proves nothing either,
// because the worlds of the first look are still among its own. But the look from the start
// that comes after it rarely has anything to give up.

// rehearsal is what is kept for it.
type rehearsal struct {
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
func (r *rehearsal) uses(x *post, world uint32) {
	if !r.on || x.used > 0 && r.list[x.used-1].world == world {
		return
	}
	r.list = append(r.list, use{world, x.used})
	x.used = uint32(len(r.list))
}

// giveUp notes from which worlds the rehearsal goes on.
func (r *rehearsal) giveUp(x *post) {
	for n := x.used; n > 0; n = r.list[n-1].before {
		r.stale = append(r.stale, r.list[n-1].world)
	}
	x.used = 0
}

// take is these worlds, each once, in their order.
func (r *rehearsal) take() []uint32 {
	list := r.stale
	r.stale = nil
	slices.Sort(list)
	return slices.Compact(list)
}

// end drops all that was kept. Nothing is kept any more.
func (o *order) end() {
	for i := range o.posts {
		o.posts[i].used = 0
	}
	o.rehearsal = rehearsal{}
}

func (r *rehearsal) bytes() int {
	return r.worlds.bytes() + cap(r.list)*8 + cap(r.stale)*4
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

// rehearse looks again at what was looked at under assumptions that are given up, until
// nothing is given up. It ends early at a violation, which may be none, and at a limit.
func (x *look) rehearse() {
	w, o := x.w, x.w.order
	var world []uint32
	for o.again && x.broken == nil {
		o.again = false
		next := x.current
		for _, n := range o.rehearsal.take() {
			x.current, w.number = n, n
			world = o.rehearsal.worlds.get(n, world)
			if w.expand(world, &x.seen); x.ends() {
				return
			}
		}
		x.current = next
		if x.breadthFirst(); x.stopped() {
			return
		}
		o.check(x.checks)
	}
}

// checks says whether a check has to end, because of memory, the time or an interrupt.
func (x *look) checks() bool { return !x.mayGrow(0) || x.over() }
