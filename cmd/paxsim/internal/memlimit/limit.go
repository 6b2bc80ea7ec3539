// Package memlimit finds the limits that a machine sets to the memory of this
// process: those of its cgroups, and those of the shell (ulimit -v and -d).
//
// Where there is no such limit, or it cannot be known, there is none: then the
// machine itself is the limit, and it may end the process without a word.
package memlimit

import "math"

// Limit is a limit on memory.
type Limit struct {
	Name   string // "the memory limit of the cgroup /build"
	Set    uint64 // bytes, as it was set
	Leaves uint64 // bytes that it leaves to what the program holds in memory
}

// None is no limit.
var None = Limit{Set: math.MaxUint64, Leaves: math.MaxUint64}

// Is says whether there is a limit.
func (l Limit) Is() bool { return l.Set < math.MaxUint64 }

// tighter is the one of two limits that leaves less.
func tighter(a, b Limit) Limit {
	if b.Leaves < a.Leaves {
		return b
	}
	return a
}

// What a process takes beside what its program holds.
const (
	around = 16 << 20 // its code, its threads, and what the collector keeps for itself
	spare  = 16       // one part in so many is left for what comes between two looks
)

// leaves is what a limit leaves of so many bytes when some are taken.
func leaves(set, taken uint64) uint64 {
	if taken += set / spare; taken >= set {
		return 0
	}
	return set - taken
}
