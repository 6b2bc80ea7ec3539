package sim

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
)

// chance is the one door for chance of a world.
type chance struct {
	seed   scheduler.Seed
	source scheduler.Source // nil: the seed alone
}

// answerRange is the panic of an answer that is none.
type answerRange struct{ answer, outcomes uint32 }

// Error tells it.
func (r answerRange) Error() string {
	return fmt.Sprintf("sim: a choice answered %d of 0..%d", r.answer, r.outcomes-1)
}

// answer settles the choice k, for which the seed says seeded.
func (c *chance) answer(k scheduler.Key, outcomes, seeded uint32) uint32 {
	if c.source == nil || outcomes < 2 {
		return seeded
	}
	return c.ask(k, outcomes, seeded)
}

// ask asks the source, and panics if it answers what was not asked.
func (c *chance) ask(k scheduler.Key, outcomes, seeded uint32) uint32 {
	a := c.source.Answer(k, outcomes, seeded)
	if a >= outcomes {
		panic(fmt.Sprintf("sim: choice %v answered %d of 0..%d", k, a, outcomes-1))
	}
	return a
}

// choose asks a choice of a protocol, whose weights are given.
func (c *chance) choose(k scheduler.Key, weights scheduler.Weights) uint32 {
	return c.answer(k, weights.Outcomes(), weights.Seeded(c.seed.Hash(k)))
}

// pick asks a choice among n equal outcomes.
func (c *chance) pick(k scheduler.Key, n uint32) uint32 {
	return c.answer(k, n, scheduler.Scale(uint32(c.seed.Hash(k)>>32), n))
}

// flip asks a choice between no (calm) and yes.
func (c *chance) flip(k scheduler.Key, p coin) bool {
	return c.answer(k, 2, p.toss(uint32(c.seed.Hash(k)))) != 0
}

// Probability is a chance in parts per billion, 0..1e9. It is a whole number
// so that it means the same on every machine.
type Probability uint32

// Certain is the probability 1.
const Certain Probability = 1e9

// threshold is the probability in units of 2^-32.
func (p Probability) threshold() uint64 { return uint64(p) << 32 / uint64(Certain) }

// coin falls on 1, the surprise, with a probability, else on 0.
type coin uint64 // the probability in units of 2^-32

// toss is the side for 32 uniform random bits: surprises are at the top.
func (c coin) toss(u uint32) uint32 { return uint32((uint64(u) + uint64(c)) >> 32) }
