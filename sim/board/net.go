package board

import (
	"slices"

	"github.com/paxsim/paxsim/sim/ids"
)

// Net is the changes that leave something behind, in their order: without them a board
// would not be the same. What is wrong is always left.
func Net(list []Change) []Change {
	type subject struct {
		what  What
		round ids.Round
		actor ids.ID
		value ids.Value
	}
	over := map[subject]bool{} // a later change is about the same
	var out []Change
	for i := len(list) - 1; i >= 0; i-- {
		c := list[i]
		about := subject{c.What, c.Round, c.Actor, c.Value}
		gone := false // it takes back what an empty board does not have
		switch c.What {
		case Bound:
			about.round = 0
		case Reported:
			about.value = 0
		case CannotBe:
			about.what, gone = CanBe, true
		case SafeOnly, SafeAny, SafeNone:
			about.what, about.value = SafeNone, 0
		}
		safe := about.what == SafeNone
		if over[about] && (c.Text == "" || safe) {
			continue
		}
		over[about] = true
		if !gone {
			out = append(out, c)
		}
	}
	slices.Reverse(out)
	return out
}
