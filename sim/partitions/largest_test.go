package partitions

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/ids"
)

// cuts are cuts in force, each with the sides that it makes.
type cuts struct {
	list []struct {
		shape Shape
		n     int
		sides Sides
	}
	asked int // whether somebody is apart
}

func (c *cuts) Apart(from, to ids.ID) bool {
	c.asked++
	for _, x := range c.list {
		if x.sides.Apart(x.shape, x.n, from, to) {
			return true
		}
	}
	return false
}

func (c *cuts) Alike(a, b ids.ID) bool {
	for _, x := range c.list {
		if x.sides[a] != x.sides[b] {
			return false
		}
	}
	return true
}

// some are up to 3 cuts among n actors.
func some(r *rand.Rand, n int) (c cuts) {
	for range r.IntN(4) {
		sides := make(Sides, n+1)
		who := func() []ids.ID {
			all := listOf(1<<n - 1)
			r.Shuffle(n, func(i, j int) { all[i], all[j] = all[j], all[i] })
			return all[:r.IntN(n+1)]
		}
		shape, many := Shape(r.IntN(int(Bridge)+1)), 0
		switch shape {
		case Isolate:
			sides.Mark(who(), 1)
		case OneWay:
			sides.Mark(who(), Sender)
			sides.Mark(who(), Receiver)
		case Halves:
			sides.Halve(func(ids.ID) uint8 { return uint8(r.IntN(2)) })
		case Ring, Chain:
			many = sides.InLine(who())
		case Bridge:
			sides.Bridge(who())
		}
		c.list = append(c.list, struct {
			shape Shape
			n     int
			sides Sides
		}{shape, many, sides})
	}
	return c
}

// TestLargest holds the largest side of random cuts against one that looks at every
// actor, for up to 9 actors. Of those who are alike only the first is looked at.
func TestLargest(t *testing.T) {
	var l Largest
	tied, saved := 0, 0
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := 1 + r.IntN(9)
		c := some(r, n)
		var want []ids.ID
		for a := ids.ID(1); int(a) <= n; a++ {
			var side []ids.ID
			for b := ids.ID(1); int(b) <= n; b++ {
				if a == b || !c.Apart(a, b) && !c.Apart(b, a) {
					side = append(side, b)
				}
			}
			if len(side) > len(want) {
				want = side
			} else if len(side) == len(want) && !slices.Equal(side, want) {
				tied++
			}
		}
		all := c.asked
		c.asked = 0
		set := l.Of(n, &c)
		var got []ids.ID
		for id := set.Next(0); id != 0; id = set.Next(id) {
			got = append(got, id)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: %v, want %v", seed, got, want)
		}
		if c.asked > all {
			t.Fatalf("seed %d: it asks %d times, and looking at all takes %d", seed, c.asked, all)
		}
		saved += all - c.asked
	}
	if tied < 500 || saved < 10_000 {
		t.Errorf("of several that are as large %d, %d questions saved: this tries too little", tied, saved)
	}
}

// TestIdle: a cut that says of itself that it parts nobody does not; and one that lists
// its actors, or takes all of them, says so if it does not.
func TestIdle(t *testing.T) {
	for n := 1; n <= 6; n++ {
		for _, shape := range []Shape{Isolate, Ring, Chain} {
			for mask := range 1 << n {
				who := listOf(mask)
				s := make(Sides, n+1)
				if shape == Isolate {
					s.Mark(who, 1)
				}
				many := 0
				if shape != Isolate {
					many = s.InLine(who)
				}
				parts := false
				for a := ids.ID(1); int(a) <= n; a++ {
					for b := ids.ID(1); int(b) <= n; b++ {
						parts = parts || a != b && s.Apart(shape, many, a, b)
					}
				}
				targets := []aims.Target{aims.These(who...), {Group: aims.AtRandom, Many: len(who)}}
				if len(who) == 1 {
					targets = append(targets, aims.Target{Group: aims.InRole})
				}
				if len(who) == n {
					targets = append(targets, aims.Target{Group: aims.Everyone})
				}
				for _, target := range targets {
					c := Cut{Shape: shape, Who: target}
					if c.Idle(n) == parts {
						t.Errorf("shape %d of %v among %d: idle %v, and it parts somebody: %v", shape, target, n, c.Idle(n), parts)
					}
				}
			}
		}
	}
}
