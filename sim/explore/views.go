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
	unions  table // of two views with nothing but trails of events that are postponed: the one with all of them
	reaches table // of a history and such a view: the place of what they reach
	known   []reach
	held    table // of what is reached and a view: whether a history sees the same everywhere, 1 or 0
}

// reach is the histories to which trails lead that are postponed.
type reach struct {
	late      []uint32
	histories []uint32 // nil: there are too many, or one is broken
}

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
func (w *walker) mayBeLoud(world []uint32) (loud uint64) {
	if w.agrees(world, everybody) {
		return everybody
	}
	for i, n := range w.boxes {
		if w.order.boxes[n].loud.isLoud && w.agrees(world, 1<<i) {
			loud |= 1 << i
		}
	}
	if !w.agrees(world, loud) {
		w.agrees(world, 0)
		return 0
	}
	return loud
}

// agrees says whether a history sees the same, if some actors may postpone what it sees.
func (w *walker) agrees(world []uint32, loud uint64) bool {
	o, history := w.order, world[w.historyAt()]
	postponedBy := func(i int) *postponed {
		if loud>>i&1 != 0 {
			return &o.boxes[w.boxes[i]].loud
		}
		return w.quietOf(world, i)
	}
	late := uint32(0)
	for i := range w.boxes {
		if x := postponedBy(i); x.late != 0 {
			late = w.recall(&o.views.unions, late, x.late, o.views.union)
		}
	}
	reach := w.recall(&o.views.reaches, history, late, o.views.reachOf)
	if w.missed && w.quiet || o.views.known[reach].histories == nil {
		return false
	}
	for i := range w.boxes {
		if w.recall(&o.views.held, reach, postponedBy(i).view, o.views.holds) == 0 {
			return false
		}
	}
	return true
}

// recall is what was found out of two numbers, or is found out now.
func (w *walker) recall(t *table, a, b uint32, find func(a, b uint32) uint32) uint32 {
	if n, ok := t.get(pair(a, b)); ok {
		return n
	}
	if w.quiet {
		w.missed = true
		return 0
	}
	n := find(a, b)
	if w.hasRoom(t) {
		t.put(pair(a, b), n)
	}
	return n
}

// union is the view with all trails of two.
func (v *views) union(a, b uint32) uint32 {
	all := view{late: v.list[a].late}
	for _, trail := range v.list[b].late {
		all.late = with(slices.Clip(all.late), trail)
	}
	return v.number(&all)
}

// reachOf is what a history reaches by the trails of a view.
func (v *views) reachOf(history, late uint32) uint32 {
	f := reach{late: v.list[late].late, histories: []uint32{history}}
	for n := 0; n < len(f.histories); n++ {
		for _, trail := range f.late {
			next := v.w.become(f.histories[n], trail)
			if next&isBroken == 0 && !slices.Contains(f.histories, next) {
				f.histories = append(f.histories, next)
			}
			if next&isBroken != 0 || len(f.histories) > mostStates {
				f.histories = nil
				break
			}
		}
	}
	v.known = append(v.known, f)
	return uint32(len(v.known) - 1)
}

// holds says, by 1 or 0, whether a history sees the same of a view in all that is reached.
func (v *views) holds(reach, number uint32) uint32 {
	f, x := &v.known[reach], &v.list[number]
	for _, h := range f.histories {
		for _, s := range x.swaps {
			if v.two(h, s.late, s.after) != v.two(h, s.before, s.then) {
				return 0
			}
		}
		for _, seen := range x.seen {
			first := v.w.become(h, seen)
			for _, late := range f.late {
				if v.then(first, late) != v.two(h, late, seen) {
					return 0
				}
			}
		}
	}
	return 1
}

// two is a history after two trails, or isBroken.
func (v *views) two(history, first, second uint32) uint32 {
	return v.then(v.w.become(history, first), second)
}

// then is a history after one more trail, or isBroken.
func (v *views) then(history, trail uint32) uint32 {
	if history&isBroken == 0 {
		history = v.w.become(history, trail)
	}
	if history&isBroken != 0 {
		return isBroken
	}
	return history
}

// What a view and a reach take in memory, about.
const (
	viewBytes  = 256
	reachBytes = 80
)

// bytes is what all of it takes in memory, about.
func (v *views) bytes() int {
	return v.unions.bytes() + v.reaches.bytes() + v.held.bytes() + len(v.list)*viewBytes + len(v.known)*reachBytes
}
