package scheduler

import "math/bits"

// Fixed-point arithmetic for the tables of [Quantiles]: unsigned numbers in
// units of 2^-48. Every function rounds down, and so is monotone and the same on
// every machine. math.Log and its kin are not: they may differ in the last bit.

const fixedPoint = 48 // where the binary point of a fixed-point number lies

const (
	ln2   = 0xb17217f7d1cf79ab                                       // the natural logarithm of 2, in units of 2^-64
	log2e = 14426950408889634 << fixedPoint / 10_000_000_000_000_000 // 1/ln 2, in units of 2^-48
)

// mulFixed is a·b, which must be below 2^16.
func mulFixed(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi<<(64-fixedPoint) | lo>>fixedPoint
}

// divFixed is a/b, which must be below 2^16.
func divFixed(a, b uint64) uint64 {
	q, _ := bits.Div64(a>>(64-fixedPoint), a<<fixedPoint, b)
	return q
}

// depth is -log2(t/2^64) for t > 0. The bits of the logarithm come one by one:
// each time that a number between 1 and 2 is squared, its logarithm doubles.
func depth(t uint64) uint64 {
	zeros := bits.LeadingZeros64(t)
	x := t << zeros // in units of 2^-63, from 1 to 2
	var log uint64
	for range fixedPoint {
		hi, lo := bits.Mul64(x, x)
		bit := hi >> 63 // whether the square is 2 or more: then half of it goes on
		log = log<<1 | bit
		x = hi<<(1-bit) | lo>>(63+bit)
	}
	return uint64(zeros+1)<<fixedPoint - log
}

// factorials are 1/k! in units of 2^-63: the series of the exponential function.
var factorials = [...]uint64{
	1 << 63, 1 << 63, 1 << 63 / 2, 1 << 63 / 6, 1 << 63 / 24, 1 << 63 / 120, 1 << 63 / 720, 1 << 63 / 5040, 1 << 63 / 40320,
	1 << 63 / 362880, 1 << 63 / 3628800, 1 << 63 / 39916800, 1 << 63 / 479001600, 1 << 63 / 6227020800,
	1 << 63 / 87178291200, 1 << 63 / 1307674368000, 1 << 63 / 20922789888000, 1 << 63 / 355687428096000,
}

// powerOf2 is scale·2^y in the units of a quantile, and at most farthest; y is
// in units of 2^-48.
func powerOf2(scale uint32, y int64) uint64 {
	w, _ := bits.Mul64(uint64(y)<<(64-fixedPoint), ln2) // the fraction of y; e^w = 2^fraction
	var x uint64                                        // in units of 2^-63, from 1 to 2
	for k := len(factorials) - 1; k >= 0; k-- {
		x, _ = bits.Mul64(x, w)
		x += factorials[k]
	}
	hi, lo := bits.Mul64(uint64(scale), x)
	return shifted(hi, lo, 63-quantilePoint-int(y>>fixedPoint))
}

// shifted is the 128-bit number (hi, lo) without its last n bits, and at most
// farthest. If n is negative and the number is not 0, that is farthest.
func shifted(hi, lo uint64, n int) uint64 {
	switch {
	case hi|lo == 0:
		return 0
	case n < 0 || n < 64 && hi>>n != 0:
		return farthest
	case n < 64:
		return min(hi<<(64-n)|lo>>n, farthest)
	}
	return min(hi>>(n-64), farthest)
}

// root is the square root of x, rounded down to a whole number, by Newton's
// method from above.
func root(x uint64) uint64 {
	if x == 0 {
		return 0
	}
	r := uint64(1) << ((bits.Len64(x) + 1) / 2)
	for {
		next := (r + x/r) / 2
		if next >= r {
			return r
		}
		r = next
	}
}

// deviation says how many standard deviations the quantile of a normal
// distribution lies from the middle if p/2^64 of the weight lies beyond it, for
// p from 2^31 to 2^63. It is right to one part in 10^6: the routine PPND7 of
// Wichura, "Algorithm AS 241: the percentage points of the normal distribution"
// (Applied Statistics 37, 1988), whose third case begins at 1.4e-11.
func deviation(p uint64) uint64 {
	const (
		one = 1 << fixedPoint
		e10 = 10_000_000_000
		a0  = 33871327179 * one / e10
		a1  = 504342719380 * one / e10
		a2  = 1592911320200 * one / e10
		a3  = 591093747200 * one / e10
		b1  = 178951694690 * one / e10
		b2  = 787577576640 * one / e10
		b3  = 671875636000 * one / e10
		c0  = 14234372777 * one / e10
		c1  = 27568153900 * one / e10
		c2  = 13067284816 * one / e10
		c3  = 1702382110 * one / e10
		d1  = 7370016425 * one / e10
		d2  = 1202113298 * one / e10
	)
	if q := (1<<63 - p) >> (64 - fixedPoint); q <= 425*one/1000 {
		r := 180625*one/1000_000 - mulFixed(q, q)
		num := a0 + mulFixed(r, a1+mulFixed(r, a2+mulFixed(r, a3)))
		den := one + mulFixed(r, b1+mulFixed(r, b2+mulFixed(r, b3)))
		return mulFixed(q, divFixed(num, den))
	}
	ln, _ := bits.Mul64(depth(p), ln2)
	r := root(ln<<8)<<(fixedPoint-(fixedPoint+8)/2) - 16*one/10
	num := c0 + mulFixed(r, c1+mulFixed(r, c2+mulFixed(r, c3)))
	den := one + mulFixed(r, d1+mulFixed(r, d2))
	return divFixed(num, den)
}
