package scheduler

import (
	"math"
	"math/bits"
	"slices"
)

// Weights say how likely each outcome of a choice is. Only the seed looks at
// them: every other source picks among 0..Outcomes()-1 as it likes.
type Weights interface {
	Outcomes() uint32       // how many there are, ≥ 1
	Seeded(u uint64) uint32 // the outcome for 64 uniform random bits
}

// Uniform gives each of its outcomes the same weight. The zero Uniform has no
// outcome and must not be asked.
type Uniform uint32

// Outcomes implements [Weights].
func (n Uniform) Outcomes() uint32 { return uint32(n) }

// Seeded implements [Weights]. It uses the upper half of u, whose bias is below
// n/2^32.
func (n Uniform) Seeded(u uint64) uint32 { return Scale(uint32(u>>32), uint32(n)) }

// Scale maps 32 uniform random bits to 0..n-1.
func Scale(u, n uint32) uint32 { return uint32(uint64(u) * uint64(n) >> 32) }

// Fraction is a number in [0, 1) in units of 2^-64.
type Fraction uint64

// FractionOf is num/den, rounded down, and the greatest Fraction if num ≥ den.
// It panics if den is 0.
func FractionOf(num, den uint64) Fraction {
	if den == 0 {
		panic("scheduler: a fraction of nothing")
	}
	if num >= den {
		return math.MaxUint64
	}
	q, _ := bits.Div64(num, 0, den)
	return Fraction(q)
}

// GeometricTail is the weight of the outcomes that [Geometric] cuts off and
// gives to its last one: 2^-32.
const GeometricTail = 1 << 32

// Geometric is the number of failures before the first success of a trial that
// succeeds with probability x. Outcome 0 is set apart as the calm answer and
// never comes from a seed; outcome k ≥ 1 stands for k-1 failures.
//
// Its table holds (1-x)^(2^i) in units of 2^-64, so that an outcome is found by
// doubling, in integers alone.
type Geometric struct {
	stay [32]uint64 // stay[i] = (1-x)^(2^i)
	last uint32     // the greatest number of failures
}

// NewGeometric makes the table for success probability x. The number of
// failures is cut where less than [GeometricTail] of the weight is left, and
// stays below 2^31. An x of 0 counts as the smallest Fraction.
func NewGeometric(x Fraction) *Geometric {
	g := new(Geometric)
	stay := -uint64(max(x, 1))
	for i := range g.stay {
		g.stay[i] = stay
		stay, _ = bits.Mul64(stay, stay)
	}
	g.last = 1<<31 - 1
	g.last = g.failures(GeometricTail - 1)
	return g
}

// Outcomes implements [Weights]: the calm one, and 0..last failures.
func (g *Geometric) Outcomes() uint32 { return g.last + 2 }

// Seeded implements [Weights].
func (g *Geometric) Seeded(u uint64) uint32 { return 1 + g.failures(u) }

// failures is the greatest k ≤ last with (1-x)^k > u, where each product is
// rounded down to units of 2^-64.
func (g *Geometric) failures(u uint64) uint32 {
	var k uint32
	stay := uint64(math.MaxUint64)
	for i := bits.Len32(g.last) - 1; i >= 0; i-- {
		if next, _ := bits.Mul64(stay, g.stay[i]); next > u {
			stay = next
			k += 1 << i
		}
	}
	return min(k, g.last)
}

func sortKeys(keys []Key) { slices.Sort(keys) }
