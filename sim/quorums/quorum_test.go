package quorums_test

import (
	"testing"

	"github.com/paxsim/paxsim/sim/quorums"
)

// TestQuorum holds what a quorum is against counting members, for up to 9 of them and
// all sizes.
func TestQuorum(t *testing.T) {
	for n := 1; n <= 9; n++ {
		for size := 0; size <= n; size++ {
			q := quorums.Quorum{Size: size}
			least := 0 // how many must be there until they are a quorum
			for least <= n && !q.Holds(least, n) {
				least++
			}
			if got := q.Least(n); got != least {
				t.Errorf("size %d: %d of %d are a quorum, and at least %d", size, least, n, got)
			}
			for have := least; have <= n; have++ {
				if !q.Holds(have, n) {
					t.Errorf("size %d: %d of %d are none, and fewer are", size, have, n)
				}
			}
			if size > 0 && least != size {
				t.Errorf("size %d: %d of %d", size, least, n)
			}
		}
	}
}

// TestMajority: without a size a quorum is a majority. So two always meet, and one
// member less is not enough for that.
func TestMajority(t *testing.T) {
	for n := 1; n <= 9; n++ {
		var q quorums.Quorum
		if least := q.Least(n); 2*least <= n || 2*(least-1) > n {
			t.Errorf("a majority of %d is %d", n, least)
		}
	}
}
