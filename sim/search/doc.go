// Package search holds the adversaries of the searched engine: each picks the next event
// from all that are enabled ([Picker]). What an adversary does depends on its seed and on
// what it is shown, and on nothing else. Its picks are written down as [Deferral]s, so a
// run can be repeated without the adversary.
//
//	walk   any enabled event is as likely
//	pct    causal chains with priorities, of which d-1 fall at random events
//	pos    each event with a priority, drawn anew for those that race with it
//
// Measure which of them finds what, and in how many runs.
package search

import "github.com/paxsim/paxsim/scheduler"

// dice are random numbers for one run. They are a stream: an adversary is asked
// in the order of its run, and its run alone depends on it.
type dice struct {
	seed scheduler.Seed
	n    uint64
}

func newDice(seed uint64) dice { return dice{seed: scheduler.NewSeed(seed ^ 0x5ea2c4)} }

// next is 64 random bits.
func (d *dice) next() uint64 {
	d.n++
	return d.seed.Hash(scheduler.Key(d.n))
}

// below is a number from 0 to n-1, all as likely.
func (d *dice) below(n int) int { return int(scheduler.Scale(uint32(d.next()>>32), uint32(n))) }
