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

// mostRenamings is how many renamings there may be. Each part of a world is weighed under
// each of them, so with many actors there are fewer: mostWeighed bounds renamings times
// actors.
const (
	mostRenamings = 1 << 10
	mostWeighed   = 1 << 13
)

// Group is the renamings under which worlds of a scenario within a scope count as one.
// The first changes nothing. If there were too many, only the first of those that are
// alike change places: then fewer worlds count as one, and the verdict is the same.
func Group(s *sim.Scenario, scope *sim.Scope) []plain.Renaming {
	alike := s.Protocol.Alike(s, scope)
	if scope.Crashes > 0 && (scope.Network == sim.InOrder || len(scope.Instant) > 0) {
		alike.Actors = nil // a crash cuts a broadcast short in the order of their numbers
	}
	group, most := []plain.Renaming{{}}, min(mostRenamings, mostWeighed/s.Actors)
	for _, list := range alike.Actors {
		list = few(list, most/len(group))
		var more []plain.Renaming
		for _, r := range group {
			for _, p := range permutations(list) {
				to := r
				to.Actors = moved(r.Actors, sim.ID(s.Actors), list, p)
				more = append(more, to)
			}
		}
		group = more
	}
	if len(alike.Values) < 2 {
		return group
	}
	values := few(alike.Values, most/len(group))
	var more []plain.Renaming
	for _, r := range group {
		for _, p := range permutations(values) {
			to := r
			to.Values = moved(r.Values, slices.Max(alike.Values), values, p)
			more = append(more, to)
		}
	}
	return more
}

// few is as many of a list, from its first on, as have no more orders than most.
func few[T any](list []T, most int) []T {
	orders := 1
	for n := range list {
		if orders *= n + 1; orders > most {
			return list[:n]
		}
	}
	return list
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
			return fmt.Errorf("%w: the first world is another under renaming %d of %d", ErrNotAlike, k+1, len(w.sums))
		}
	}
	return nil
}
