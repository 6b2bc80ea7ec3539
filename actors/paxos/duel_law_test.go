package paxos_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
)

// TestDuelLaw: of two proposers that start at times uniform on (0, W), with a
// delay of d each way, the one that starts first finishes undisturbed with
// probability
//
//	(1 - 2d/W)² + ½ (1 - (1 - d/W)²)
//
// The other leaves it alone if it starts 2d later or more: then its Prepare
// comes after the Accept. If it starts within d it has not heard of the first,
// takes the same round, and wins half the time, by its number. In between it has
// heard, takes the next round, and wins. TestBackoffIsUniform holds that the
// starts of proposers that back off are so.
func TestDuelLaw(t *testing.T) {
	const d, runs = 100, 8_000
	for _, c := range []struct {
		window sim.Time
		want   float64
	}{{4 * d, .468}, {8 * d, .681}, {16 * d, .826}} {
		share := float64(d) / float64(c.window)
		formula := (1-2*share)*(1-2*share) + (1-(1-share)*(1-share))/2
		if math.Abs(formula-c.want) > .002 {
			t.Fatalf("the formula gives %.4f for W = %d, the table says %.3f", formula, c.window, c.want)
		}
		random := rand.New(rand.NewPCG(uint64(c.window), 1))
		undisturbed := 0
		for seed := range uint64(runs) {
			starts := [2]sim.Time{sim.Time(random.Int64N(int64(c.window))), sim.Time(random.Int64N(int64(c.window)))}
			for starts[0] == starts[1] {
				starts[1] = sim.Time(random.Int64N(int64(c.window)))
			}
			s := &sim.Scenario{Name: "duel", Tick: 100_000, Actors: 5, Protocol: paxos.Protocol(), Invariants: []string{},
				Network: sim.Network{DelayMin: d, DelayMax: d}, Requests: []sim.Ask{{Actor: 1, At: starts[0]}, {Actor: 2, At: starts[1]}}}
			setting(s, "learn_timeout", 1_000_000) // nobody else begins a round meanwhile
			r := newRunner(t, s)
			r.Reset(seed, nil)
			tally.Run()
			first := sim.ID(1)
			if starts[1] < starts[0] {
				first = 2
			}
			if paxos.Ballot(r.Run().Under) == paxos.MakeBallot(1, first) {
				undisturbed++
			}
		}
		got := float64(undisturbed) / runs
		if tolerance := 4 * math.Sqrt(formula*(1-formula)/runs); math.Abs(got-formula) > tolerance {
			t.Errorf("W = %dd: %.4f finish undisturbed, the law says %.4f ± %.4f", c.window/d, got, formula, tolerance)
		}
		t.Logf("W = %dd: %.3f, the law says %.3f", c.window/d, got, formula)
	}
}

// TestBackoffIsUniform: a proposer that is refused tries again after a wait
// uniform on (0, W), whatever W; and after k refusals in a row W is 2^k times the
// first, up to the cap.
func TestBackoffIsUniform(t *testing.T) {
	const buckets = 10
	s := calm(3)
	s.Network.DelayMin, s.Network.DelayMax = 1, 20
	s.Requests = []sim.Ask{{Actor: 1}, {Actor: 2, At: 5}, {Actor: 3, At: 10}}
	setting(s, "on_nack", 2) // retry
	setting(s, "backoff", 100)
	setting(s, "backoff_cap", 400)
	setting(s, "learn_timeout", 1_000_000) // no round for another reason
	r := newRunner(t, s)
	l := new(trail)
	r.Observe(l)
	waits := map[sim.Time][]int{100: make([]int, buckets), 200: make([]int, buckets), 400: make([]int, buckets)}
	const alarmRole = 0
	for seed := range uint64(20_000) {
		l.list = l.list[:0]
		r.Reset(seed, nil)
		tally.Run()
		r.Run()
		at := map[uint64]sim.Time{} // of events
		failures := map[sim.ID]int{}
		for _, e := range l.list {
			at[e.Event] = e.At
			if e.What != sim.TimedOut || e.Kind != alarmRole {
				continue
			}
			window := min(sim.Time(100)<<failures[e.Actor], 400)
			failures[e.Actor]++
			wait := e.At - at[e.Cause]
			if wait >= window {
				t.Fatalf("seed %d: actor %d waits %d, with a window of %d", seed, e.Actor, wait, window)
			}
			waits[window][wait*buckets/window]++
		}
	}
	for window, counts := range waits {
		total := 0
		for _, n := range counts {
			total += n
		}
		// Pearson's test with 9 degrees of freedom: 33.7 is passed once in 10,000.
		chi, want := 0.0, float64(total)/buckets
		for _, n := range counts {
			chi += (float64(n) - want) * (float64(n) - want) / want
		}
		if chi > 33.7 || total < 100 {
			t.Errorf("window %d: %v of %d waits by tenths: chi² = %.1f", window, counts, total, chi)
		}
		t.Logf("window %d: %d waits, chi² = %.1f", window, total, chi)
	}
}
