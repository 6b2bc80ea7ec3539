package explore

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
)

// What is bounded by a scope for all actors together is one number of a world: how many
// crashes there were and how many messages arrived twice. A crash costs as much as all
// duplicates and one more.

// price is what so many crashes cost.
func (x *memo) price(crashes int) uint16 { return uint16(crashes * (x.scope.Duplicates + 1)) }

// affords says whether a world in which so much is spent allows a hop.
func (x *memo) affords(spent uint32, h *hop) bool {
	return h.spends == 0 || (int(spent)+int(h.spends))/(x.scope.Duplicates+1) <= x.scope.Crashes
}

// mayDouble says whether a packet may arrive in a world in which so much is spent, and
// stay on its way to arrive once more. What an actor sends to itself is never doubled.
func (x *memo) mayDouble(spent, p uint32) bool {
	return x.scope.Duplicates > 0 && x.scope.Network == sim.AtMostOnce &&
		int(spent)%(x.scope.Duplicates+1) < x.scope.Duplicates && x.from[p] != x.to[p]
}

// spentTokens are the hashes of the first so many numbers of what is spent.
func spentTokens(n int) (list []plain.Sum) {
	for k := range n {
		var h plain.Hash
		h.Mix(uint64(k) + 1<<40)
		list = append(list, h.Sum())
	}
	return list
}
