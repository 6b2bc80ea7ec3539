package scheduler

import "math/bits"

// Quantiles are the weights of a distribution of whole numbers from 0 to a cut
// that is known by its quantile function: the number below which lies a given
// part of the weight. A draw is one look into a table of that function, made of
// integers alone.
//
// The table is fine where the function is steep: near both ends the parts of
// the weight at which it has points halve and halve again, 64 points each time,
// down to 2^-33. Between two points the function is taken as straight. A number is rounded
// to the nearest whole one, and what lies beyond the cut is the cut. So all that the
// distribution says of numbers below the cut holds as if there were no cut: its median,
// for example. What is left beyond the last points, 2^-33 at each end, has the number of
// that point.
//
// A seeded outcome rises with u, and depends on the upper half of it alone.
type Quantiles struct {
	cut  uint32
	low  [points + 1]uint64 // by the part of the weight that lies below
	high [points + 1]uint64 // by the part of the weight that lies above
}

const (
	halvings = 32
	cells    = 64 // between one part of the weight and twice that part
	points   = halvings * cells

	// Quantiles are kept in units of 2^-30, so that half a tick is not lost
	// where the numbers are small. Beyond farthest, twice the greatest cut,
	// they are all the same.
	quantilePoint = 30
	farthest      = 1 << 63
)

// newQuantiles makes a table. For p from 2^31 to 2^63, quantiles returns the number with
// p/2^64 of the weight below it, and the number with p/2^64 above it.
func newQuantiles(cut uint32, quantiles func(p uint64) (low, high uint64)) *Quantiles {
	if cut == 1<<32-1 {
		panic("scheduler: outcomes cut so late that they cannot be counted")
	}
	q := &Quantiles{cut: cut}
	for i := range q.low {
		p := uint64(cells+i%cells) << (31 - 6 + i/cells)
		q.low[i], q.high[i] = quantiles(p)
	}
	return q
}

// Outcomes implements [Weights]: 0 to the cut.
func (q *Quantiles) Outcomes() uint32 { return q.cut + 1 }

// Seeded implements [Weights].
func (q *Quantiles) Seeded(u uint64) uint32 {
	const half = 1 << (quantilePoint - 1)
	return uint32(min((q.at(uint32(u>>32))+half)>>quantilePoint, uint64(q.cut)))
}

// at is the quantile in the middle of the part of the weight that 32 uniform
// random bits stand for.
func (q *Quantiles) at(u uint32) uint64 {
	if u < 1<<31 {
		i, along := cell(2*u + 1)
		rise, _ := bits.Mul64(q.low[i+1]-q.low[i], along)
		return q.low[i] + rise
	}
	i, along := cell(2*^u + 1)
	fall, _ := bits.Mul64(q.high[i]-q.high[i+1], along)
	return q.high[i] - fall
}

// cell finds the point at or before the part v/2^33 of the weight, and how far
// v is on its way to the next, in units of 2^-64.
func cell(v uint32) (i int, along uint64) {
	zeros := bits.LeadingZeros32(v)
	m := v << zeros
	return (31-zeros)*cells + int(m>>(31-6)&(cells-1)), uint64(m<<7) << 32
}

// Mean is the mean outcome in thousandths, before outcomes are rounded to whole
// numbers. It takes a walk over the table.
func (q *Quantiles) Mean() uint64 {
	cut := uint64(q.cut) << quantilePoint
	low, high := min(q.low[0], cut), min(q.high[0], cut)
	sum := low>>33 + high>>33 // at the ends
	for i := range points {
		nextLow, nextHigh := min(q.low[i+1], cut), min(q.high[i+1], cut)
		width := uint64(1) << (31 - 6 + i/cells)
		part, _ := bits.Mul64(low/2+nextLow/2+high/2+nextHigh/2, width)
		sum += part
		low, high = nextLow, nextHigh
	}
	hi, lo := bits.Mul64(sum, 2000)
	return (shifted(hi, lo, quantilePoint) + 1) / 2
}
