// Package chance is the one door by which chance gets into a run, and what the
// questions of a world are called.
package chance

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
)

// Door is the one door for chance of a world. Each method answers a choice with a
// name: k must be another for each choice of a run. The source is asked only where
// there are at least 2 outcomes. The methods panic if it answers with an outcome that
// there is not. The zero Door answers as the zero Seed does.
type Door struct {
	Seed   scheduler.Seed
	Source scheduler.Source // what may answer differently from the seed; nil: nothing
}

// answer settles the choice k, for which the seed says seeded.
func (c *Door) answer(k scheduler.Key, outcomes, seeded uint32) uint32 {
	if c.Source == nil || outcomes < 2 {
		return seeded
	}
	return c.Ask(k, outcomes, seeded)
}

// Ask asks the source, which must not be nil, for one of at least 2 outcomes. The
// seed's own answer is seeded.
func (c *Door) Ask(k scheduler.Key, outcomes, seeded uint32) uint32 {
	a := c.Source.Answer(k, outcomes, seeded)
	if a >= outcomes {
		panic(fmt.Sprintf("sim: choice %v answered %d of 0..%d", k, a, outcomes-1))
	}
	return a
}

// Choose answers a choice among weighted outcomes: one of 0..weights.Outcomes()-1. 0 is
// the calm one.
func (c *Door) Choose(k scheduler.Key, weights scheduler.Weights) uint32 {
	return c.answer(k, weights.Outcomes(), weights.Seeded(c.Seed.Hash(k)))
}

// Pick answers a choice among n outcomes, all as likely: one of 0..n-1. n is at least
// 1. 0 is the calm one.
func (c *Door) Pick(k scheduler.Key, n uint32) uint32 {
	return c.answer(k, n, scheduler.Scale(uint32(c.Seed.Hash(k)>>32), n))
}

// Flip answers a choice between false, the calm answer, and true, which has the chance
// p.
func (c *Door) Flip(k scheduler.Key, p scheduler.Coin) bool {
	return c.answer(k, 2, p.Toss(uint32(c.Seed.Hash(k)))) != 0
}
