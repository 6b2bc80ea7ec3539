package formulas

import (
	"math"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

const (
	backoffRuns   = 20_000
	backoffParts  = 10 // of a window, to see whether waits are spread evenly
	backoffWindow = 100
	backoffCap    = 400
)

// waits are those of proposers that were refused so often in a row.
type waits struct {
	window sim.Time // the one from which they should be drawn
	wait   sample
	parts  [backoffParts]float64
}

// law is the mean of a wait uniform on 0, 1, … window-1.
func (w *waits) law() float64 { return float64(w.window-1) / 2 }

// tolerance is 4 standard errors of such a mean.
func (w *waits) tolerance() float64 {
	window := float64(w.window)
	return 4 * math.Sqrt((window*window-1)/12/w.wait.n)
}

// chi is Pearson's test of evenness, with backoffParts-1 degrees of freedom.
func (w *waits) chi() float64 {
	chi, want := 0.0, w.wait.n/backoffParts
	for _, n := range w.parts {
		chi += (n - want) * (n - want) / want
	}
	return chi
}

// backoffs are the waits of three proposers in a duel, by the window from which
// each should be drawn: after k refusals in a row 2^k times the first, up to the
// cap.
var backoffs = once(func(t testing.TB) []*waits {
	s := world(3, 0)
	s.Network.DelayMin, s.Network.DelayMax = 1, 20
	s.Requests = []sim.ScriptedRequest{{Actor: 1}, {Actor: 2, At: 5}, {Actor: 3, At: 10}}
	set(s, "on_nack", 2) // retry
	set(s, "backoff", backoffWindow)
	set(s, "backoff_cap", backoffCap)
	set(s, "learn_timeout", 1_000_000) // no round for another reason
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	var list []observe.Entry
	w.Observe(observer(func(e observe.Entry) { list = append(list, e) }))
	var out []*waits
	for window := sim.Time(backoffWindow); window <= backoffCap; window *= 2 {
		out = append(out, &waits{window: window})
	}
	const alarmRole = 0
	var at []sim.Time // of events
	for seed := range uint64(backoffRuns) {
		list = list[:0]
		w.Reset(seed, nil)
		tally.Run()
		w.Run()
		at = at[:0]
		failures := map[sim.ID]int{}
		for _, e := range list {
			for uint64(len(at)) <= e.Event {
				at = append(at, e.At)
			}
			if e.What != observe.TimedOut || e.Kind != alarmRole {
				continue
			}
			of := out[min(failures[e.Actor], len(out)-1)]
			failures[e.Actor]++
			wait := e.At - at[e.Cause]
			if wait >= of.window {
				t.Fatalf("seed %d: actor %d waits %d, with a window of %d", seed, e.Actor, wait, of.window)
			}
			of.wait.add(float64(wait))
			of.parts[wait*backoffParts/of.window]++
		}
	}
	return out
})

type observer func(observe.Entry)

func (o observer) Observe(e observe.Entry) { o(e) }

// TestBackoffIsUniform: a proposer that is refused tries again after a wait
// uniform on (0, W), whatever W; and after k refusals in a row W is 2^k times the
// first, up to the cap.
func TestBackoffIsUniform(t *testing.T) {
	t.Parallel()
	for _, w := range backoffs(t) {
		if w.wait.n < 100 {
			t.Errorf("window %d: %.0f waits only", w.window, w.wait.n)
			continue
		}
		if w.chi() > 33.7 { // passed once in 10,000
			t.Errorf("window %d: %.0f of %.0f waits by tenths: chi² = %.1f", w.window, w.parts, w.wait.n, w.chi())
		}
		if math.Abs(w.wait.mean()-w.law()) > w.tolerance() {
			t.Errorf("window %d: the mean wait is %.2f, the law says %.2f ± %.2f", w.window, w.wait.mean(), w.law(), w.tolerance())
		}
	}
}
