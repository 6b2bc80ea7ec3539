package partitions

import (
	"math/bits"
	"testing"

	"github.com/paxsim/paxsim/sim/ids"
)

// listOf is the actors whose bits are set in a mask, actor 1 first.
func listOf(mask int) (who []ids.ID) {
	for ; mask != 0; mask &= mask - 1 {
		who = append(who, ids.ID(1+bits.TrailingZeros(uint(mask))))
	}
	return who
}

// in says whether an actor's bit is set in a mask.
func in(mask int, id ids.ID) bool { return mask>>(id-1)&1 != 0 }

// turned is a list in another order: from the middle on, and then from the first.
func turned(who []ids.ID) []ids.ID {
	half := len(who) / 2
	return append(append([]ids.ID(nil), who[half:]...), who[:half]...)
}

// hold compares who is apart among n actors with what a model says.
func hold(t *testing.T, what string, n int, got, want func(from, to ids.ID) bool) {
	t.Helper()
	for from := ids.ID(1); int(from) <= n; from++ {
		for to := ids.ID(1); int(to) <= n; to++ {
			if from != to && got(from, to) != want(from, to) {
				t.Fatalf("%s among %d: from %d to %d is cut: %v", what, n, from, to, got(from, to))
			}
		}
	}
}

// TestApart holds who is apart, by each shape and for each set of up to 9 actors,
// against what the comment of the shape says.
func TestApart(t *testing.T) {
	for n := 1; n <= 9; n++ {
		for mask := range 1 << n {
			who := turned(listOf(mask))
			s := make(Sides, n+1)
			apart := func(shape Shape, many int) func(from, to ids.ID) bool {
				return func(from, to ids.ID) bool { return s.Apart(shape, many, from, to) }
			}

			s.Mark(who, 1)
			hold(t, "isolated", n, apart(Isolate, 0), func(from, to ids.ID) bool { return in(mask, from) || in(mask, to) })

			clear(s)
			s.Split([][]ids.ID{who})
			hold(t, "split", n, apart(Halves, 0), func(from, to ids.ID) bool { return in(mask, from) != in(mask, to) })

			clear(s)
			many := s.InLine(who)
			place := map[ids.ID]int{}
			for i, id := range who {
				place[id] = i
			}
			gap := func(from, to ids.ID) int { return max(place[from]-place[to], place[to]-place[from]) }
			both := func(from, to ids.ID) bool { return in(mask, from) && in(mask, to) }
			hold(t, "chain", n, apart(Chain, many), func(from, to ids.ID) bool { return both(from, to) && gap(from, to) != 1 })
			hold(t, "ring", n, apart(Ring, many), func(from, to ids.ID) bool {
				return both(from, to) && gap(from, to) != 1 && gap(from, to) != len(who)-1
			})
		}
	}
}

// TestOneWay holds cuts from some to others, and links, for all sets of up to 5 actors.
func TestOneWay(t *testing.T) {
	for n := 1; n <= 5; n++ {
		for senders := range 1 << n {
			for receivers := range 1 << n {
				s := make(Sides, n+1)
				s.Mark(listOf(senders), Sender)
				s.Mark(listOf(receivers), Receiver)
				between := func(from, to ids.ID) bool { return in(senders, from) && in(receivers, to) }
				hold(t, "one way", n, func(from, to ids.ID) bool { return s.Apart(OneWay, 0, from, to) }, between)
				hold(t, "links", n, func(from, to ids.ID) bool { return s.Covers(nil, from, to, 3) }, between)
				hold(t, "links of a kind", n, func(from, to ids.ID) bool { return s.Covers([]uint8{7, 3}, from, to, 3) }, between)
				hold(t, "links of other kinds", n, func(from, to ids.ID) bool { return s.Covers([]uint8{7}, from, to, 3) }, func(ids.ID, ids.ID) bool { return false })
			}
		}
	}
}

// TestSplit: each part is a side, and all who are in none are one more.
func TestSplit(t *testing.T) {
	s := make(Sides, 8)
	s.Split([][]ids.ID{{7, 2}, {3}, {4, 1}})
	part := [...]int{0, 3, 1, 2, 3, 0, 0, 1} // by actor
	hold(t, "three parts", 7, func(from, to ids.ID) bool { return s.Apart(Halves, 0, from, to) },
		func(from, to ids.ID) bool { return part[from] != part[to] })
}

// TestBridge: of those who are on no bridge, the first half by number is on one side.
// Only who is on the bridge reaches both.
func TestBridge(t *testing.T) {
	for n := 1; n <= 9; n++ {
		for mask := range 1 << n {
			s := make(Sides, n+1)
			s.Bridge(listOf(mask))
			rest := listOf((1<<n - 1) &^ mask)
			first := map[ids.ID]bool{}
			for _, id := range rest[:(len(rest)+1)/2] {
				first[id] = true
			}
			hold(t, "bridge", n, func(from, to ids.ID) bool { return s.Apart(Bridge, 0, from, to) },
				func(from, to ids.ID) bool { return !in(mask, from) && !in(mask, to) && first[from] != first[to] })
		}
	}
}

// TestHalve: each actor is where it was drawn, but for the last if else one side were
// empty. So with two actors or more no side is.
func TestHalve(t *testing.T) {
	for n := 1; n <= 9; n++ {
		for mask := range 1 << n {
			s := make(Sides, n+1)
			asked := ids.ID(0)
			s.Halve(func(id ids.ID) uint8 {
				if asked++; id != asked {
					t.Fatalf("actor %d is drawn as the %d.", id, asked)
				}
				return uint8(mask >> (id - 1) & 1)
			})
			want := mask
			if mask == 0 || mask == 1<<n-1 {
				want ^= 1 << (n - 1)
			}
			got := 0
			for id := 1; id <= n; id++ {
				got |= int(s[id]) << (id - 1)
			}
			if got != want || n > 1 && (got == 0 || got == 1<<n-1) {
				t.Errorf("%d actors drawn as %b are on the sides %b, want %b", n, mask, got, want)
			}
		}
	}
}
