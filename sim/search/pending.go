package search

import (
	"fmt"
	"iter"
	"math/bits"

	"github.com/paxsim/paxsim/scheduler"
)

// Pending is what is enabled, for a [Picker] to pick from.
//
// Each event has a place, in the order in which they came. Bits say which places
// are taken, by class and by actor: so nothing is moved when an event leaves the
// middle of the calm order, which is that of the classes and, within a class, of
// the places. The highest tag is found by looking at one for each actor: the highest
// of the events that wait for an actor is known until one of them changes.
type Pending struct {
	Number uint32 // of the event that was handled last

	list   []enabled // by place, from 1; also those that are handled already
	taken  []taken   // by place/64
	low    int       // before this of taken all is handled
	counts [classes]int
	most   int             // how many places may be given out; 0: any number
	until  []scheduler.Key // by place: until what it is held back, or was last; 0 or not there: nothing

	indexed bool     // what follows is kept: somebody has asked for it in this run
	at      []racers // by actor, and 0 for what happens to no single one; without the Spent
	tops    []Tagged // by actor: the highest of these
	raced   int      // the actor, and 1 more, of which it is to be looked for; 0: of none
}

// Position is the place of an event among those that are enabled. It is good until
// the next is picked. 0 is no event's.
type Position uint32

// enabled is an event at its place.
type enabled struct {
	key   scheduler.Key
	tag   uint64           // at its birth
	slot  scheduler.Handle // where the event is kept
	class Class
}

// Class is a part of the calm order.
type Class uint8

// The classes, in the calm order.
const (
	Early Class = iota // messages, ends of syncs, requests
	Late               // alarms, restarts, what happens by the script
	Spent              // alarms, once no more of them go off: not enabled any more
	classes
)

// taken says which of 64 places are taken by what waits, by class.
type taken [classes]uint64

// Tagged is the place of an event and its tag, as Picker.Born said or a picker
// since.
type Tagged struct {
	Tag      uint64
	Position Position
}

// racers are what waits for an actor, in the calm order.
type racers struct {
	events []Tagged
	late   int // how many of the last are of that class
}

// Len is how many events are enabled.
func (p *Pending) Len() int { return p.counts[Early] + p.counts[Late] }

// Key says what the event at a place is.
func (p *Pending) Key(at Position) scheduler.Key { return p.list[at].key }

// Nth is the event at a position, from 0, in the calm order. It panics if there
// are not so many.
func (p *Pending) Nth(n int) Position {
	i := n
	for c := Early; c <= Late; c++ {
		if i >= p.counts[c] {
			i -= p.counts[c]
			continue
		}
		for word := p.low; ; word++ {
			b := p.taken[word][c]
			if n := bits.OnesCount64(b); i >= n {
				i -= n
				continue
			}
			for ; i > 0; i-- {
				b &= b - 1
			}
			return Position(word*64 + bits.TrailingZeros64(b))
		}
	}
	panic(fmt.Sprintf("sim: event %d of %d that are enabled", n, p.Len()))
}

// Highest is the event of the highest tag, of several the first in the calm
// order; its place is 0 if none is enabled.
func (p *Pending) Highest() (best Tagged) {
	if !p.indexed {
		p.index()
	}
	p.refresh()
	tag := uint64(0) // found without a branch on what is random, and then where it is
	for actor := range p.tops {
		tag = max(tag, p.tops[actor].Tag)
	}
	for actor := range p.tops {
		if t := &p.tops[actor]; t.Tag == tag {
			best = p.higher(best, *t)
		}
	}
	return best
}

// Racing lists the events that wait for the same actor as that at a place, itself
// included, in the calm order. The picker may change their tags until it picks.
func (p *Pending) Racing(with Position) []Tagged {
	if !p.indexed {
		p.index()
	}
	p.refresh()
	actor := int(p.list[with].key.To())
	p.raced = actor + 1
	return p.at[actor].events
}

// all lists what waits of the classes up to one, in the calm order.
func (p *Pending) all(last Class) iter.Seq[Position] {
	return func(yield func(Position) bool) {
		for c := Early; c <= last; c++ {
			for word := p.low; word < len(p.taken); word++ {
				for b := p.taken[word][c]; b != 0; b &= b - 1 {
					if !yield(Position(word*64 + bits.TrailingZeros64(b))) {
						return
					}
				}
			}
		}
	}
}

// Waits says whether an event is enabled at a place.
func (p *Pending) Waits(at Position) bool {
	return at > 0 && int(at) < len(p.list) && (p.taken[at/64][Early]|p.taken[at/64][Late])>>(at%64)&1 != 0
}
