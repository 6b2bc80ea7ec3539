package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// faultStates is the state of the faults of a scenario. What a fault does to the
// world when it begins and ends is in faults.go.
type faultStates struct {
	list    []faultState // by fault, as Scenario.FaultAt numbers them
	toCome  int          // scripted faults that have not begun
	cuts    []int        // the cuts in force, as indices into list
	clogs   []int        // the clogs in force
	links   []int        // those with a weather of their own, in the order of the file
	moments triggers.Moments
	core    ids.Set // once the weather has calmed for a core: who is in it; else empty
	leader  ID      // the one of the core that keeps the role; 0: anybody may take it
}

// faultState is the state of one fault.
type faultState struct {
	on     bool
	spells uint32           // how often it has begun
	end    scheduler.Handle // of the event at which it is over; 0: none waits
	side   partitions.Sides // by actor: where the fault puts it
	shape  partitions.Shape // of a cut
	n      int              // of a ring or chain: how many are in it
	struck []ID             // whom it took down or paused
	until  int              // the moment that ends it, by its number and 1 more; 0: none does
	gap    scheduler.Weights
	spell  scheduler.Weights
	net    weather.Odds // of a weather of its own
}

func newFaults(s *Scenario) faultStates {
	f := faultStates{list: make([]faultState, s.FaultCount())}
	for i := range f.list {
		x, st := s.FaultAt(i), &f.list[i]
		if x.Cuts() || x.Clog != nil || x.Weather != nil {
			st.side = make(partitions.Sides, s.Actors+1)
		}
		if x.Cut != nil {
			st.shape = x.Cut.Shape
		} else if x.Split != nil {
			st.shape = partitions.Halves // there may be more than two of these
		}
		if x.Every != nil {
			st.gap = later{x.Every.Weights()}
		}
		if x.For != nil && x.For.Max > x.For.Min {
			st.spell = x.For.Weights()
		}
	}
	f.moments = triggers.NewMoments(f.await(s))
	return f
}

// later is how long until a fault strikes: outcome 0, the calm one, is never;
// k is k-1 ticks above the least.
type later struct{ scheduler.Weights }

// Outcomes implements [scheduler.Weights].
func (l later) Outcomes() uint32 { return l.Weights.Outcomes() + 1 }

// Seeded implements [scheduler.Weights].
func (l later) Seeded(u uint64) uint32 { return l.Weights.Seeded(u) + 1 }

func (f *faultStates) reset(s *Scenario) {
	f.toCome = 0
	for i := range f.list {
		st := &f.list[i]
		st.on, st.spells, st.end, st.struck = false, 0, 0, st.struck[:0]
		if i < len(s.Faults) && s.Faults[i].BeginsByClock() {
			f.toCome++
		}
	}
	f.cuts, f.clogs, f.links = f.cuts[:0], f.clogs[:0], f.links[:0]
	f.moments.Reset()
	f.core.Clear()
	f.leader = 0
}

// cut says whether any cut is in force.
func (f *faultStates) cut() bool { return len(f.cuts) != 0 || f.core.Len() != 0 }

// separated says whether nothing gets from one actor to another. Once a core
// has calm, none of it is cut from another, and all of it from the rest.
func (f *faultStates) separated(s *Scenario, from, to ID) bool {
	if f.core.Len() != 0 {
		if a, b := f.core.Has(from), f.core.Has(to); a || b {
			return a != b
		}
	}
	for _, i := range f.cuts {
		if f.list[i].parts(from, to) {
			return true
		}
	}
	return false
}

// clogged is the clog in force on a link, as an index; -1: none is.
func (f *faultStates) clogged(s *Scenario, from, to ID, kind uint8) int {
	if f.core.Has(from) && f.core.Has(to) {
		return -1
	}
	for _, i := range f.clogs {
		if f.list[i].on && f.list[i].side.Covers(s.FaultAt(i).Clog.Kinds, from, to, kind) {
			return i
		}
	}
	return -1
}

// parts says whether a cut lets nothing from one actor to another.
func (st *faultState) parts(from, to ID) bool { return st.side.Apart(st.shape, st.n, from, to) }

// without takes an index out of a list, which keeps its order.
func without(list []int, i int) []int {
	for j, k := range list {
		if k == i {
			return append(list[:j], list[j+1:]...)
		}
	}
	return list
}
