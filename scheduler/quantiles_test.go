package scheduler

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

var _, _ Weights = (*Quantiles)(nil), (*Empirical)(nil)

const latest = 1<<31 - 1 // the latest cut that delays have

// model is a distribution as floating point knows it.
type model struct {
	name    string
	made    func(cut uint32) *Quantiles
	exact   func(p, left float64) float64 // the quantile with p of the weight below and left above
	median  float64
	extreme bool
	mean    float64 // of all that there is, without a cut; 0: infinite

	// curve bounds how much the quantile f bends: left²·f” or p²·f”, the
	// greater, over f. Between points h apart, a straight line is off by h²/8
	// times that.
	curve func(p, left float64) float64
}

func exponential(mean uint32) model {
	m := float64(mean)
	return model{
		name:   fmt.Sprintf("exponential %d", mean),
		made:   func(cut uint32) *Quantiles { return NewExponential(mean, cut) },
		exact:  func(p, left float64) float64 { return m * minusLog(p, left) },
		median: m * math.Ln2, mean: m,
		curve: func(p, left float64) float64 { return 1 / minusLog(p, left) },
	}
}

func logNormal(median, sigma uint32) model {
	s := float64(sigma) / 1000
	return model{
		name: fmt.Sprintf("log-normal %d, %d", median, sigma),
		made: func(cut uint32) *Quantiles { return NewLogNormal(median, sigma, cut) },
		exact: func(p, left float64) float64 {
			return float64(median) * math.Exp(s*sign(p, left)*math.Sqrt2*math.Erfcinv(2*min(p, left)))
		},
		median: float64(median), mean: float64(median) * math.Exp(s*s/2),
		extreme: sigma > 1000,
		curve: func(p, left float64) float64 {
			z := math.Sqrt2 * math.Erfcinv(2*min(p, left))
			slope := s * min(p, left) / (math.Exp(-z*z/2) / math.Sqrt(2*math.Pi))
			return slope*slope + 2*slope
		},
	}
}

func pareto(scale, alpha uint32) model {
	b := 1000 / float64(alpha)
	m := model{
		name:    fmt.Sprintf("pareto %d, %d", scale, alpha),
		made:    func(cut uint32) *Quantiles { return NewPareto(scale, alpha, cut) },
		exact:   func(p, left float64) float64 { return float64(scale) * math.Expm1(b*minusLog(p, left)) },
		median:  float64(scale) * math.Expm1(b*math.Ln2),
		extreme: alpha < 1000,
		curve: func(p, left float64) float64 {
			ln := b * minusLog(p, left)
			return b * (b + 1) * math.Exp(ln) / math.Expm1(ln)
		},
	}
	if b < 1 {
		m.mean = float64(scale) / (1/b - 1)
	}
	return m
}

// minusLog is -ln(left), where left is 1-p: the smaller of the two is exact.
func minusLog(p, left float64) float64 {
	if p < left {
		return -math.Log1p(-p)
	}
	return -math.Log(left)
}

func sign(p, left float64) float64 {
	if p < left {
		return -1
	}
	return 1
}

var models = []model{
	exponential(0), exponential(1), exponential(100), exponential(12_345), exponential(1 << 30), exponential(latest),
	logNormal(1, 800), logNormal(100, 0), logNormal(100, 1), logNormal(5000, 800), logNormal(1<<20, 100), logNormal(1<<30, 1500), logNormal(100, 4000), logNormal(1000, 10_000),
	pareto(1, 1500), pareto(50, 1500), pareto(1<<20, 2000), pareto(1<<30, 1001), pareto(100, 500), pareto(10, 100), pareto(1<<30, 100_000), pareto(50, 1000),
}

// ends are upper halves of u in the middle and at both ends.
func ends(f func(u uint32)) {
	for i := range 32 {
		for _, d := range []uint32{0, 1, 2} {
			f(1<<i - d)
			f(-(1 << i) + d)
			f(1<<31 - 1<<i + d)
			f(1<<31 + 1<<i - d)
		}
	}
}

