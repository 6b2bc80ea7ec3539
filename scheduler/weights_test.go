package scheduler

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

var _, _ Weights = Uniform(1), (*Geometric)(nil)

// strata are m values of u that cut the 64-bit words into equal parts.
func strata(m uint64, f func(u uint64)) {
	for i := range m {
		f(i*(math.MaxUint64/m) + math.MaxUint64/m/2)
	}
}

func TestUniformDistribution(t *testing.T) {
	const m = 1 << 16
	for _, n := range []Uniform{1, 2, 3, 7, 100, 1000} {
		if n.Outcomes() != uint32(n) {
			t.Errorf("Uniform(%d).Outcomes() = %d", n, n.Outcomes())
		}
		counts := make([]int, n)
		strata(m, func(u uint64) { counts[n.Seeded(u)]++ })
		for o, c := range counts {
			if want := m / int(n); c < want-1 || c > want+1 {
				t.Errorf("Uniform(%d): outcome %d comes %d times in %d, want %d", n, o, c, m, want)
			}
		}
	}
}

func TestUniformMonotoneAndInRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := Uniform(rapid.Uint32Min(1).Draw(t, "n"))
		u, v := rapid.Uint64().Draw(t, "u"), rapid.Uint64().Draw(t, "v")
		a, b := n.Seeded(min(u, v)), n.Seeded(max(u, v))
		if a > b || b >= uint32(n) {
			t.Fatalf("Uniform(%d): %d and %d", n, a, b)
		}
		want := new(big.Int).Mul(big.NewInt(int64(u>>32)), big.NewInt(int64(n)))
		if got := n.Seeded(u); uint64(got) != want.Rsh(want, 32).Uint64() {
			t.Fatalf("Uniform(%d).Seeded(%d) = %d, want %v", n, u, got, want)
		}
	})
	for _, n := range []Uniform{1, 2, 1 << 31, math.MaxUint32} {
		if n.Seeded(0) != 0 || n.Seeded(math.MaxUint64) != uint32(n)-1 {
			t.Errorf("Uniform(%d) from %d to %d, want 0 to %d", n, n.Seeded(0), n.Seeded(math.MaxUint64), n-1)
		}
	}
}

func TestFractionOf(t *testing.T) {
	for _, c := range []struct {
		num, den uint64
		want     Fraction
	}{
		{0, 1, 0}, {1, 2, 1 << 63}, {1, 4, 1 << 62}, {3, 4, 3 << 62}, {1, 1 << 63, 2}, {1, math.MaxUint64, 1},
		{1, 1, math.MaxUint64}, {5, 1, math.MaxUint64}, {math.MaxUint64, math.MaxUint64, math.MaxUint64},
		{math.MaxUint64 - 1, math.MaxUint64, math.MaxUint64 - 1},
	} {
		if got := FractionOf(c.num, c.den); got != c.want {
			t.Errorf("FractionOf(%d, %d) = %d, want %d", c.num, c.den, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		den := rapid.Uint64Min(1).Draw(t, "den")
		num := rapid.Uint64Range(0, den-1).Draw(t, "num")
		want := new(big.Int).Lsh(new(big.Int).SetUint64(num), 64)
		want.Div(want, new(big.Int).SetUint64(den))
		if got := FractionOf(num, den); uint64(got) != want.Uint64() {
			t.Fatalf("FractionOf(%d, %d) = %d, want %v", num, den, got, want)
		}
	})
	for _, num := range []uint64{0, 1} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("FractionOf(%d, 0) gave an answer", num)
				}
			}()
			FractionOf(num, 0)
		}()
	}
}

// left is (1-x)^k in units of 2^-64, to 200 bits and more.
func left(x Fraction, k uint64) *big.Float {
	const precision = 300
	one := new(big.Float).SetPrec(precision).SetMantExp(big.NewFloat(1), 64)
	base := new(big.Float).SetPrec(precision).Sub(one, new(big.Float).SetUint64(max(uint64(x), 1)))
	base.Quo(base, one)
	out := one
	for ; k > 0; k >>= 1 {
		if k&1 != 0 {
			out = new(big.Float).SetPrec(precision).Mul(out, base)
		}
		base = new(big.Float).SetPrec(precision).Mul(base, base)
	}
	return out
}

var fractions = []Fraction{
	0, 1, 2, 3, 1 << 20, 1 << 32, 1<<32 + 1, 1 << 40, 1 << 50, FractionOf(1, 1_000_000), FractionOf(1, 2020), FractionOf(1, 404),
	FractionOf(1, 10), FractionOf(1, 3), 1 << 63, FractionOf(2, 3), FractionOf(999, 1000), math.MaxUint64 - 1, math.MaxUint64,
}

