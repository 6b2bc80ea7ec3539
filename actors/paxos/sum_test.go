package paxos_test

import (
	"math"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// attempts sees the rounds of a run and the first decision.
type attempts struct {
	of      map[sim.ID][]sim.Time
	given   map[sim.ID][]sim.Time // when one gave up
	decided sim.Time
}

// Observe implements [observe.Observer].
func (a *attempts) Observe(e observe.Entry) {
	switch {
	case e.What == observe.Noted && e.Kind == 0:
		a.of[e.Actor] = append(a.of[e.Actor], e.At)
	case e.What == observe.Noted && e.Kind == 3:
		a.given[e.Actor] = append(a.given[e.Actor], e.At)
	case e.What == observe.Decided && a.decided == 0:
		a.decided = e.At
	}
}

// TestSumSteps holds each step of the sum in docs/liveness.md over runs of the
// kind that it is about: one actor has a request, delays are d, and nothing gets
// through at first.
func TestSumSteps(t *testing.T) {
	const d = sim.Time(leg)
	for _, n := range []int{2, 3, 5, 9, 17} {
		s := stormFor(tail{n: n, most: leg, least: leg})
		r := newRunner(t, s)
		a := new(attempts)
		r.Observe(a)
		alone, all, busiest := 0, 0, sim.Time(0)
		for seed := range uint64(400) {
			*a = attempts{of: map[sim.ID][]sim.Time{}, given: map[sim.ID][]sim.Time{}}
			r.Reset(seed+1, nil)
			tally.Run()
			if o := r.Run(); o.Verdict != observe.VerdictDecided {
				t.Fatalf("N = %d, seed %d: %v", n, seed+1, o.Verdict)
			}
			mine := a.of[1]
			for i, at := range mine {
				if at < s.Until+20*d { // step 6
					continue
				}
				if i > 0 && i-1 < len(a.given[1]) {
					busiest = max(busiest, a.given[1][i-1]-max(mine[i-1], s.Until+16*d))
				}
				first := i == 0 || mine[i-1] < s.Until+20*d
				all++
				if !leftAlone(a.of, at, d) {
					continue
				}
				alone++
				if a.decided > at+4*d && !first {
					t.Errorf("step 2: N = %d, seed %d: an attempt at %d is left alone, and the decision comes at %d", n, seed+1, at, a.decided)
				}
			}
			for id := sim.ID(1); int(id) <= n; id++ { // step 6
				begun := last(a.of[id], s.Until)
				ended := a.decided <= s.Until+20*d || last(a.given[id], s.Until+20*d) > begun
				if begun > 0 && !ended {
					t.Errorf("step 6: N = %d, seed %d: the round that actor %d began at %d is not over 20 d after the calm", n, seed+1, id, begun)
				}
			}
		}
		p := sumFor(n, leg).p
		got := float64(alone) / float64(all)
		if least := p - 3*math.Sqrt(p/float64(all)); got < least {
			t.Errorf("step 3: N = %d: %.3f of %d attempts are left alone, expected %.3f at least", n, got, all, p)
		}
		if busiest > 4*d+1 {
			t.Errorf("step 4: N = %d: an attempt in calm took %d, at most %d", n, busiest, 4*d)
		}
		t.Logf("N = %d: %.3f of %d attempts are left alone (at least %.3f); the longest that failed took %d", n, got, all, p, busiest)
	}
}

// last is the last of some times that is no later than one; 0: none is.
func last(times []sim.Time, at sim.Time) (latest sim.Time) {
	for _, x := range times {
		if x <= at {
			latest = x
		}
	}
	return latest
}

// leftAlone says whether nobody but actor 1 begins a round from d before a time
// to 2d after it.
func leftAlone(of map[sim.ID][]sim.Time, at, d sim.Time) bool {
	for id, times := range of {
		for _, x := range times {
			if id != 1 && x >= at-d && x <= at+2*d {
				return false
			}
		}
	}
	return true
}

// TestSpellsHaveNoMemory is step 1 of the sum: of the spells that last for longer
// than a, as many last for b longer as of all last for longer than b.
func TestSpellsHaveNoMemory(t *testing.T) {
	const mean, draws = 400, 200_000
	g := scheduler.NewGeometric(scheduler.FractionOf(1, mean))
	var longer [4]float64 // than 0, 1, 2, 3 times half a mean
	for i := range uint64(draws) {
		spell := g.Seeded(scheduler.NewSeed(i).Hash(1))
		for k := range longer {
			if int(spell) > k*mean/2 {
				longer[k]++
			}
		}
	}
	for k := 1; k < len(longer); k++ {
		if got, want := longer[k]/longer[k-1], math.Exp(-.5); math.Abs(got/want-1) > .02 {
			t.Errorf("of those longer than %d half means %.3f last for half a mean more, expected %.3f", k-1, got, want)
		}
	}
}

// TestTheta is step 5 of the sum: with its theta the product of e^(theta × time)
// and (1-p)^attempts stays the same on average from attempt to attempt.
func TestTheta(t *testing.T) {
	for _, n := range []int{2, 5, 17, 257} {
		s := sumFor(n, leg)
		limit := spells * math.Max(32*leg, s.spell)
		rate := (2*math.Log(1/(1-s.p)) - s.miss*math.Ln10) / (limit - 20*leg) // what sumFor found
		if got := (1 - s.p) * math.Exp(7*leg*rate) / (1 - rate*s.spell); math.Abs(got-1) > 1e-6 {
			t.Errorf("N = %d: the product grows by %.9f", n, got)
		}
	}
}