// TestQuantilesExact holds every quantile against its formula: as near as
// straight lines between the points can come, which is one part in 250 or less.
// For an exponential distribution, a sigma of at most 1 and an alpha of at least
// 1 it is one part in 10,000.
func TestQuantilesExact(t *testing.T) {
	const span = 1.0 / cells
	for _, m := range models {
		q := m.made(latest)
		worst := 0.0
		check := func(t rapid.TB, u uint32) {
			p, left := (float64(u)+0.5)/(1<<32), (float64(^u)+0.5)/(1<<32)
			want := m.exact(p, left)
			got := float64(q.at(u)) / (1 << quantilePoint)
			if want >= 1<<33/1.2 { // in the cell that reaches it, if not beyond
				if got < latest+1 {
					t.Fatalf("%s: u=%d: %g, want %g", m.name, u, got, want)
				}
				return
			}
			off := 1.2*span*span/8*m.curve(p, left) + 5e-6*math.Abs(math.Log(math.Max(want/math.Max(m.median, 1), 1e-30))) + 1e-9
			near(t, fmt.Sprintf("%s, u=%d", m.name, u), got, want, off, 1e-5)
			if want > 0.5 {
				worst = math.Max(worst, math.Abs(got-want)/want)
			}
			outcome := math.Min(math.Floor(got+0.5), latest)
			if o := q.Seeded(uint64(u)<<32 | uint64(u)); float64(o) != outcome {
				t.Fatalf("%s: u=%d: %g is rounded to %d", m.name, u, got, o)
			}
		}
		ends(func(u uint32) { check(t, u) })
		for u := range uint64(1 << 16) {
			check(t, uint32(u<<16+u))
		}
		rapid.Check(t, func(t *rapid.T) { check(t, rapid.Uint32().Draw(t, "u")) })
		stated := 1.0 / 10_000
		if m.extreme {
			stated = 1.0 / 250
		}
		if worst > stated {
			t.Errorf("%s: off by one part in %.0f of it", m.name, 1/worst)
		}
	}
}

// TestNormalExact holds every quantile of a normal distribution against its formula,
// to a 10,000th of a standard deviation, and in the cell that reaches 0 to a 250th.
func TestNormalExact(t *testing.T) {
	for _, m := range []struct{ mean, sd uint32 }{
		{0, 1000}, {100, 10}, {4270, 476}, {1 << 20, 1 << 20}, {1 << 30, 1 << 24}, {latest, latest},
	} {
		q := NewNormal(m.mean, m.sd, latest)
		check := func(t rapid.TB, u uint32) {
			p, left := (float64(u)+0.5)/(1<<32), (float64(^u)+0.5)/(1<<32)
			want := float64(m.mean) + float64(m.sd)*sign(p, left)*math.Sqrt2*math.Erfcinv(2*min(p, left))
			got := float64(q.at(u)) / (1 << quantilePoint)
			off := float64(m.sd) / 10_000
			if math.Abs(want) < float64(m.sd)/64 {
				off = float64(m.sd) / 250
			}
			if math.Abs(got-max(want, 0)) > off+1e-9 && want < 1<<33 {
				t.Fatalf("normal %d, %d: u=%d: %g, want %g", m.mean, m.sd, u, got, want)
			}
		}
		ends(func(u uint32) { check(t, u) })
		for u := range uint64(1 << 16) {
			check(t, uint32(u<<16+u))
		}
		rapid.Check(t, func(t *rapid.T) { check(t, rapid.Uint32().Draw(t, "u")) })
	}
}

// TestQuantilesMonotone holds that the outcome rises with u, stays in range, and
// does not depend on the lower half of u.
func TestQuantilesMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Uint32().Draw(t, "size") >> rapid.IntRange(0, 31).Draw(t, "smaller")
		cut := rapid.Uint32Max(1<<32-2).Draw(t, "cut") >> rapid.IntRange(0, 32).Draw(t, "earlier")
		var q *Quantiles
		switch rapid.IntRange(0, 3).Draw(t, "model") {
		case 0:
			q = NewExponential(size, cut)
		case 1:
			q = NewLogNormal(size, rapid.Uint32Max(MaxSigma).Draw(t, "sigma"), cut)
		case 2:
			q = NewNormal(size, rapid.Uint32().Draw(t, "sd")>>rapid.IntRange(0, 31).Draw(t, "narrower"), cut)
		default:
			q = NewPareto(size, rapid.Uint32Range(MinAlpha, MaxAlpha).Draw(t, "alpha"), cut)
		}
		last, lastU := uint64(0), uint32(0)
		for i := range uint32(points) { // the table never turns back
			if q.low[i] > q.low[i+1] || q.high[i] < q.high[i+1] {
				t.Fatalf("the table turns back at point %d", i)
			}
		}
		if q.low[points] != q.high[points] {
			t.Fatalf("the median is %d from below, %d from above", q.low[points], q.high[points])
		}
		for u := range uint64(1 << 10) {
			u := uint32(u<<22 | u)
			x := q.at(u)
			if x < last {
				t.Fatalf("u=%d gives %d, u=%d %d", lastU, last, u, x)
			}
			last, lastU = x, u
			o := q.Seeded(uint64(u) << 32)
			if o > cut || o >= q.Outcomes() || o != q.Seeded(uint64(u)<<32|math.MaxUint32) {
				t.Fatalf("u=%d: outcome %d of %d", u, o, q.Outcomes())
			}
		}
		ends(func(u uint32) {
			if u != 0 && q.at(u-1) > q.at(u) {
				t.Fatalf("u=%d gives more than its next", u-1)
			}
		})
	})
}

