package search

import "github.com/paxsim/paxsim/scheduler"

// Walk picks any enabled event, all as likely.
type Walk struct{ dice dice }

// Begin implements [Picker].
func (w *Walk) Begin(seed uint64) { w.dice = newDice(seed) }

// Born implements [Picker].
func (w *Walk) Born(scheduler.Key, uint32) uint64 { return 0 }

// Pick implements [Picker].
func (w *Walk) Pick(p *Pending) int { return w.dice.below(p.Len()) }
