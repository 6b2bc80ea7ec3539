package explore

import (
	"encoding/binary"
	"slices"
)

// A history sees trails of all actors, so what is postponed must not matter to it either. The
// mailboxes of a world say which trails may be postponed there, and which others may come. In
// each history that the first can lead to, in any order,
//
//   - a trail that is postponed breaks nothing;
//   - it commutes with each trail of an event that is not;
//   - and where the trails of two events are others in the other order, both orders lead to
//     the same history.
//
// If one order breaks an invariant, so must the other. Where that does not hold for all
// actors, it may hold for some: the others postpone only what a history does not see.

// view is what a history can see of a mailbox.
type view struct {
	late  []uint32 // trails of events that are postponed
	seen  []uint32 // trails of all others
	swaps []swap
}

func (v *view) isLoud() bool { return len(v.late)+len(v.swaps) > 0 }

func (v *view) postpones(trail uint32) { v.late = with(v.late, trail) }
func (v *view) sees(trail uint32)      { v.seen = with(v.seen, trail) }

func (v *view) add(w *view) {
	for _, trail := range w.late {
		v.postpones(trail)
	}
	for _, trail := range w.seen {
		v.sees(trail)
	}
	v.swap(w.swaps)
}

func (v *view) swap(list []swap) {
	for _, s := range list {
		if !slices.Contains(v.swaps, s) {
			v.swaps = append(v.swaps, s)
		}
	}
}

// with adds a trail to a set.
func with(list []uint32, trail uint32) []uint32 {
	if at, is := slices.BinarySearch(list, trail); trail != 0 && !is {
		return slices.Insert(list, at, trail)
	}
	return list
}

// views is all views that there were, and what was found out of them.
type views struct {
	w       *walker
	numbers map[string]uint32
	list    []view
	chains  table // of a history, or a chain, and the view of one more actor: a longer chain
	ends    table // of a chain and the view of the last actor: the place in loud
	loud    []uint64
}

// isChain is the bit that tells a chain from a history.
const isChain = 1 << 31

// number is that of a view.
func (v *views) number(x *view) uint32 {
	key := binary.AppendUvarint(nil, uint64(len(x.late)))
	key = binary.AppendUvarint(key, uint64(len(x.seen)))
	for _, trail := range append(slices.Clip(x.late), x.seen...) {
		key = binary.AppendUvarint(key, uint64(trail))
	}
	for _, s := range x.swaps {
		for _, trail := range [...]uint32{s.late, s.after, s.before, s.then} {
			key = binary.AppendUvarint(key, uint64(trail))
		}
	}
	n, ok := v.numbers[string(key)]
	if !ok {
		n = uint32(len(v.list))
		v.list = append(v.list, *x)
		v.numbers[string(key)] = n
	}
	return n
}

// mayBeLoud is which actors, by their places, may postpone what a history sees, in the world
// of the last call of postpone.
func (w *walker) mayBeLoud(history uint32) uint64 {
	v, boxes := &w.order.views, w.order.boxes
	chain, last := history, w.n-1
	for _, n := range w.boxes[:last] {
		key := pair(chain, boxes[n].loud.view)
		next, ok := v.chains.get(key)
		if !ok {
			if w.quiet {
				w.missed = true
				return 0
			}
			next = isChain | uint32(v.chains.used)
			v.chains.put(key, next)
		}
		chain = next
	}
	key := pair(chain, boxes[w.boxes[last]].loud.view)
	at, ok := v.ends.get(key)
	if !ok {
		if w.quiet {
			w.missed = true
			return 0
		}
		at = uint32(len(v.loud))
		v.loud = append(v.loud, w.order.judge(history, w.boxes))
		v.ends.put(key, at)
	}
	return v.loud[at]
}

// judge is mayBeLoud of mailboxes that are new together.
func (o *order) judge(history uint32, numbers []uint32) (loud uint64) {
	if o.agrees(history, numbers, everybody) {
		return everybody
	}
	for i, n := range numbers {
		if o.boxes[n].loud.isLoud && o.agrees(history, numbers, 1<<i) {
			loud |= 1 << i
		}
	}
	if loud != 0 && !o.agrees(history, numbers, loud) {
		return 0
	}
	return loud
}

// agrees says whether a history sees the same, if some actors may postpone what it sees.
func (o *order) agrees(history uint32, numbers []uint32, loud uint64) bool {
	var all view
	for i, n := range numbers {
		x := &o.boxes[n].quiet
		if loud>>i&1 != 0 {
			x = &o.boxes[n].loud
		}
		all.add(&o.views.list[x.view])
	}
	histories := []uint32{history}
	for n := 0; n < len(histories); n++ {
		h := histories[n]
		for _, s := range all.swaps {
			if o.two(h, s.late, s.after) != o.two(h, s.before, s.then) {
				return false
			}
		}
		for _, late := range all.late {
			next := o.w.step(h, late)
			if next&isBroken != 0 {
				return false
			}
			if slices.Contains(histories, next) {
				continue
			}
			if histories = append(histories, next); len(histories) > mostStates {
				return false
			}
		}
		for _, seen := range all.seen {
			first := o.w.step(h, seen)
			for _, late := range all.late {
				if o.then(first, late) != o.two(h, late, seen) {
					return false
				}
			}
		}
	}
	return true
}

// two is a history after two trails, or isBroken.
func (o *order) two(history, first, second uint32) uint32 {
	return o.then(o.w.step(history, first), second)
}

// then is a history after one more trail, or isBroken.
func (o *order) then(history, trail uint32) uint32 {
	if history&isBroken == 0 {
		history = o.w.step(history, trail)
	}
	if history&isBroken != 0 {
		return isBroken
	}
	return history
}

// What a view takes in memory, about.
const viewBytes = 256

// bytes is what all of it takes in memory, about.
func (v *views) bytes() int {
	return v.chains.bytes() + v.ends.bytes() + cap(v.loud)*8 + len(v.list)*viewBytes
}
