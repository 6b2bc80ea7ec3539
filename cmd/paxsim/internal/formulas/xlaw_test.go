package formulas

import (
	"math"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// The world of the x-law.
const (
	xActors = 7
	xDelay  = 5 // ticks
	xRuns   = 6_000
)

// xs are the chances x, in parts per billion; 0: the one that paxos computes,
// which is x* = 1/(2d(N-1)), 1/60 here.
var xs = []int64{1e6, 2e6, 4e6, 8e6, 12e6, 0, 20e6, 25e6, 33e6, 66e6, 100e6, 200e6, 300e6}

// xPoint is what comes of a chance x.
type xPoint struct {
	x                float64
	auto             bool
	decide, attempts sample // ticks, rounds
}

// small is the approximation for small x: nobody disturbs the first round, so
// the time is that until somebody begins, and 4 delays.
func (p *xPoint) small() float64 {
	none := math.Pow(1-p.x, xActors)
	return none/(1-none) + 4*xDelay
}

var xPoints = once(func(t testing.TB) (points []xPoint) {
	for _, x := range xs {
		s := world(xActors, xDelay)
		s.ByChance = true
		p := xPoint{x: float64(x) / 1e9}
		if p.auto = x == 0; p.auto {
			p.x = 1.0 / (2 * xDelay * (xActors - 1))
		} else {
			set(s, "x", x)
		}
		runs(t, s, xRuns, func(w sim.Runner) [2]float64 {
			o := w.Outcome()
			if o.Verdict != observe.VerdictDecided {
				t.Errorf("x = %g, seed %d: %v", p.x, o.Seed, o.End)
			}
			return [2]float64{float64(o.DecideTime), float64(o.Notes[0])}
		}, func(k [2]float64) {
			p.decide.add(k[0])
			p.attempts.add(k[1])
		})
		points = append(points, p)
	}
	return points
})

// The tolerances of the x-law.
const (
	xBest     = .05  // how far above the best mean of the sweep that of x* may be
	xSmall    = .004 // up to which x the approximation is held
	xSmallOff = .03  // how far the mean may be from it
)

// bestX is the point of the least mean.
func bestX(points []xPoint) int {
	best := 0
	for i := range points {
		if points[i].decide.mean() < points[best].decide.mean() {
			best = i
		}
	}
	return best
}

// TestXLaw: the mean decide time falls and then rises with x; at the x that
// paxos computes it is near the best; and for small x it is as approximated.
func TestXLaw(t *testing.T) {
	t.Parallel()
	points := xPoints(t)
	best := points[bestX(points)].decide.mean()
	for i := range points {
		p := &points[i]
		mean := p.decide.mean()
		if p.auto && mean > (1+xBest)*best {
			t.Errorf("at x* = %.4f the mean is %.2f ticks, more than 5 %% above the best, %.2f", p.x, mean, best)
		}
		if off := math.Abs(mean/p.small() - 1); p.x <= xSmall && off > xSmallOff {
			t.Errorf("x = %.4f: the mean is %.2f ticks, the approximation %.2f", p.x, mean, p.small())
		}
		if i == 0 {
			continue
		}
		before := points[i-1].decide.mean()
		switch {
		case p.x <= .01 && mean >= before:
			t.Errorf("left of x*, at %.4f, the mean does not fall: %.2f after %.2f", p.x, mean, before)
		case points[i-1].x >= .03 && mean <= before:
			t.Errorf("right of x*, at %.4f, the mean does not rise: %.2f after %.2f", p.x, mean, before)
		}
		if p.attempts.mean() <= points[i-1].attempts.mean() {
			t.Errorf("at %.4f it takes fewer attempts than before", p.x)
		}
	}
	if first, last := points[0].decide.mean(), points[len(points)-1].decide.mean(); first < 2*best || last < 2*best {
		t.Errorf("no U: %.2f, %.2f, %.2f", first, best, last)
	}
}