// TestQuantilesEnds holds the extremes.
func TestQuantilesEnds(t *testing.T) {
	for _, m := range models {
		if q := m.made(0); q.Outcomes() != 1 || q.Seeded(0) != 0 || q.Seeded(math.MaxUint64) != 0 || q.Mean() != 0 {
			t.Errorf("%s, cut at 0: %d outcomes, from %d to %d", m.name, q.Outcomes(), q.Seeded(0), q.Seeded(math.MaxUint64))
		}
		if q := m.made(1<<32 - 2); q.Outcomes() != 1<<32-1 {
			t.Errorf("%s: %d outcomes", m.name, q.Outcomes())
		}
		// Beyond the cut is the cut, and what lies below is as without it.
		cut := uint32(m.median)
		cutAt, free := m.made(cut), m.made(latest)
		for i := range uint64(1 << 12) {
			u := i<<52 | i
			if got, want := cutAt.Seeded(u), min(free.Seeded(u), cut); got != want {
				t.Fatalf("%s: cut at %d: %d, want %d", m.name, cut, got, want)
			}
		}
	}
	for _, c := range []struct {
		q    *Quantiles
		u    uint64
		want uint32
	}{
		{NewLogNormal(70, 0, 1000), 0, 70}, // no width: always the median
		{NewLogNormal(70, 0, 1000), math.MaxUint64, 70},
		{NewNormal(70, 0, 1000), 0, 70},
		{NewNormal(70, 0, 1000), math.MaxUint64, 70},
		{NewNormal(70, 10, 1000), 1 << 63, 70},
		{NewNormal(70, 10, 1000), 0, 7},                // 70 - 6.34·10: what is left of the weight is 2^-33
		{NewNormal(70, 10, 1000), math.MaxUint64, 133}, // 70 + 6.34·10
		{NewNormal(70, 10, 75), math.MaxUint64, 75},
		{NewNormal(70, 20, 1000), 0, 0}, // below 0 is 0
		{NewNormal(latest, latest, latest), math.MaxUint64, latest},
		{NewExponential(0, 1000), math.MaxUint64, 0},
		{NewExponential(100, 1000), 0, 0},
		{NewExponential(100, 1<<20), math.MaxUint64, 2287}, // 100·33·ln 2: what is left of the weight is 2^-33
		{NewExponential(100, 1<<20), 1 << 63, 69},          // 100·ln 2
		{NewPareto(1, 1000, 1<<20), 1 << 63, 1},            // 2 - 1
		{NewPareto(10, 500, 1<<20), 3 << 62, 150},          // 10·(4² - 1)
		{NewPareto(10, 100, latest), math.MaxUint64, latest},
	} {
		if got := c.q.Seeded(c.u); got != c.want {
			t.Errorf("u=%d gives %d, want %d", c.u, got, c.want)
		}
	}
	for name, f := range map[string]func(){
		"too late a cut": func() { NewExponential(1, 1<<32-1) },
		"too wide":       func() { NewLogNormal(1, MaxSigma+1, 1) },
		"alpha too low":  func() { NewPareto(1, MinAlpha-1, 1) },
		"alpha too high": func() { NewPareto(1, MaxAlpha+1, 1) },
	} {
		panics(t, name, f)
	}
}

func panics(t *testing.T, name string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s: taken", name)
		}
	}()
	f()
}

