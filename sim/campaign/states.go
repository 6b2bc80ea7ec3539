package campaign

import (
	"cmp"
	"slices"
)

// States tells how many abstract states runs end in, and how likely it is that
// the next ends in one that is new. It keeps a sample of the states, by their
// numbers: those that begin with so many zero bits that at most [MaxStates] are
// left. So it stays small, and what it tells does not depend on the order of the
// runs. The zero States is of no runs.
type States struct {
	Runs uint64 // that ended in a state
	Zero uint   // with how many zero bits the states begin that are kept
	List []Ended
}

// Ended is an abstract state in which a run ended.
type Ended struct {
	State uint64 // ascending in a list
	Again bool   // more than one run did
}

// MaxStates is how many states are kept: the estimate that rests on them is right
// to about one part in sixteen.
const MaxStates = 256

// see counts a run, and the state in which it ended.
func (s *States) see(state uint64) {
	s.Runs++
	s.add(Ended{State: state})
}

func (s *States) add(x Ended) {
	if s.skips(x.State) {
		return
	}
	i, known := slices.BinarySearchFunc(s.List, x.State, func(y Ended, state uint64) int { return cmp.Compare(y.State, state) })
	if known {
		s.List[i].Again = true
		return
	}
	s.List = slices.Insert(s.List, i, x)
	for len(s.List) > MaxStates {
		s.Zero++
		s.List = slices.DeleteFunc(s.List, func(y Ended) bool { return s.skips(y.State) })
	}
}

// skips says whether a state is not of the sample.
func (s *States) skips(state uint64) bool { return state>>(64-s.Zero) != 0 }

// Merge adds the states of other runs.
func (s *States) Merge(t *States) {
	s.Runs += t.Runs
	if t.Zero > s.Zero {
		s.Zero = t.Zero
		s.List = slices.DeleteFunc(s.List, func(y Ended) bool { return s.skips(y.State) })
	}
	for _, x := range t.List {
		s.add(x)
	}
}

// Distinct estimates in how many states the runs ended.
func (s *States) Distinct() uint64 { return uint64(len(s.List)) << s.Zero }

// Once estimates in how many states one run alone ended. By the estimate of Good
// and Turing the next run ends in a state that is new with a probability of
// Once/Runs (Good, "The population frequencies of species and the estimation of
// population parameters", Biometrika 40, 1953).
func (s *States) Once() uint64 {
	n := uint64(0)
	for _, x := range s.List {
		if !x.Again {
			n++
		}
	}
	return n << s.Zero
}

// Sort brings the list into its order.
func (s *States) Sort() {
	slices.SortFunc(s.List, func(a, b Ended) int { return cmp.Compare(a.State, b.State) })
}

// Wrong says why no run can have reached these states; "": some run can.
func (s *States) Wrong() string {
	for i, x := range s.List {
		if s.skips(x.State) {
			return "one is not of the sample"
		}
		if i > 0 && x.State <= s.List[i-1].State {
			return "one is there twice"
		}
	}
	if uint64(len(s.List)) > s.Runs {
		return "more of them than runs"
	}
	return ""
}
