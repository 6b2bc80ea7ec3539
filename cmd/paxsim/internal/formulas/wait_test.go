package formulas

import (
	"math"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

const (
	waitUnit  = 100_000 // ticks: the mean of the exponential delays
	waitDelay = 10      // of all other messages, so little that it does not count
	waitRuns  = 10_000
)

// waitWorld is n actors of which actor 1 proposes. The Promises of the others
// take exponential times; all else is constant, also what an actor tells itself.
func waitWorld(n int) *sim.Scenario {
	s := world(n, waitDelay)
	s.Requests = []sim.ScriptedRequest{{Actor: 1}}
	for _, name := range []string{"repeat", "learn_timeout", "round_limit"} {
		set(s, name, never)
	}
	slow := weather.Unchanged()
	slow.Delay = &delays.Delay{Max: 40 * waitUnit, Shape: delays.Shape{Model: delays.Exponential, Scale: waitUnit}}
	s.Faults = []faults.Fault{{Name: "slow", Until: faults.Forever, Weather: &slow, On: aims.Links{Kinds: []uint8{uint8(paxos.Promise)}}}}
	return s
}

// wait is how long a proposer waits for its quorum of promises.
type wait struct {
	n     int
	units sample
}

// law is the expected value of the order statistic: of N-1 exponential times the
// one that completes the quorum, of which the proposer itself is one,
//
//	H(N-1) - H(N-q), with H(n) = 1 + 1/2 + … + 1/n
//
// because after k of N-1 have come the next takes 1/(N-1-k) units on average.
func (w *wait) law() float64 { return harmonic(w.n-1) - harmonic(w.n-quorum(w.n)) }

var promiseWaits = once(func(t testing.TB) (out []wait) {
	for _, n := range []int{3, 5, 7, 9} {
		p := wait{n: n}
		runs(t, waitWorld(n), waitRuns, func(w sim.Runner) float64 {
			o := w.Outcome()
			if o.Verdict != observe.VerdictDecided || o.Delays != 4 {
				t.Errorf("N = %d, seed %d: %v after %d delays", n, o.Seed, o.End, o.Delays)
			}
			return float64(o.DecideTime-3*waitDelay) / waitUnit // Prepare, Accept, Accepted
		}, p.units.add)
		out = append(out, p)
	}
	return out
})

// TestWaitForPromises: the mean wait of phase 1 is that of the order statistic,
// within 4 standard errors.
func TestWaitForPromises(t *testing.T) {
	t.Parallel()
	table := map[int]float64{3: .5, 5: .5833, 7: .6167, 9: .6345}
	for _, w := range promiseWaits(t) {
		if math.Abs(w.law()-table[w.n]) > .0001 {
			t.Errorf("N = %d: the formula gives %.4f, the table says %.4f", w.n, w.law(), table[w.n])
		}
		if tolerance := 4 * w.units.err(); math.Abs(w.units.mean()-w.law()) > tolerance {
			t.Errorf("N = %d: the wait is %.4f, the law says %.4f ± %.4f", w.n, w.units.mean(), w.law(), tolerance)
		}
	}
}
