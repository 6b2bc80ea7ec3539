package explore

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
)

// Symmetry: actors that play the same part can change places, and so can values. Worlds
// that differ in that alone count as one. Which play the same part the protocol says; what
// it says is checked as far as that goes: see [walker.fixed] and [equivariance].

// mostRenamings is how many renamings there may be.
const mostRenamings = 1 << 10

// Group is the renamings under which worlds of a scenario within a scope count as one.
// The first changes nothing. It is an error if there are too many.
func Group(s *sim.Scenario, scope *sim.Scope) ([]plain.Renaming, error) {
	alike := s.Protocol.Alike(s, scope)
	if scope.Crashes > 0 && (scope.Network == sim.InOrder || len(scope.Instant) > 0) {
		alike.Actors = nil // a crash cuts a broadcast short in the order of their numbers
	}
	group := []plain.Renaming{{}}
	for _, list := range alike.Actors {
		var more []plain.Renaming
		for _, r := range group {
			for _, p := range permutations(list) {
				to := r
				to.Actors = moved(r.Actors, sim.ID(s.Actors), list, p)
				more = append(more, to)
			}
		}
		if group = more; len(group) > mostRenamings {
			return nil, tooMany(len(group))
		}
	}
	if len(alike.Values) < 2 {
		return group, nil
	}
	var more []plain.Renaming
	for _, r := range group {
		for _, p := range permutations(alike.Values) {
			to := r
			to.Values = moved(r.Values, slices.Max(alike.Values), alike.Values, p)
			more = append(more, to)
		}
	}
	if len(more) > mostRenamings {
		return nil, tooMany(len(more))
	}
	return more, nil
}

func tooMany(n int) error {
	return fmt.Errorf("explore: %d ways to rename actors and values: symmetry takes at most %d", n, mostRenamings)
}

// moved is a list of new numbers, up to most, in which those of a list become others.
func moved[T sim.ID | sim.Value](given []T, most T, list, to []T) []T {
	out := slices.Clone(given)
	for n := T(len(out)); n <= most; n++ {
		out = append(out, n)
	}
	for i, x := range list {
		out[x] = to[i]
	}
	return out
}

// permutations are the orders of a list, as it is first.
func permutations[T comparable](list []T) [][]T {
	if len(list) == 0 {
		return [][]T{nil}
	}
	var all [][]T
	for i, x := range list {
		rest := append(slices.Clone(list[:i]), list[i+1:]...)
		for _, p := range permutations(rest) {
			all = append(all, append([]T{x}, p...))
		}
	}
	return all
}

// fixed looks whether the first world is the same under each renaming: one stray request
// would make worlds one that are not.
func (w *walker) fixed() error {
	for k, s := range w.sums {
		if s != w.sums[0] {
			return fmt.Errorf("explore: the first world is another under renaming %d of %d, so actors or values that the protocol calls alike are not", k+1, len(w.sums))
		}
	}
	return nil
}
