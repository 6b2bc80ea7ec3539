package sim

import "github.com/paxsim/paxsim/sim/ids"

// SetManyActors sets from how many actors on broadcasts are filed by tick, and
// returns what it was.
func SetManyActors(n int) int {
	old := batchActors
	batchActors = n
	return old
}

// LargestSide is the largest side of the cuts in force, as targets find it, and as
// the set of whom each actor can reach says.
func (w *World[M, D]) LargestSide() (got, want ids.Set) {
	for a := ID(1); int(a) <= w.n; a++ {
		var side ids.Set
		for b := ID(1); int(b) <= w.n; b++ {
			if a == b || !w.faults.separated(w.scenario, a, b) && !w.faults.separated(w.scenario, b, a) {
				side.Add(b)
			}
		}
		if side.Len() > want.Len() {
			want = side
		}
	}
	return *w.aim.Majority(), want
}
