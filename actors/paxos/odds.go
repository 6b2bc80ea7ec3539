package paxos

import "math/bits"

// odds is a probability in units of 2^-63. Sums over them round down, so that
// what comes out is a bound from below, the same on every machine.
type odds uint64

const certainly odds = 1 << 63

// times is the probability of both of two independent things.
func (p odds) and(q odds) odds {
	hi, lo := bits.Mul64(uint64(p), uint64(q))
	return odds(hi<<1 | lo>>63)
}

// not is the probability that it does not happen.
func (p odds) not() odds { return certainly - p }

// power is the probability of k independent things as likely.
func (p odds) power(k uint64) odds {
	all := certainly
	for ; k > 0 && all > 0; k >>= 1 {
		if k&1 != 0 {
			all = all.and(p)
		}
		p = p.and(p)
	}
	return all
}

// tries is how often one must try until what has the probability p has happened once,
// except with a chance below e^-nats.
func (p odds) tries(nats uint64) uint64 {
	if p == 0 {
		return 1 << 62
	}
	n, _ := bits.Div64(nats>>1, nats<<63, uint64(max(p, 1<<20)))
	return n + 1
}

// someOf is the probability that at least k of n independent things happen that
// are as likely each. For very many a rough bound serves.
func (p odds) someOf(k, n int) odds {
	switch {
	case k <= 0:
		return certainly
	case k > n:
		return 0
	case n > 300:
		if p > certainly/10*7 && 2*k <= n+2 {
			return certainly / 2
		}
		return 0
	}
	exactly := make([]odds, k+1) // exactly[j]: j of those so far; the last: k or more
	exactly[0] = certainly
	for range n {
		for j := k; j >= 0; j-- {
			stay := exactly[j].and(p.not())
			if j == k {
				stay = exactly[j]
			}
			if j > 0 {
				stay += exactly[j-1].and(p)
			}
			exactly[j] = stay
		}
	}
	return exactly[k]
}
