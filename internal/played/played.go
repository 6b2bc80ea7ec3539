// Package played is for tests: it plays a run, or entries that are written down, and
// hands on the steps.
package played

import (
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// Run plays the run of a scenario under a seed, hands on each step, and tells how the
// run came out. A step is good until each returns.
func Run(t testing.TB, s *sim.Scenario, seed uint64, each func(trace.Step)) sim.Outcome {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	steps := &trace.Steps{Each: each}
	w.Observe(steps)
	w.Reset(seed, nil)
	o := w.Run()
	steps.Flush()
	return o
}

// Entries hands on the steps that entries make. A step is good until each returns.
func Entries(entries []observe.Entry, each func(trace.Step)) {
	steps := trace.Steps{Each: each}
	for _, e := range entries {
		steps.Observe(e)
	}
	steps.Flush()
}
