package report

import "testing"

// TestHistogram: small numbers are kept as they are, great ones to three digits, in any
// order, and those that are beyond all count as the greatest.
func TestHistogram(t *testing.T) {
	up, down := NewHistogram(), NewHistogram()
	for n := range int64(1000) {
		up.Add(n)
		down.Add(999 - n)
	}
	for percent, want := range map[int]int64{50: 499, 90: 899, 99: 989, 100: 999} {
		if got := up.Percentile(percent); got != want || down.Percentile(percent) != want {
			t.Errorf("%d%%: %d and %d, want %d", percent, got, down.Percentile(percent), want)
		}
	}
	for _, n := range []int64{123_456_789, greatest, 1 << 60} {
		h := NewHistogram()
		h.Add(n)
		if got, want := h.Percentile(50), min(n, greatest); got < want || got-want > want/1000 {
			t.Errorf("%d is kept as %d", n, got)
		}
	}
}
