package formulas

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
)

const (
	duelDelay = 100 // ticks
	duelRuns  = 8_000
)

// duel is two proposers that start at times uniform on (0, W).
type duel struct {
	window      sim.Time // W
	undisturbed float64  // the share of runs in which the first to start finishes so
}

// law is the probability that the one that starts first finishes undisturbed:
//
//	(1 - 2d/W)² + ½ (1 - (1 - d/W)²)
//
// The other leaves it alone if it starts 2d later or more: then its Prepare
// comes after the Accept. If it starts within d it has not heard of the first,
// takes the same round, and wins half the time, by its number. In between it has
// heard, takes the next round, and wins. [TestBackoffIsUniform] holds that the
// starts of proposers that back off are so.
func (d *duel) law() float64 {
	share := float64(duelDelay) / float64(d.window)
	return (1-2*share)*(1-2*share) + (1-(1-share)*(1-share))/2
}

// tolerance is 4 standard errors: what is passed once in 16,000.
func (d *duel) tolerance() float64 { return 4 * math.Sqrt(d.law()*(1-d.law())/duelRuns) }

var duels = once(func(t testing.TB) (out []duel) {
	for _, times := range []sim.Time{4, 8, 16} {
		d := duel{window: times * duelDelay}
		random := rand.New(rand.NewPCG(uint64(d.window), 1))
		undisturbed := 0
		for seed := range uint64(duelRuns) {
			starts := [2]sim.Time{sim.Time(random.Int64N(int64(d.window))), sim.Time(random.Int64N(int64(d.window)))}
			for starts[0] == starts[1] {
				starts[1] = sim.Time(random.Int64N(int64(d.window)))
			}
			s := world(5, duelDelay)
			s.Requests = []sim.ScriptedRequest{{Actor: 1, At: starts[0]}, {Actor: 2, At: starts[1]}}
			set(s, "learn_timeout", 1_000_000) // nobody else begins a round meanwhile
			w := begun(t, s, seed)
			first := sim.ID(1)
			if starts[1] < starts[0] {
				first = 2
			}
			if paxos.Ballot(w.Run().Under) == paxos.MakeBallot(1, first) {
				undisturbed++
			}
		}
		d.undisturbed = float64(undisturbed) / duelRuns
		out = append(out, d)
	}
	return out
})

// begun is a world at the beginning of a run.
func begun(t testing.TB, s *sim.Scenario, seed uint64) sim.Runner {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	w.Reset(seed, nil)
	tally.Run()
	return w
}

// TestDuelLaw: the share of undisturbed first rounds is the law's.
func TestDuelLaw(t *testing.T) {
	t.Parallel()
	table := map[sim.Time]float64{4: .468, 8: .681, 16: .826}
	for _, d := range duels(t) {
		if want := table[d.window/duelDelay]; math.Abs(d.law()-want) > .002 {
			t.Errorf("the formula gives %.4f for W = %d, the table says %.3f", d.law(), d.window, want)
		}
		if math.Abs(d.undisturbed-d.law()) > d.tolerance() {
			t.Errorf("W = %dd: %.4f finish undisturbed, the law says %.4f ± %.4f", d.window/duelDelay, d.undisturbed, d.law(), d.tolerance())
		}
	}
}
