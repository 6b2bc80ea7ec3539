package explore

import (
	"slices"

	"github.com/paxsim/paxsim/sim/plain"
)

// path is the steps to the invariant that broke. It goes back over the parents, and then
// makes the steps once more from the start: what a world looked like is not kept.
func (x *look) path(first []uint32) ([]Step, error) {
	chain := []uint32{uint32(x.brokeAt)}
	for world := x.current; world != 0; world = x.parents[world].world {
		chain = append(chain, x.parents[world].step)
	}
	slices.Reverse(chain)
	w := x.w
	var steps []Step
	world := first
	for i, number := range chain {
		var after []uint32
		w.take = func(plain.Sum, *hop) bool { return w.at == int(number) }
		note := func() {
			local := world[w.actor-1]
			steps = append(steps, Step{Actor: w.actor, Event: w.event, Line: w.m.Line(local, w.event)})
		}
		w.push = func(next []uint32) {
			after = slices.Clone(next)
			note()
		}
		w.fault = func(uint32) {
			if i == len(chain)-1 && w.at == int(number) {
				note()
			}
		}
		w.expand(world)
		world = after
	}
	return steps, w.err
}
