package naive_test

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxosspec"
	"github.com/paxsim/paxsim/bench/clock"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/naive"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
)

// cost is what a look has cost.
type cost struct {
	states int
	allocs uint64
	time   time.Duration // of a processor
}

func costOf(look func() (states int, err error)) (c cost, err error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := clock.Used()
	c.states, err = look()
	c.time = clock.Used() - begun
	runtime.ReadMemStats(&after)
	c.allocs = after.Mallocs - before.Mallocs
	return c, err
}

// pairs are scopes of some thousand states, and the two naive ways to look at them: in the
// acting engine, which plays each path from its start, and in its model.
var pairs = []struct {
	name     string
	scenario func() *sim.Scenario
	look     func(*sim.Scenario, sim.Scope, naive.Options) (naive.Result, error)
	options  naive.Options
	least    float64 // how many times as often the naive one allocates, at least
	gate     bool    // it takes long
}{
	{"paxos", func() *sim.Scenario { return paxosOf(paxos.Protocol(), 2, 2) }, naive.Explore, waits, 60, true},
	{"spec-2", func() *sim.Scenario { return spec(paxosspec.Sound(), 2) }, naive.Explore, naive.Options{}, 60, true},
	{"paxos, the model", func() *sim.Scenario { return paxosOf(paxos.Protocol(), 2, 2) }, naive.Walk, waits, 10, false},
	{"spec-2, the model", func() *sim.Scenario { return spec(paxosspec.Sound(), 2) }, naive.Walk, naive.Options{}, 10, false},
}

// both looks at the scope of a pair in both ways, the fast one as often as times says.
func both(tb testing.TB, at, times int) (slow, fast cost) {
	tb.Helper()
	p := &pairs[at]
	s := p.scenario()
	scope := s.Protocol.Scope(s)
	slow, err := costOf(func() (int, error) {
		r, err := p.look(s, scope, p.options)
		return r.States, err
	})
	if err != nil {
		tb.Fatal(err)
	}
	fast, err = costOf(func() (states int, err error) {
		for range times {
			r, err := explore.Check(context.Background(), s, scope, explore.Options{})
			if err != nil {
				return 0, err
			}
			states += r.States
		}
		return states, nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	if fast.states != slow.states*times {
		tb.Fatalf("%d states %d times, and the naive explorer has %d", fast.states, times, slow.states)
	}
	return slow, fast
}

// BenchmarkRatio tells how many times as fast a state is as in the naive explorer, both in
// one run and by the time of a processor.
func BenchmarkRatio(b *testing.B) {
	for i, p := range pairs {
		b.Run(p.name, func(b *testing.B) {
			var slow, fast cost
			for b.Loop() {
				x, y := both(b, i, 20)
				slow.states, slow.time = slow.states+x.states, slow.time+x.time
				fast.states, fast.time = fast.states+y.states, fast.time+y.time
			}
			naive, ours := float64(slow.states)/slow.time.Seconds(), float64(fast.states)/fast.time.Seconds()
			b.ReportMetric(naive, "naive-states/cpu-s")
			b.ReportMetric(ours, "states/cpu-s")
			b.ReportMetric(ours/naive, "ratio")
		})
	}
}

// TestRatio holds the ratio loosely, by what no other load can move: how often a state
// allocates.
func TestRatio(t *testing.T) {
	for i, p := range pairs {
		if p.gate && !gate.On {
			continue
		}
		slow, fast := both(t, i, 1)
		a, b := float64(slow.allocs)/float64(slow.states), float64(fast.allocs)/float64(fast.states)
		t.Logf("%s: %.1f allocations a state, and the naive explorer %.1f, %.0f times as many", p.name, b, a, a/b)
		if a < p.least*b {
			t.Errorf("%s: %.1f allocations a state, and the naive explorer %.1f: expected %v times as many", p.name, b, a, p.least)
		}
	}
}
