package mutants_test

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/sim"
)

// readOrder are the mutants whose bug is to go by the order in which promises come.
// No other holds it.
var readOrder = map[string]bool{"adopt-first": true, "adopt-last": true, "adopt-most-common": true}

// heard is what a proposer and a learner have heard by the rules of a mutant.
type heard struct {
	Promises paxos.Promises
	Tallies  paxos.Tallies
}

// TestMutantsHaveNoOrder: by the rules of each mutant, too, who has heard the same
// in another order holds the same value, unless that order is what its bug reads.
func TestMutantsHaveNoOrder(t *testing.T) {
	for _, m := range mutants.All() {
		rules := paxos.Sound()
		m.Rules(&rules)
		differs := 0
		for seed := range uint64(200) {
			r := rand.New(rand.NewPCG(seed, 3))
			own := paxos.MakeBallot(100, 1)
			var list []func(h *heard)
			for id := sim.ID(1); id <= 20; id++ {
				if r.IntN(5) == 0 {
					if countNack := rules.Slips.CountNack; countNack != nil {
						list = append(list, func(h *heard) { countNack(&h.Promises, id) })
					}
					continue
				}
				said := paxos.Message{Ballot: own}
				if r.IntN(3) > 0 {
					said.Last = paxos.MakeBallot(1+r.Uint32N(30), 1)
					said.Value = sim.Value(1 + said.Last.Round()%4)
				}
				list = append(list, func(h *heard) { rules.CountPromise(&h.Promises, id, said) })
			}
			for range 60 {
				b := paxos.MakeBallot(1+r.Uint32N(30), 1)
				from, v := sim.ID(1+r.IntN(20)), sim.Value(1+b.Round()%4)
				list = append(list, func(h *heard) { rules.CountAccepted(&h.Tallies, from, b, v) })
			}
			var got [2]heard
			for i := range got {
				got[i].Promises.Ballot = own
				for _, hear := range list {
					hear(&got[i])
				}
				r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			}
			if !reflect.DeepEqual(got[0], got[1]) {
				differs++
			}
		}
		if differs > 0 != readOrder[m.Name] {
			t.Errorf("%s: of 200 pairs that heard the same %d differ", m.Name, differs)
		}
	}
}
