package explore

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// diamonds is what was found out about two events of an actor, one of them postponed: whether
// both orders have the same outcome.
type diamonds struct {
	w       *walker
	numbers table // of a local state and an event that is postponed: where its corners begin
	corners []corner
	known   table // of a corner and another event: the place of what was found, plus 1; 0: they do not
	swaps   [][]swap
	calm    table // of a local state and an event: the place of its hops without a crash
	calms   [][]hop
}

// corner is where a diamond begins: a hop of an event that is postponed.
type corner struct {
	local   uint32
	event   sim.ModelEvent
	hop     int
	crashes bool // the actor may crash
}

// swap is four trails. A history must see the first two, one after the other, as it sees the
// last two. 0: it sees nothing.
type swap struct{ late, after, before, then uint32 }

// corner is the number of a corner.
func (d *diamonds) corner(local uint32, p sim.ModelEvent, k int, crashes bool) uint32 {
	key := pair(local, uint32(p))
	first, ok := d.numbers.get(key)
	if !ok {
		first = uint32(len(d.corners))
		if d.w.hasRoom(&d.numbers) {
			d.numbers.put(key, first)
		}
		for k := range len(d.hops(local, p, true)) {
			d.corners = append(d.corners, corner{local, p, k, false}, corner{local, p, k, true})
		}
	}
	if first += uint32(2 * k); crashes {
		first++
	}
	return first
}

// holds says whether an event may come before the hop of one that is postponed as well as
// after it, and which trails a history must then see alike.
func (d *diamonds) holds(corner uint32, e sim.ModelEvent) ([]swap, bool) {
	key := pair(corner, uint32(e))
	if at, ok := d.known.get(key); ok {
		if at == 0 {
			return nil, false
		}
		return d.swaps[at-1], true
	}
	swaps, ok := d.compare(d.corners[corner], e)
	at := uint32(0)
	if ok {
		d.swaps = append(d.swaps, swaps)
		at = uint32(len(d.swaps))
	}
	if d.w.hasRoom(&d.known) {
		d.known.put(key, at)
	}
	return swaps, ok
}

// compare makes both orders.
func (d *diamonds) compare(x corner, e sim.ModelEvent) (swaps []swap, ok bool) {
	first := d.hops(x.local, x.event, x.crashes)[x.hop]
	before, after := d.hops(x.local, e, x.crashes), d.hops(first.next, e, x.crashes)
	if len(before) != len(after) {
		return nil, false
	}
	for i := range before {
		a, b := &before[i], &after[i]
		if a.spends != b.spends || !slices.Equal(d.sentBy(a), d.sentBy(b)) {
			return nil, false
		}
		undone := swap{first.trail, b.trail, a.trail, 0}
		undoes := a.next == b.next
		commutes := false
		var both swap
		if late := d.hops(a.next, x.event, x.crashes); x.hop < len(late) && d.can(a.next, x.event) {
			then := &late[x.hop]
			commutes = then.next == b.next && then.sentN == 0 && then.spends == first.spends
			both = swap{first.trail, b.trail, a.trail, then.trail}
		}
		switch {
		case undoes && undone.isPlain(), commutes && both.isPlain():
		case commutes:
			swaps = append(swaps, both)
		case undoes:
			swaps = append(swaps, undone)
		default:
			return nil, false
		}
	}
	return swaps, true
}

// isPlain says whether a history needs no other look at four trails. Those that are the same
// in both orders have one, see views.go.
func (s swap) isPlain() bool {
	if s.late == s.then && s.after == s.before {
		return true
	}
	line := func(a, b uint32) [2]uint32 {
		if a == 0 {
			a, b = b, 0
		}
		return [2]uint32{a, b}
	}
	return line(s.late, s.after) == line(s.before, s.then)
}

// can says whether an event can happen in a local state, as far as that depends on it.
func (d *diamonds) can(local uint32, e sim.ModelEvent) bool {
	return e.IsArrival() || e.IsCrash() || slices.Contains(d.w.m.Events(local), e)
}

// hops is the hops of an event, with those in which the actor crashes, or without. Where
// nothing comes of the event, it is a hop to the same state. Nobody may change the list.
func (d *diamonds) hops(local uint32, e sim.ModelEvent, crashes bool) []hop {
	var all []hop
	if at := d.w.hopsOf(local, e); at != 0 {
		end := at
		for d.w.hopList[end-1].more {
			end++
		}
		all = d.w.hopList[at-1 : end : end]
	}
	if !crashes {
		all = d.withoutCrash(local, e, all)
	}
	if len(all) == 0 {
		all = []hop{{next: local}}
	}
	return all
}

// withoutCrash is those of the hops of an event in which the actor does not crash.
func (d *diamonds) withoutCrash(local uint32, e sim.ModelEvent, all []hop) []hop {
	inCrash := func(h hop) bool { return h.spends > 0 }
	if !slices.ContainsFunc(all, inCrash) {
		return all
	}
	key := pair(local, uint32(e))
	at, ok := d.calm.get(key)
	if !ok {
		at = uint32(len(d.calms))
		d.calms = append(d.calms, slices.DeleteFunc(slices.Clone(all), inCrash))
		d.calm.put(key, at)
	}
	return d.calms[at]
}

func (d *diamonds) sentBy(h *hop) []uint32 { return d.w.sent[h.sentAt : h.sentAt+uint32(h.sentN)] }

// bytes is what it takes in memory, about.
func (d *diamonds) bytes() int {
	return d.numbers.bytes() + d.known.bytes() + d.calm.bytes() + cap(d.corners)*24 + cap(d.swaps)*24 + len(d.calms)*96
}
