package sim

// Forever is the time at which a fault that never ends is over.
const Forever = Time(1) << 60

// Fault is something that goes wrong by the script: at a stated time, under a
// name. Exactly one of Split and Crash is set.
type Fault struct {
	Name  string
	At    Time   // when it begins
	Until Time   // when it is over; Forever: never
	Split [][]ID // parts that cannot reach one another; who is in none makes one more part
	Crash []ID   // actors that are down; they restart when it is over
}

// faults is the state of the scripted faults.
type faults struct {
	toCome int       // how many have not begun
	cuts   []int     // the cuts in force, as indices into Scenario.Faults
	sides  [][]uint8 // by fault: the part to which each actor belongs
}

func newFaults(s *Scenario) faults {
	f := faults{sides: make([][]uint8, len(s.Faults)), cuts: make([]int, 0, len(s.Faults))}
	for i := range s.Faults {
		if s.Faults[i].Split == nil {
			continue
		}
		f.sides[i] = make([]uint8, s.Actors+1)
		for side, ids := range s.Faults[i].Split {
			for _, id := range ids {
				f.sides[i][id] = uint8(side + 1)
			}
		}
	}
	return f
}

func (f *faults) reset(s *Scenario) {
	f.toCome = len(s.Faults)
	f.cuts = f.cuts[:0]
}

// cut says whether any cut is in force.
func (f *faults) cut() bool { return len(f.cuts) != 0 }

// separated says whether a cut in force lies between two actors.
func (f *faults) separated(a, b ID) bool {
	for _, i := range f.cuts {
		if f.sides[i][a] != f.sides[i][b] {
			return true
		}
	}
	return false
}

// faultBegins starts a fault of the scenario.
func (w *World[M, D]) faultBegins(ev *event[M]) {
	i := int(ev.key.Count())
	f := &w.scenario.Faults[i]
	w.faults.toCome--
	w.emitEvent(ev, ev.key, f.Name)
	if f.Split != nil {
		w.faults.cuts = append(w.faults.cuts, i)
	}
	for _, id := range f.Crash {
		e := &w.actors[id]
		e.cause, e.depth = uint32(w.events), e.reached
		w.crash(e, f.Until)
	}
}

// calm ends loss, duplicates and crashes by chance for good.
func (w *World[M, D]) calm(ev *event[M]) {
	w.emitEvent(ev, ev.key, "")
	s := w.scenario.Network
	s.Loss, s.Duplicate = 0, 0
	w.net = newNetwork(s)
	for i := range w.actors {
		w.actors[i].slow &^= mayCrash
	}
}

// faultEnds heals a cut of the scenario.
func (w *World[M, D]) faultEnds(ev *event[M]) {
	i := int(ev.key.Count())
	w.emitEvent(ev, ev.key, w.scenario.Faults[i].Name)
	cuts := w.faults.cuts
	for j, k := range cuts {
		if k == i {
			w.faults.cuts = append(cuts[:j], cuts[j+1:]...)
			return
		}
	}
}
