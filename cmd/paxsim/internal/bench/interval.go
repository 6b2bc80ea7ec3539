package bench

import "math/big"

// The interval of a median. Of n repetitions each needs as many runs as the median
// or fewer with a probability of one half at least, and as many or more likewise. So
// the number of those that need fewer is at most binomial, and the interval from the
// k-th least to the k-th greatest misses the median with a probability of at most
// 2·P(Bin(n, 1/2) < k), whatever the distribution (David and Nagaraja, "Order
// Statistics", 2003, 7.1). k is the greatest with which that is 5% or less.

// missIn is one over the greatest probability with which an interval misses.
const missIn = 20

// medianRank is k; 0: so few repetitions give no interval.
func medianRank(n int) (k int) {
	// missIn · 2 · (C(n,0) + … + C(n,k-1)) ≤ 2^n
	all := new(big.Int).Lsh(big.NewInt(1), uint(n))
	sum, choose := new(big.Int), big.NewInt(1)
	for k < n/2 {
		sum.Add(sum, choose)
		if new(big.Int).Mul(sum, big.NewInt(2*missIn)).Cmp(all) > 0 {
			return k
		}
		choose.Mul(choose, big.NewInt(int64(n-k)))
		choose.Div(choose, big.NewInt(int64(k+1)))
		k++
	}
	return k
}
