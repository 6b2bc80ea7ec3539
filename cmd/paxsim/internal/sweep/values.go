package sweep

import (
	"maps"
	"math"
	"math/big"
	"math/bits"
	"slices"
)

// Values counts how often each whole number came. It tells exact percentiles
// and the mean, whatever the order in which the numbers came.
type Values struct {
	counts map[int64]uint64
	n      uint64
	sum    [2]uint64 // the upper and the lower half
	sorted []int64   // the different numbers, once Quantile has been asked
}

// Add counts a number, which is not negative.
func (v *Values) Add(n int64) {
	if v.counts == nil {
		v.counts = map[int64]uint64{}
	}
	v.counts[n]++
	v.n++
	low, carry := bits.Add64(v.sum[1], uint64(n), 0)
	v.sum = [2]uint64{v.sum[0] + carry, low}
	v.sorted = nil
}

// N is how many numbers there are.
func (v *Values) N() uint64 { return v.n }

// Quantile is the least number that at least num of den parts of all numbers do
// not exceed: 1, 2 is the median, of two in the middle the lower. There must be
// a number.
func (v *Values) Quantile(num, den uint64) int64 {
	if v.sorted == nil {
		v.sorted = slices.Sorted(maps.Keys(v.counts))
	}
	seen := uint64(0)
	for _, n := range v.sorted {
		if seen += v.counts[n]; seen*den >= max(1, v.n*num) {
			return n
		}
	}
	return v.sorted[len(v.sorted)-1]
}

// Mean is the mean in thousandths, rounded. There must be a number.
func (v *Values) Mean() int64 {
	sum := new(big.Int).SetUint64(v.sum[0])
	sum.Lsh(sum, 64).Add(sum, new(big.Int).SetUint64(v.sum[1]))
	n := new(big.Int).SetUint64(v.n)
	sum.Mul(sum, big.NewInt(1000)).Add(sum, new(big.Int).Rsh(n, 1))
	if sum.Quo(sum, n); !sum.IsInt64() {
		return math.MaxInt64
	}
	return sum.Int64()
}
