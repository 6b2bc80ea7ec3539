package report

import (
	"fmt"
	"maps"
	"slices"
)

// spread counts how often each number came. It knows the exact median of any
// number of runs, and needs memory for the different numbers only.
type spread map[int64]uint64

func (s spread) add(n int64) { s[n]++ }

// text is "from 4 to 9, median 5", each number told by one; "" if there is none.
// The median is one of the numbers: of two in the middle, the lower. Of ten
// numbers or more it tells p90 as well, of a hundred or more p99: the least
// number that so many per cent do not exceed.
func (s spread) text(one func(int64) string) string {
	if len(s) == 0 {
		return ""
	}
	p := s.percentiles(0, 50, 90, 99, 100)
	if p[0] == p[4] {
		return "always " + one(p[0])
	}
	text := fmt.Sprintf("from %s to %s, median %s", one(p[0]), one(p[4]), one(p[1]))
	if n := s.total(); n >= 100 {
		text += fmt.Sprintf(", p90 %s, p99 %s", one(p[2]), one(p[3]))
	} else if n >= 10 {
		text += ", p90 " + one(p[2])
	}
	return text
}

// total is how many numbers were added.
func (s spread) total() (n uint64) {
	for _, times := range s {
		n += times
	}
	return n
}

// percentiles are the least numbers that so many per cent, given in rising
// order, do not exceed: 50 is the median, 0 the least number, 100 the greatest.
// The spread must not be empty.
func (s spread) percentiles(percents ...uint64) []int64 {
	total := s.total()
	var out []int64
	seen := uint64(0)
	for _, n := range slices.Sorted(maps.Keys(s)) {
		seen += s[n]
		for len(out) < len(percents) && 100*seen >= max(1, total*percents[len(out)]) {
			out = append(out, n)
		}
	}
	return out
}
