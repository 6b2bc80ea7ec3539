package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/abilities"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/partitions"
)

// faultKey names a choice about a fault: which fault (from 1), a number within
// it, and how often it has begun.
func (w *World[M, D]) faultKey(what uint8, fault int, number ID) scheduler.Key {
	return scheduler.MakeKey(what, 0, uint16(fault+1), uint16(number), w.faults.list[fault].spells)
}

// targets are those whom a target means at this moment. nth tells apart the targets
// of one fault. The list is good until the next call.
func (w *World[M, D]) targets(fault, nth int, t *aims.Target) []ID {
	w.aim.fault, w.aim.nth = fault, nth
	return w.aim.chooser.Meant(&w.aim, t)
}

// aim answers what a target asks of the world.
type aim[M Message, D Record] struct {
	w          *World[M, D]
	chooser    aims.Chooser
	fault, nth int // the target that is looked for
}

// Actors implements [aims.World].
func (a *aim[M, D]) Actors() int { return a.w.n }

// Spared implements [aims.World].
func (a *aim[M, D]) Spared(id ID) bool { return a.w.faults.core.Has(id) }

// Able implements [aims.World].
func (a *aim[M, D]) Able(id ID) bool { return a.w.actors[id].slow&(dead|paused) == 0 }

// Rank implements [aims.World].
func (a *aim[M, D]) Rank(id ID, role uint8) uint64 {
	if p, ok := a.w.states.member(id).(abilities.Player); ok && a.w.actors[id].slow&dead == 0 {
		return p.Plays(role)
	}
	return 0
}

// Draw implements [aims.World].
func (a *aim[M, D]) Draw(k, n int) int {
	return int(a.w.chance.Pick(a.w.faultKey(chance.Victim, a.fault, ID(a.nth<<aims.DrawBits|k)), uint32(n)))
}

// Majority implements [aims.World].
func (a *aim[M, D]) Majority() *ids.Set { return a.w.reach.largest.Of(a.w.n, &a.w.reach) }

// reach answers what the largest side of the cuts in force asks of the world.
type reach struct {
	*faultStates
	s       *Scenario
	largest partitions.Largest
}

// Apart implements [partitions.Reach].
func (r *reach) Apart(from, to ID) bool { return r.separated(r.s, from, to) }

// Alike implements [partitions.Reach].
func (r *reach) Alike(a, b ID) bool { return r.alike(a, b) }

// alike says whether two actors are at the same place of every cut in force.
func (f *faultStates) alike(a, b ID) bool {
	for _, i := range f.cuts {
		if side := f.list[i].side; side[a] != side[b] {
			return false
		}
	}
	return f.core.Has(a) == f.core.Has(b)
}
