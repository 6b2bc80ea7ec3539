package scheduler

import "math/bits"

// The greatest and the least parameters of the distributions below, in
// thousandths.
const (
	MaxSigma = 10_000  // of NewLogNormal
	MinAlpha = 100     // of NewPareto
	MaxAlpha = 100_000 // of NewPareto
)

// NewExponential is the exponential distribution: more than x has the
// probability e^(-x/mean). See [Quantiles] for the cut; it is below 2^32 - 1.
func NewExponential(mean, cut uint32) *Quantiles {
	return newByDepth(cut, func(depth uint64) uint64 {
		ln, _ := bits.Mul64(depth, ln2)
		hi, lo := bits.Mul64(ln, uint64(mean))
		return shifted(hi, lo, fixedPoint-quantilePoint)
	})
}

// NewLogNormal is the distribution of median·e^(sigma/1000·z), where z has the
// standard normal distribution. Half of all outcomes are below the median. It
// panics if sigma is above [MaxSigma]. See [Quantiles] for the cut; it is below
// 2^32 - 1.
func NewLogNormal(median, sigma, cut uint32) *Quantiles {
	if sigma > MaxSigma {
		panic("scheduler: a log-normal distribution that is too wide")
	}
	factor := uint64(sigma) * log2e / 1000
	return newQuantiles(cut, func(p uint64) (low, high uint64) {
		y := int64(mulFixed(deviation(p), factor))
		return powerOf2(median, -y), powerOf2(median, y)
	})
}

// NewNormal is the normal distribution with that mean and that standard deviation, where
// what lies below 0 is 0. See [Quantiles] for the cut; it is below 2^32 - 1.
func NewNormal(mean, sd, cut uint32) *Quantiles {
	middle := uint64(mean) << quantilePoint
	return newQuantiles(cut, func(p uint64) (low, high uint64) {
		hi, lo := bits.Mul64(deviation(p), uint64(sd))
		off := shifted(hi, lo, fixedPoint-quantilePoint)
		return middle - min(off, middle), min(middle+off, farthest)
	})
}

// NewPareto is the Pareto distribution that begins at 0, also named after
// Lomax: more than x has the probability (1 + x/scale)^(-alpha/1000). It panics
// if alpha is not from [MinAlpha] to [MaxAlpha]. See [Quantiles] for the cut; it
// is below 2^32 - 1.
func NewPareto(scale, alpha, cut uint32) *Quantiles {
	if alpha < MinAlpha || alpha > MaxAlpha {
		panic("scheduler: a Pareto distribution whose alpha is out of range")
	}
	return newByDepth(cut, func(depth uint64) uint64 {
		y := int64(depth * 1000 / uint64(alpha))
		return powerOf2(scale, y) - uint64(scale)<<quantilePoint
	})
}

// newByDepth is newQuantiles for a quantile that is known by the logarithm of
// what of the weight lies above it: see [depth], which is at most 33.
func newByDepth(cut uint32, quantile func(depth uint64) uint64) *Quantiles {
	var upper [cells]uint64 // of the points between 1/2 and 1; all others are whole numbers away
	for i := range upper {
		upper[i] = depth(uint64(cells+i) << (63 - 6))
	}
	return newQuantiles(cut, func(p uint64) (low, high uint64) {
		zeros := bits.LeadingZeros64(p)
		above := upper[p<<zeros>>(63-6)%cells] + uint64(zeros)<<fixedPoint
		return quantile(depth(-p)), quantile(above)
	})
}
