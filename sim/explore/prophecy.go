package explore

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
)

// An actor that may crash can postpone little: a crash undoes some of what it does. So with
// [Options].Order it is chosen beforehand who may crash. There is one first world for each
// choice, in which nobody else does, and all others can postpone much more. Whoever crashes
// on a way is in one of the choices, so no way is lost; and once all crashes have been,
// worlds that differ in the choice alone are one.

// mostChoices is how many choices there may be. If there are more, all may crash.
const mostChoices = 64

// prophecy is who may crash.
type prophecy struct {
	choices []uint64 // each a set of actors by their places, a bit each
	numbers int      // how many numbers of worlds each choice has, see spent.go
}

// foretell makes one choice, that all may crash, or each choice of as many as there are
// crashes. Each number of a world has a hash, which says who may still crash.
func (x *memo) foretell(all bool, group []plain.Renaming) {
	crashes := x.scope.Crashes
	x.prophecy = prophecy{[]uint64{everybody}, (crashes + 1) * (x.scope.Duplicates + 1)}
	if all && 0 < crashes && crashes < x.n && x.n <= 64 {
		if list := sets(crashes, x.n, mostChoices); len(list) > 0 {
			x.prophecy.choices = list
		}
	}
	x.crashes = x.crashes[:0]
	for number := range len(x.prophecy.choices) * x.prophecy.numbers {
		for _, r := range group {
			choice, spent := x.prophecy.choices[number/x.prophecy.numbers], number%x.prophecy.numbers
			var h plain.Hash
			h.Mix(uint64(spent) + 1<<40)
			if choice != everybody && spent/(x.scope.Duplicates+1) < crashes {
				h.Mix(renamed(choice, x.n, &r))
			}
			x.crashes = append(x.crashes, h.Sum())
		}
	}
}

// everybody is a set of actors, by their places.
const everybody = ^uint64(0)

// renamed is a set of actors under other numbers.
func renamed(set uint64, actors int, r *plain.Renaming) (to uint64) {
	for i := range actors {
		if set>>i&1 != 0 {
			to |= 1 << (r.Actor(sim.ID(i+1)) - 1)
		}
	}
	return to
}

// sets is all sets of so many of n, n being 64 at most; nil: there are more than most.
func sets(size, n, most int) (list []uint64) {
	for set := uint64(1)<<size - 1; n == 64 || set>>n == 0; {
		if len(list) == most {
			return nil
		}
		list = append(list, set)
		low := set & -set
		ripple := set + low // the next larger number with as many bits
		if ripple == 0 {
			break
		}
		set = ripple | (set^ripple)>>2/low
	}
	return list
}
