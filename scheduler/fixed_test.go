package scheduler

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// near holds a number against what floating point says.
func near(t rapid.TB, what string, got, want, relative, absolute float64) {
	t.Helper()
	if d := math.Abs(got - want); !(d <= relative*math.Abs(want)+absolute) {
		t.Fatalf("%s: %g, want %g: off by %g of it", what, got, want, d/math.Abs(want))
	}
}

func fixed(x uint64) float64 { return float64(x) / (1 << fixedPoint) }

// TestDepth holds the logarithm within two units of its last place, and that it
// never rises.
func TestDepth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := max(rapid.Uint64().Draw(t, "t")>>rapid.IntRange(0, 63).Draw(t, "smaller"), 1)
		near(t, "depth", fixed(depth(x)), 64-math.Log2(float64(x)), 1e-15, 2.0/(1<<fixedPoint))
		if y := max(rapid.Uint64().Draw(t, "greater"), x); depth(y) > depth(x) {
			t.Fatalf("depth(%d) > depth(%d)", y, x)
		}
	})
	for i := range 64 {
		if got := depth(1 << i); got != uint64(64-i)<<fixedPoint {
			t.Errorf("depth of 2^%d is %v, want %d exactly", i, fixed(got), 64-i)
		}
	}
}

// TestPowerOf2 holds powers within one part in 10^14 and a unit of their last
// place, that they never fall, and that they end at farthest.
func TestPowerOf2(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := rapid.Uint32().Draw(t, "scale")
		y := rapid.Int64Range(-100<<fixedPoint, 400<<fixedPoint).Draw(t, "y")
		if rapid.Bool().Draw(t, "small") {
			y >>= 4
		}
		want := math.Min(float64(scale)*math.Exp2(float64(y)/(1<<fixedPoint))*(1<<quantilePoint), farthest)
		near(t, "powerOf2", float64(powerOf2(scale, y)), want, 1e-14, 1)
		if z := rapid.Int64Range(y, 400<<fixedPoint).Draw(t, "greater"); powerOf2(scale, z) < powerOf2(scale, y) {
			t.Fatalf("%d·2^%d is less than ·2^%d", scale, z, y)
		}
	})
	for i := -40; i < 40; i++ {
		want := new(big.Int).Lsh(big.NewInt(3), uint(i+70))
		want.Rsh(want, 40)
		if !want.IsUint64() || want.Uint64() > farthest {
			want.SetUint64(farthest)
		}
		if got := powerOf2(3, int64(i)<<fixedPoint); got != want.Uint64() {
			t.Errorf("3·2^%d is %d, want %v exactly", i, got, want)
		}
	}
}

func TestShifted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hi := rapid.Uint64().Draw(t, "hi") >> rapid.IntRange(0, 64).Draw(t, "less")
		lo := rapid.Uint64().Draw(t, "lo") >> rapid.IntRange(0, 64).Draw(t, "lower")
		n := rapid.IntRange(0, 200).Draw(t, "n")
		want := new(big.Int).SetUint64(hi)
		want.Lsh(want, 64).Add(want, new(big.Int).SetUint64(lo)).Rsh(want, uint(n))
		if !want.IsUint64() || want.Uint64() > farthest {
			want.SetUint64(farthest)
		}
		if got := shifted(hi, lo, n); got != want.Uint64() {
			t.Fatalf("(%d, %d) without its last %d bits is %d, want %v", hi, lo, n, got, want)
		}
	})
}

func TestRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Uint64().Draw(t, "x") >> rapid.IntRange(0, 64).Draw(t, "smaller")
		want := new(big.Int).Sqrt(new(big.Int).SetUint64(x))
		if got := root(x); got != want.Uint64() {
			t.Fatalf("the root of %d is %d, want %v", x, got, want)
		}
	})
}

// TestDeviation holds the normal quantile to one part in 10^6, over all that
// it is asked for.
func TestDeviation(t *testing.T) {
	check := func(t rapid.TB, p uint64) {
		want := math.Sqrt2 * math.Erfcinv(2*math.Ldexp(float64(p), -64))
		near(t, "deviation", fixed(deviation(p)), want, 1e-6, 1e-12)
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, max(rapid.Uint64Range(1<<31, 1<<63).Draw(t, "p")>>rapid.IntRange(0, 32).Draw(t, "smaller"), 1<<31))
	})
	const border = 3 * (1 << 63) / 20 // the two cases meet at 0.075
	for _, p := range []uint64{1 << 31, 1<<31 + 1, 1 << 40, border - 1<<20, border - 1, border, border + 1, border + 1<<20, 1 << 62, 1<<63 - 1, 1 << 63} {
		check(t, p)
	}
	if deviation(1<<63) != 0 {
		t.Errorf("the middle lies %v from the middle", fixed(deviation(1<<63)))
	}
}
