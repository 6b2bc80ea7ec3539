package search

import "github.com/paxsim/paxsim/scheduler"

// PCT decomposes the events of a run, as they come, into causal chains, gives
// each chain a random priority, and picks the event of the highest. At d-1
// picks, drawn before the run among the first n, the chain that would be next
// falls below all others first. A bug of depth d needs d events in a certain order. A run hits it with a probability of
// at least 1/(w²·n^(d-1)), if it makes at most n picks, each among at most w events side by side (Ozkan, Majumdar,
// Niksic, Tabaei Befrouei and Weissenbacher, "Randomized Testing of Distributed Systems with Probabilistic Guarantees",
// OOPSLA 2018). That is about the order of what is delivered, given the faults.
type PCT struct {
	Depth  int // d, at least 1
	Length int // n, over which the d-1 falls are drawn; at least 1

	// Width is w of the last run: how many events were enabled side by side at
	// most, and so how many chains.
	Width int
	Picks uint64 // of the last run: with at most Length of them, what is said above holds

	dice      dice
	falls     []uint64 // the numbers of the picks, from 1, before which a chain falls
	continued uint32   // the event whose chain was continued last: its others begin chains
	tails     []tail   // chains by the event that ends each, if that was handled
}

// tail is a chain whose last event has been handled, and may be continued by
// the first event that it causes.
type tail struct {
	event    uint32
	priority uint64
}

// The priorities: chains are above all that have fallen, and the i-th fall is
// above the next.
const highest = 1 << 63

// Begin implements [Picker].
func (s *PCT) Begin(seed uint64) {
	s.dice = newDice(seed)
	s.falls = s.falls[:0]
	for range s.Depth - 1 {
		s.falls = append(s.falls, 1+uint64(s.dice.below(max(s.Length, 1))))
	}
	s.Picks, s.Width = 0, 0
	s.tails, s.continued = s.tails[:0], 0
}

// Born implements [Picker]: the event continues the chain of its cause, if
// it is the first that its cause brings about, else it begins a chain.
func (s *PCT) Born(_ scheduler.Key, cause uint32) uint64 {
	priority := highest | s.dice.next()>>1
	if cause != 0 && cause != s.continued {
		for i := len(s.tails) - 1; i >= 0; i-- {
			if s.tails[i].event == cause {
				priority = s.tails[i].priority
				s.tails[i] = s.tails[len(s.tails)-1]
				s.tails = s.tails[:len(s.tails)-1]
				s.continued = cause
				break
			}
		}
	}
	return priority
}

// Pick implements [Picker].
func (s *PCT) Pick(p *Pending) int {
	s.Width = max(s.Width, p.Len())
	s.Picks++
	at, tag := p.Highest()
	for i, pick := range s.falls {
		if pick == s.Picks {
			p.Retag(at, uint64(len(s.falls)-i))
			at, tag = p.Highest()
		}
	}
	if len(s.tails) == maxTails { // the oldest will hardly be continued
		s.tails = append(s.tails[:0], s.tails[1:]...)
	}
	s.tails = append(s.tails, tail{p.Number + 1, tag})
	return at
}

// maxTails is how many ended chains are remembered. What an event causes is born before
// the next is picked, except what waits for a disk.
const maxTails = 16