// TestQuantilesDrawn holds a million draws of a seed against the formulas: their
// mean, their median, and how many are beyond what one in 10, 100, … is beyond.
func TestQuantilesDrawn(t *testing.T) {
	const n = 1_000_000
	for _, m := range []model{
		exponential(100), exponential(1 << 20), logNormal(5000, 800), logNormal(1<<20, 100), pareto(5000, 3000), pareto(1<<10, 1500),
	} {
		q, seed := m.made(latest), NewSeed(7)
		sum, below := 0.0, 0
		var limits [6]float64 // beyond which lies one in 10, 100, …
		for k := range limits {
			limits[k] = m.exact(1-math.Pow10(-k-1), math.Pow10(-k-1))
		}
		var beyond [6]int
		for i := range n {
			x := float64(q.Seeded(seed.Hash(Key(i))))
			sum += x
			if x < m.median {
				below++
			}
			for k := range beyond {
				if x > limits[k] {
					beyond[k]++
				}
			}
		}
		tolerance := 0.01
		if m.name == "pareto 1024, 1500" {
			tolerance = 0.1 // its variance is infinite
		}
		near(t, m.name+": mean", sum/n, m.mean, tolerance, 0.5)
		near(t, m.name+": below the median", float64(below)/n, 0.5, 0.01, 0)
		for k, got := range beyond {
			want := n * math.Pow10(-k-1)
			near(t, fmt.Sprintf("%s: beyond one in 10^%d", m.name, k+1), float64(got), want, 0.01, 5*math.Sqrt(want))
		}
	}
}

// TestQuantilesMean holds the mean, with a cut and nearly without.
func TestQuantilesMean(t *testing.T) {
	for _, m := range models {
		if m.mean == 0 || m.mean > latest/100 {
			continue
		}
		for _, cut := range []uint32{uint32(m.median), uint32(3 * m.mean), latest} {
			// The mean of min(x, cut), as the sum of a thousand quantiles between
			// each half of what is left and the next.
			want, steps := 0.0, 1000
			for k := range 50 {
				width := math.Ldexp(1, -k-1)
				for i := range steps {
					left := width * (1 + (float64(i)+0.5)/float64(steps))
					want += width / float64(steps) * math.Min(m.exact(1-left, left), float64(cut))
				}
			}
			near(t, fmt.Sprintf("%s: mean, cut at %d", m.name, cut), float64(m.made(cut).Mean())/1000, want, 1e-3, 0.001)
		}
	}
	for _, c := range []struct {
		q    *Quantiles
		want uint64
	}{
		{NewExponential(100, latest), 100_001},
		{NewLogNormal(70, 0, latest), 70_000},
		{NewNormal(1000, 100, latest), 1_000_000},
		{NewNormal(1000, 100, 1000), 960_106}, // 1000 - 100/√(2π), half of all being cut
		{NewNormal(0, 1000, latest), 398_944}, // 1000/√(2π), which is 398.942
		{NewPareto(100, 2000, latest), 100_000},
	} {
		if got := c.q.Mean(); got != c.want {
			t.Errorf("mean %d, want %d", got, c.want)
		}
	}
}

// TestQuantilesPinned: draws that move make every stored run unreadable.
func TestQuantilesPinned(t *testing.T) {
	for _, c := range pinnedDraws {
		w := c.weights()
		seed := NewSeed(1)
		var d Digest
		for i := range 8 {
			if got := w.Seeded(seed.Hash(Key(i))); got != c.first[i] {
				t.Errorf("%s: draw %d is %d, pinned %d", c.name, i, got, c.first[i])
			}
		}
		for i := range 100_000 {
			d.Mix(uint64(w.Seeded(seed.Hash(Key(i)))))
		}
		if got := d.Sum(); got != c.digest {
			t.Errorf("%s: the digest of 100,000 draws is %#016x, pinned %#016x", c.name, got, c.digest)
		}
	}
}

func TestDrawsDoNotAllocate(t *testing.T) {
	for _, c := range pinnedDraws {
		w, u := c.weights(), uint64(0)
		if n := testing.AllocsPerRun(100, func() { u += golden; w.Seeded(u) }); n != 0 {
			t.Errorf("%s: %v allocations a draw", c.name, n)
		}
	}
}

// TestAnyQuantiles holds what is said of all parameters: one part in 250.
func TestAnyQuantiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := max(rapid.Uint32Max(latest).Draw(t, "scale")>>rapid.IntRange(0, 30).Draw(t, "smaller"), 1)
		m := exponential(scale)
		switch rapid.IntRange(0, 2).Draw(t, "model") {
		case 1:
			m = logNormal(scale, rapid.Uint32Max(MaxSigma).Draw(t, "sigma"))
		case 2:
			m = pareto(scale, rapid.Uint32Range(MinAlpha, MaxAlpha).Draw(t, "alpha"))
		}
		q := m.made(latest)
		ends(func(u uint32) {
			want := m.exact((float64(u)+0.5)/(1<<32), (float64(^u)+0.5)/(1<<32))
			if want < latest {
				near(t, fmt.Sprintf("%s, u=%d", m.name, u), float64(q.at(u))/(1<<quantilePoint), want, 1.0/250, 1e-5)
			}
		})
	})
}
