package search

import "github.com/paxsim/paxsim/scheduler"

// POS gives each event a random priority and picks the highest. Every event that raced
// with it, by waiting for the same actor, gets a new one. So one unlucky draw does not
// decide all races of an event (Yuan, Yang and Gu, "Partial Order Aware Concurrency
// Sampling", CAV 2018).
type POS struct{ dice dice }

// Begin implements [Picker].
func (s *POS) Begin(seed uint64) { s.dice = newDice(seed) }

// Born implements [Picker].
func (s *POS) Born(scheduler.Key, uint32) uint64 { return s.dice.next() }

// Pick implements [Picker].
func (s *POS) Pick(p *Pending) int {
	best, at := p.highest()
	p.race(&best.events[best.top-1], &s.dice)
	return at
}
