package scheduler

import "math/bits"

// Point says that a part of the weight, from 0 on, lies at or below an outcome.
type Point struct {
	Part    Fraction // the greatest Fraction stands for all of it
	Outcome uint32
}

// Empirical are weights that were measured, or written down as if: the points
// of a cumulative distribution, straight from one to the next, and rounded to
// the nearest whole number. What lies before the first point has its outcome.
//
// A seeded outcome rises with u, and depends on the upper half of it alone. A
// draw searches among the points by halving.
type Empirical struct{ points []Point }

// NewEmpirical is the distribution with these points, which it keeps. It panics
// if there is none, if a part does not rise or an outcome falls, or if the last
// is not all of the weight at an outcome below 2^32 - 1.
func NewEmpirical(points []Point) *Empirical {
	for i, p := range points[1:] {
		if p.Part <= points[i].Part || p.Outcome < points[i].Outcome {
			panic("scheduler: the points of a distribution are not in order")
		}
	}
	if last := points[len(points)-1]; last.Part != 1<<64-1 || last.Outcome == 1<<32-1 {
		panic("scheduler: a distribution that does not end")
	}
	return &Empirical{points}
}

// Outcomes implements [Weights]: 0 to that of the last point.
func (e *Empirical) Outcomes() uint32 { return e.points[len(e.points)-1].Outcome + 1 }

// Seeded implements [Weights].
func (e *Empirical) Seeded(u uint64) uint32 {
	part := u>>32<<32 | 1<<31 // the middle of what the upper half stands for
	before, behind := 0, len(e.points)
	for before < behind { // the first point beyond part
		if i := (before + behind) / 2; uint64(e.points[i].Part) <= part {
			before = i + 1
		} else {
			behind = i
		}
	}
	if before == 0 {
		return e.points[0].Outcome
	}
	a, b := e.points[before-1], e.points[before]
	width := uint64(b.Part - a.Part)
	hi, lo := bits.Mul64(part-uint64(a.Part), uint64(b.Outcome-a.Outcome))
	lo, carry := bits.Add64(lo, width/2, 0)
	rise, _ := bits.Div64(hi+carry, lo, width)
	return a.Outcome + uint32(rise)
}

// Mean is the mean outcome in thousandths, before outcomes are rounded to whole
// numbers.
func (e *Empirical) Mean() uint64 {
	first := e.points[0]
	hi, lo := bits.Mul64(uint64(first.Part), 2000*uint64(first.Outcome))
	for i, b := range e.points[1:] {
		a := e.points[i]
		h, l := bits.Mul64(uint64(b.Part-a.Part), 1000*(uint64(a.Outcome)+uint64(b.Outcome)))
		var carry uint64
		lo, carry = bits.Add64(lo, l, 0)
		hi += h + carry
	}
	return (hi + 1) / 2
}