// checkGeometric holds one answer against exact arithmetic. The table rounds
// down, by at most one unit a factor: so the weight left is truly above u, and
// the next one at most so much above it.
func checkGeometric(t rapid.TB, x Fraction, g *Geometric, u uint64) {
	t.Helper()
	o := g.Seeded(u)
	if o == 0 || o >= g.Outcomes() {
		t.Fatalf("x=%d u=%d: outcome %d of %d", x, u, o, g.Outcomes())
	}
	k := uint64(o) - 1
	level := new(big.Float).SetUint64(u)
	if k > 0 && left(x, k).Cmp(level) <= 0 {
		t.Fatalf("x=%d u=%d: %d failures, but (1-x)^%d is %v", x, u, k, k, left(x, k))
	}
	level.Add(level, new(big.Float).SetUint64(k+40))
	if uint32(k) < g.last && left(x, k+1).Cmp(level) > 0 {
		t.Fatalf("x=%d u=%d: %d failures, but (1-x)^%d is %v", x, u, k, k+1, left(x, k+1))
	}
}

func TestGeometricExact(t *testing.T) {
	for _, x := range fractions {
		g := NewGeometric(x)
		for _, u := range []uint64{0, 1, 2, 1 << 31, 1<<32 - 1, 1 << 32, 1<<32 + 1, 1 << 63, 1<<63 - 1, math.MaxUint64 - 1, math.MaxUint64, -uint64(x), uint64(x)} {
			checkGeometric(t, x, g, u)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		x := Fraction(rapid.Uint64().Draw(t, "x") >> rapid.IntRange(0, 63).Draw(t, "smaller"))
		checkGeometric(t, x, NewGeometric(x), rapid.Uint64().Draw(t, "u")>>rapid.IntRange(0, 63).Draw(t, "lower"))
	})
}

func TestGeometricMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := NewGeometric(rapid.SampledFrom(fractions).Draw(t, "x"))
		u, v := rapid.Uint64().Draw(t, "u"), rapid.Uint64().Draw(t, "v")
		if a, b := g.Seeded(min(u, v)), g.Seeded(max(u, v)); a < b {
			t.Fatalf("more failures for a greater u: %d, %d", a, b)
		}
	})
}

// The last outcome takes what is left: at least the tail of 2^-32, and one
// failure more would be below it.
func TestGeometricLast(t *testing.T) {
	tail := new(big.Float).SetUint64(GeometricTail)
	slack := new(big.Float)
	for _, x := range fractions {
		g := NewGeometric(x)
		last := uint64(g.Outcomes()) - 2
		if got := uint64(g.Seeded(0)); got != last+1 {
			t.Errorf("x=%d: u=0 gives outcome %d, the last is %d", x, got, last+1)
		}
		if g.Seeded(math.MaxUint64) != 1 {
			t.Errorf("x=%d: the greatest u gives outcome %d, want 1, no failure", x, g.Seeded(math.MaxUint64))
		}
		if left(x, last).Cmp(tail) < 0 {
			t.Errorf("x=%d: %d failures have less weight left than the tail", x, last)
		}
		slack.Add(tail, new(big.Float).SetUint64(last+40))
		if last < 1<<31-1 && left(x, last+1).Cmp(slack) > 0 {
			t.Errorf("x=%d: cut at %d failures, too early", x, last)
		}
	}
	for x, want := range map[Fraction]uint32{
		0:              1<<31 + 1, // as tiny as 1: the bound
		1:              1<<31 + 1,
		1 << 63:        33, // 2^-32 is left after 32 failures, less by the rounding
		math.MaxUint64: 2,
	} {
		if got := NewGeometric(x).Outcomes(); got != want {
			t.Errorf("x=%d: %d outcomes, want %d", x, got, want)
		}
	}
}

func TestGeometricDistribution(t *testing.T) {
	const m = 1 << 18
	for _, x := range []Fraction{FractionOf(1, 2), FractionOf(1, 3), FractionOf(1, 10), FractionOf(1, 404), FractionOf(9, 10)} {
		g := NewGeometric(x)
		counts := make([]int64, min(g.Outcomes(), 4000))
		strata(m, func(u uint64) {
			if o := g.Seeded(u); int(o) < len(counts) {
				counts[o]++
			}
		})
		if counts[0] != 0 {
			t.Errorf("x=%d: the calm outcome came from a seed", x)
		}
		for o := 1; o < len(counts)-1; o++ {
			p := new(big.Float).Sub(left(x, uint64(o-1)), left(x, uint64(o)))
			want, _ := p.SetMantExp(p, 18-64).Int64()
			if d := counts[o] - want; d < -2 || d > 2 {
				t.Errorf("x=%d: outcome %d comes %d times in %d, want %d", x, o, counts[o], m, want)
			}
		}
	}
}
