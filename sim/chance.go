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

// answer settles the choice k, for which the seed says seeded.
func (c *chance) answer(k scheduler.Key, outcomes, seeded uint32) uint32 {
	if c.source == nil || outcomes < 2 {
		return seeded
	}
	a := c.source.Answer(k, outcomes, seeded)
	if a >= outcomes {
		panic(fmt.Sprintf("sim: choice %v answered %d of 0..%d", k, a, outcomes-1))
	}
	return a
}

// choose asks a choice whose weights are given, and shows it to observers.
func (w *World[M, D]) choose(k scheduler.Key, weights scheduler.Weights) uint32 {
	outcomes := weights.Outcomes()
	a := w.chance.answer(k, outcomes, weights.Seeded(w.chance.seed.Hash(k)))
	if len(w.observers) != 0 {
		w.emit(Entry{What: Chosen, Actor: ID(k.From()), Peer: ID(k.To()), Key: k, Answer: a, Outcomes: outcomes})
	}
	return a
}

// Probability is a chance in parts per billion, 0..1e9. It is a whole number
// so that it means the same on every machine.
type Probability uint32

// Certain is the probability 1.
const Certain Probability = 1e9

// threshold is the probability in units of 2^-32.
func (p Probability) threshold() uint64 { return uint64(p) << 32 / uint64(Certain) }

// coin has outcome 1 with a probability, and outcome 0 otherwise.
type coin uint64 // the threshold, in units of 2^-32

// Outcomes implements [scheduler.Weights].
func (c coin) Outcomes() uint32 { return 2 }

// Seeded implements [scheduler.Weights]: surprises are at the top of the range.
func (c coin) Seeded(u uint64) uint32 { return c.toss(uint32(u)) }

func (c coin) toss(u uint32) uint32 {
	if uint64(u) >= 1<<32-uint64(c) {
		return 1
	}
	return 0
}
