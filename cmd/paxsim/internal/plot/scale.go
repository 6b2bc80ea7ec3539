package plot

import (
	"math/bits"
	"strings"

	"github.com/paxsim/paxsim/sim/explain/say"
)

// scale turns values into places along a side of the field, in tenths of a pixel.
type scale struct {
	axis       *Axis
	low, high  int64 // values at the ends; low is below high
	from, long int   // the place of low, and how far high is from it; negative: upwards
	ticks      []Tick
}

// newScale is the scale for values from least to greatest. A linear one of round
// numbers begins at 0 and ends at a round number, a logarithmic one begins at one too.
func newScale(a *Axis, least, greatest int64, from, long int) scale {
	s := scale{axis: a, low: least, high: greatest, from: from, long: long, ticks: a.Ticks}
	switch {
	case a.Log:
		s.low, s.high = max(s.low, 1), max(s.high, 1)
		if a.Ticks == nil {
			s.low, s.high, s.ticks = a.factors(s.low, s.high)
		}
	case a.Ticks == nil:
		s.low = 0
		s.high, s.ticks = a.rounds(max(greatest, a.End))
	}
	if s.high <= s.low {
		s.high = s.low + 1
	}
	return s
}

// at is the place of a value. What is outside is put at the nearer end.
func (s *scale) at(v int64) int {
	v = min(max(v, s.low), s.high)
	a, b, c := v, s.low, s.high
	if s.axis.Log {
		a, b, c = log2(v), log2(s.low), log2(s.high)
	}
	long := s.long
	if long < 0 {
		return s.from - share(uint64(a-b), uint64(c-b), uint64(-long))
	}
	return s.from + share(uint64(a-b), uint64(c-b), uint64(long))
}

// share is the part of long that a is of all, rounded. a is at most all, and all
// is not 0.
func share(a, all, long uint64) int {
	hi, lo := bits.Mul64(a, long)
	lo, carry := bits.Add64(lo, all/2, 0)
	q, _ := bits.Div64(hi+carry, lo, all)
	return int(q)
}

// log2 is the logarithm of v to the base of 2, in 2^-24. v is at least 1.
func log2(v int64) int64 {
	whole := bits.Len64(uint64(v)) - 1
	m := uint64(v) << (63 - whole) // m / 2^63 is from 1 to 2
	out := int64(whole)
	for range 24 {
		hi, lo := bits.Mul64(m, m) // hi / 2^62 is its square
		if out <<= 1; hi>>63 != 0 {
			out, m = out|1, hi
		} else {
			m = hi<<1 | lo>>63
		}
	}
	return out
}

// round is the least number that is 1, 2 or 5 times a power of ten and not below v.
func round(v int64) int64 {
	for ten := int64(1); ; ten *= 10 {
		for _, n := range [...]int64{1, 2, 5} {
			if n*ten >= v || ten >= 1e18 {
				return n * ten
			}
		}
	}
}

// rounds are round numbers from 0 to the first that is not below greatest.
func (a *Axis) rounds(greatest int64) (end int64, ticks []Tick) {
	step := round((max(greatest, 1) + 5) / 6)
	for v := int64(0); ; v += step {
		ticks = append(ticks, Tick{v, a.text(v)})
		if v >= greatest && v > 0 {
			return v, ticks
		}
	}
}

// factors are round numbers around the values from least to greatest, at least 1:
// 1, 2 and 5 of each power of ten, or the powers alone where these are many.
func (a *Axis) factors(least, greatest int64) (low, high int64, ticks []Tick) {
	parts := []int64{1, 2, 5}
	if greatest/least >= 10_000 {
		parts = parts[:1]
	}
	var all []int64
	for ten := int64(1); ; ten *= 10 {
		for _, n := range parts {
			all = append(all, n*ten)
		}
		if ten == 1e18 { // no greater power fits
			break
		}
	}
	first, last := 0, len(all)-1
	for first+1 < len(all) && all[first+1] <= least {
		first++
	}
	for last > first+1 && all[last-1] >= greatest {
		last--
	}
	for _, v := range all[first : last+1] {
		ticks = append(ticks, Tick{v, a.text(v)})
	}
	return all[first], max(all[last], greatest), ticks
}

// text is a value in the unit of the axis: "1,250" or "0.05".
func (a *Axis) text(v int64) string { return Number(v, a.Decimals) }

// Number is a value that counts 10^-decimals, without zeros at its end. It is
// not negative.
func Number(v int64, decimals int) string {
	one := int64(1)
	for range decimals {
		one *= 10
	}
	text := say.Count(uint64(v / one))
	if rest := v % one; rest != 0 {
		digits := say.Count(uint64(one + rest))[1:]
		text += "." + strings.TrimRight(strings.ReplaceAll(digits, ",", ""), "0")
	}
	return text
}
