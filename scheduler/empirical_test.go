package scheduler

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// somePoints draws the points of a distribution.
func somePoints(t *rapid.T) []Point {
	parts := rapid.SliceOfNDistinct(rapid.Uint64Max(math.MaxUint64-1), 0, 6, rapid.ID).Draw(t, "parts")
	slices.Sort(parts)
	var list []Point
	var p Point
	for _, part := range parts {
		p.Part = Fraction(part)
		p.Outcome += rapid.Uint32().Draw(t, "rise") >> rapid.IntRange(4, 32).Draw(t, "less")
		list = append(list, p)
	}
	return append(list, Point{math.MaxUint64, p.Outcome + rapid.Uint32Max(1<<29).Draw(t, "last")})
}

// TestEmpiricalExact holds draws against exact arithmetic.
func TestEmpiricalExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := somePoints(t)
		e := NewEmpirical(list)
		var last uint32
		for _, high := range append(rapid.SliceOfN(rapid.Uint32(), 0, 20).Draw(t, "u"), 0, 1, math.MaxUint32, uint32(list[0].Part>>32)) {
			u := uint64(high)<<32 | uint64(rapid.Uint32().Draw(t, "low"))
			got := e.Seeded(u)
			part := new(big.Rat).SetInt(new(big.Int).SetUint64(uint64(high)<<32 + 1<<31))
			want := new(big.Rat).SetUint64(uint64(list[0].Outcome))
			for i, b := range list[1:] {
				a := list[i]
				if rat(a.Part).Cmp(part) <= 0 && part.Cmp(rat(b.Part)) < 0 {
					along := new(big.Rat).Sub(part, rat(a.Part))
					along.Quo(along, new(big.Rat).Sub(rat(b.Part), rat(a.Part)))
					want.Mul(along, new(big.Rat).SetUint64(uint64(b.Outcome-a.Outcome)))
					want.Add(want, new(big.Rat).SetUint64(uint64(a.Outcome)))
				}
			}
			off, _ := want.Sub(want, new(big.Rat).SetUint64(uint64(got))).Float64()
			if math.Abs(off) > 0.5 || got >= e.Outcomes() {
				t.Fatalf("u=%d: %d is off by %v, of %v", u, got, off, list)
			}
		}
		for high := range uint64(1 << 10) {
			if o := e.Seeded(high << 54); o < last {
				t.Fatalf("less for a greater u: %d, %d", last, o)
			} else {
				last = o
			}
		}
	})
}

func rat(f Fraction) *big.Rat { return new(big.Rat).SetUint64(uint64(f)) }

// TestEmpiricalMean holds the mean against that of many draws in equal steps.
func TestEmpiricalMean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := NewEmpirical(somePoints(t))
		sum := 0.0
		const n = 1 << 14
		strata(n, func(u uint64) { sum += float64(e.Seeded(u)) })
		near(t, "mean", float64(e.Mean())/1000, sum/n, 1e-9, 0.6+float64(e.Outcomes())/n)
	})
}

// TestEmpiricalEnds holds small tables by hand.
func TestEmpiricalEnds(t *testing.T) {
	tests := []struct {
		why    string
		points []Point
		u      uint64
		want   uint32
		mean   uint64
	}{
		{"a single point is a constant", []Point{{math.MaxUint64, 7}}, math.MaxUint64, 7, 7000},
		{"what lies before the first point has its outcome", []Point{{1 << 63, 10}, {math.MaxUint64, 30}}, 1<<63 - 1, 10, 15_000},
		{"and what lies behind is straight to the next", []Point{{1 << 63, 10}, {math.MaxUint64, 30}}, 3 << 62, 20, 15_000},
		{"up to the last", []Point{{1 << 63, 10}, {math.MaxUint64, 30}}, math.MaxUint64, 30, 15_000},
		{"a first point at 0 is the least", []Point{{0, 10}, {math.MaxUint64, 30}}, 0, 10, 20_000},
		{"an outcome may have weight of its own", []Point{{0, 10}, {1 << 62, 30}, {3 << 62, 30}, {math.MaxUint64, 40}}, 1 << 63, 30, 28_750},
		{"a jump is a short way up", []Point{{1 << 63, 0}, {1<<63 + 1, 1 << 31}, {math.MaxUint64, 1 << 31}}, 1 << 63, 1 << 31, 1 << 30 * 1000},
	}
	for _, tt := range tests {
		e := NewEmpirical(tt.points)
		if got := e.Seeded(tt.u); got != tt.want || e.Mean() != tt.mean {
			t.Errorf("%s: %d, mean %d; want %d, %d", tt.why, got, e.Mean(), tt.want, tt.mean)
		}
	}
	for name, points := range map[string][]Point{
		"no points":             nil,
		"no end":                {{1 << 63, 1}},
		"a part twice":          {{1, 1}, {1, 2}, {math.MaxUint64, 3}},
		"outcomes that fall":    {{1, 2}, {math.MaxUint64, 1}},
		"an outcome too far":    {{math.MaxUint64, math.MaxUint32}},
		"points after the last": {{math.MaxUint64, 1}, {math.MaxUint64, 1}},
	} {
		panics(t, name, func() { NewEmpirical(points) })
	}
}
