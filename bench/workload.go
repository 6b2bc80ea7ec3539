// Package bench measures paxsim: how long an event takes, how many
// instructions, how many allocations, beside a naive twin that does the same
// work (package heaptwin).
//
//	bench/run.sh      the two side by side, and their ratios
//	bench/instr.sh    instructions an event, which no noise can move
//	go test ./bench   the allocation gate; with -bench . the raw figures
package bench

import (
	"fmt"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
)

// Variants are the names of the workload's variants.
var Variants = []string{"bare", "invariants", "crashes", "disk"}

// Workload is the work of all measurements: n actors, of which two propose at
// once; delays of 1 to 100 ticks, 1 % loss, 1 % duplicates.
//
//   - bare: the digest and nothing more
//   - invariants: all of them are watched
//   - crashes: before each effect that others can see an actor may crash: one
//     time in a thousand at 5 actors, and so that a broadcast is as dangerous at
//     other sizes
//   - disk: a save takes 10 ticks
func Workload(n int, variant string) (*sim.Scenario, error) {
	s := &sim.Scenario{
		Name:       "duel",
		Tick:       100_000,
		Actors:     n,
		Protocol:   paxos.Protocol(),
		Invariants: []string{},
		Network:    sim.Network{DelayMin: 1, DelayMax: 100, Loss: sim.Certain / 100, Duplicate: sim.Certain / 100},
		Requests:   []sim.Ask{{Actor: 1}, {Actor: 2}},
	}
	switch variant {
	case "bare":
	case "invariants":
		s.Invariants = nil
	case "crashes":
		s.Crashes = sim.Crashes{Chance: sim.Certain / sim.Probability(200*n), DownMin: 100, DownMax: 400}
	case "disk":
		s.Disk.Sync = 10
	default:
		return nil, fmt.Errorf("there is no variant %q: expected one of %v", variant, Variants)
	}
	return s, nil
}

// Warm makes the workload's world and runs it until its memory has grown to
// what it needs: the given number of runs.
func Warm(n int, variant string, runs uint64) (sim.Runner, error) {
	s, err := Workload(n, variant)
	if err != nil {
		return nil, err
	}
	r, err := s.Protocol.New(s)
	if err != nil {
		return nil, err
	}
	Play(r, 0, runs)
	return r, nil
}

// Total is what a number of runs came to.
type Total struct {
	Runs, Events, Decided, Violated uint64
}

// Play runs the seeds from first on.
func Play(r sim.Runner, first, runs uint64) Total {
	t := Total{Runs: runs}
	for seed := first; seed < first+runs; seed++ {
		r.Reset(seed, nil)
		o := r.Run()
		t.Events += o.Events
		switch o.Verdict {
		case sim.VerdictDecided:
			t.Decided++
		case sim.VerdictViolated:
			t.Violated++
		}
	}
	return t
}
