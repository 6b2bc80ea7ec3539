package explore

import "github.com/paxsim/paxsim/sim"

// What is bounded by a scope for all actors together is one number of a world: how many
// crashes there were and how many messages arrived twice. A crash costs as much as all
// duplicates and one more. The number also says who may crash, if that was chosen, see
// prophecy.go: each choice has as many numbers as there can be things spent.

// priceOf is what so many crashes cost.
func (x *memo) priceOf(crashes int) int { return crashes * (x.scope.Duplicates + 1) }

// affords says whether an actor, by its place, may make a hop in a world with that number.
func (x *memo) affords(number uint32, i int, h *hop) bool {
	return h.spends == 0 || x.mayCrash(number, i, int(h.spends))
}

// mayCrash says whether the actor at a place may crash, at that price.
func (x *memo) mayCrash(number uint32, i, price int) bool {
	p := &x.prophecy
	return (int(number)%p.numbers+price)/(x.scope.Duplicates+1) <= x.scope.Crashes && p.choices[int(number)/p.numbers]>>(i&63)&1 != 0
}

// mayDouble says whether a packet may arrive in a world with that number, and stay on its
// way to arrive once more. What an actor sends to itself is never doubled.
func (x *memo) mayDouble(number, p uint32) bool {
	return x.doublesLeft(number) && x.from[p] != x.to[p]
}

// doublesLeft says whether one more message may arrive twice.
func (x *memo) doublesLeft(number uint32) bool {
	return x.scope.Duplicates > 0 && x.scope.Network == sim.AtMostOnce && int(number)%x.prophecy.numbers%(x.scope.Duplicates+1) < x.scope.Duplicates
}

// after is the number after so much more is spent.
func (x *memo) after(number uint32, spends uint16) uint32 {
	number += uint32(spends)
	if spent := number % uint32(x.prophecy.numbers); int(spent)/(x.scope.Duplicates+1) == x.scope.Crashes {
		return spent // there is no crash to come, whatever was chosen
	}
	return number
}
