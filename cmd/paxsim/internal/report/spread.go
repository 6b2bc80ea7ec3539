package report

import (
	"fmt"
	"slices"
)

// spread counts how often each number came. It knows the exact median of any
// number of runs, and needs memory for the different numbers only.
type spread map[int64]uint64

func (s spread) add(n int64) { s[n]++ }

// text is "from 4 to 9, median 5", each number told by one; "" if there is none.
// The median is one of the numbers: of two in the middle, the lower.
func (s spread) text(one func(int64) string) string {
	if len(s) == 0 {
		return ""
	}
	least, median, most := s.middle()
	if least == most {
		return "always " + one(least)
	}
	return fmt.Sprintf("from %s to %s, median %s", one(least), one(most), one(median))
}

// middle is the least, the median and the greatest number of a spread that is
// not empty.
func (s spread) middle() (least, median, most int64) {
	total := uint64(0)
	numbers := make([]int64, 0, len(s))
	for n, times := range s {
		numbers = append(numbers, n)
		total += times
	}
	slices.Sort(numbers)
	seen := uint64(0)
	for _, n := range numbers {
		if seen += s[n]; seen > (total-1)/2 {
			return numbers[0], n, numbers[len(numbers)-1]
		}
	}
	panic("report: a spread without a median")
}
