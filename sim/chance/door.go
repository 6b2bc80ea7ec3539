// Package chance is the one door by which chance gets into a run, and what the
// questions of a world are called.
package chance

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
)

// Door is the one door for chance of a world.
type Door struct {
	Seed   scheduler.Seed
	Source scheduler.Source // nil: the seed alone
}

// answer settles the choice k, for which the seed says seeded.
func (c *Door) answer(k scheduler.Key, outcomes, seeded uint32) uint32 {
	if c.Source == nil || outcomes < 2 {
		return seeded
	}
	return c.Ask(k, outcomes, seeded)
}

// Ask asks the source, and panics if it answers what was not asked.
func (c *Door) Ask(k scheduler.Key, outcomes, seeded uint32) uint32 {
	a := c.Source.Answer(k, outcomes, seeded)
	if a >= outcomes {
		panic(fmt.Sprintf("sim: choice %v answered %d of 0..%d", k, a, outcomes-1))
	}
	return a
}

// Choose asks a choice of a protocol, whose weights are given.
func (c *Door) Choose(k scheduler.Key, weights scheduler.Weights) uint32 {
	return c.answer(k, weights.Outcomes(), weights.Seeded(c.Seed.Hash(k)))
}

// Pick asks a choice among n equal outcomes.
func (c *Door) Pick(k scheduler.Key, n uint32) uint32 {
	return c.answer(k, n, scheduler.Scale(uint32(c.Seed.Hash(k)>>32), n))
}

// Flip asks a choice between no (calm) and yes.
func (c *Door) Flip(k scheduler.Key, p scheduler.Coin) bool {
	return c.answer(k, 2, p.Toss(uint32(c.Seed.Hash(k)))) != 0
}
