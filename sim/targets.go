package sim

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/ids"
)

// faultKey names a choice about a fault: which fault (from 1), a number within
// it, and how often it has begun.
func (w *World[M, D]) faultKey(what uint8, fault int, number ID) scheduler.Key {
	return scheduler.MakeKey(what, 0, uint16(fault+1), uint16(number), w.faults.list[fault].spells)
}

// targets are those whom a target means at this moment, in the order of the
// list if it is one, else by number. nth tells apart the targets of one fault.
// Whoever has calm in a core is never meant. The list is good until the next
// call.
func (w *World[M, D]) targets(fault, nth int, t *Target) []ID {
	w.meant = w.meant[:0]
	add := func(id ID) {
		if !w.faults.core.Has(id) {
			w.meant = append(w.meant, id)
		}
	}
	switch t.Group {
	case Nobody:
	case Listed:
		for _, id := range t.IDs {
			add(id)
		}
	case AtRandom:
		w.drawTargets(fault, nth, t.Many)
	case InRole:
		if id := w.inRole(t.Role); id != 0 {
			add(id)
		}
	case Everyone:
		for id := ID(1); int(id) <= w.n; id++ {
			add(id)
		}
	default:
		side := w.sideOfMost()
		for id := ID(1); int(id) <= w.n; id++ {
			if side.Has(id) == (t.Group == Majority) {
				add(id)
			}
		}
	}
	return w.meant
}

// MaxDrawn is the greatest number of targets that are drawn by chance.
const MaxDrawn = 1<<drawShift - 1

const drawShift = 12

// drawTargets draws so many of those that are up: each by a choice among those
// that are left, by number.
func (w *World[M, D]) drawTargets(fault, nth, many int) {
	left := w.spare[:0]
	for id := ID(1); int(id) <= w.n; id++ {
		if w.actors[id].slow&(dead|paused) == 0 && !w.faults.core.Has(id) {
			left = append(left, id)
		}
	}
	for k := 0; k < many && len(left) > 0; k++ {
		j := w.chance.Pick(w.faultKey(chance.Victim, fault, ID(nth<<drawShift|k)), uint32(len(left)))
		w.meant = append(w.meant, left[j])
		left = append(left[:j], left[j+1:]...)
	}
	w.spare = left
}

// inRole is the actor that plays a role in the highest round, 0 if none does.
func (w *World[M, D]) inRole(role uint8) ID {
	var who ID
	best := uint64(0)
	for id := ID(1); int(id) <= w.n; id++ {
		e := &w.actors[id]
		if p, ok := w.team.member(e.self).(Player); ok && e.slow&dead == 0 {
			if rank := p.Plays(role); rank > best {
				who, best = id, rank
			}
		}
	}
	return who
}

// sideOfMost is the largest set of actors that can all reach and be reached by
// its first member, the first such set if there are several.
func (w *World[M, D]) sideOfMost() *ids.Set {
	best, side := &w.faults.largest, &w.faults.other
	best.Clear()
	firsts := w.spare[:0] // the first of those who stand where they stand
	for a := ID(1); int(a) <= w.n; a++ {
		if slices.ContainsFunc(firsts, func(b ID) bool { return w.faults.alike(a, b) }) {
			continue // whom it reaches are as many as those whom the first reaches
		}
		firsts = append(firsts, a)
		side.Clear()
		for b := ID(1); int(b) <= w.n; b++ {
			if a == b || !w.faults.separated(w.scenario, a, b) && !w.faults.separated(w.scenario, b, a) {
				side.Add(b)
			}
		}
		if side.Len() > best.Len() {
			best, side = side, best
		}
	}
	w.spare = firsts
	return best
}

// alike says whether two actors stand at the same place of every cut in force.
func (f *faults) alike(a, b ID) bool {
	for _, i := range f.cuts {
		if side := f.list[i].side; side[a] != side[b] {
			return false
		}
	}
	return f.core.Has(a) == f.core.Has(b)
}
