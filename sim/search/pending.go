package search

import (
	"fmt"
	"iter"

	"github.com/paxsim/paxsim/scheduler"
)

// Pending is what is enabled, for a [Picker] to pick from: a list in the calm order.
// An event is known by its position, from 0, which is good until the next is picked.
//
// The list is cut into chunks, so that little moves when an event leaves its middle.
// A chunk holds events of one class, and a new event is the last of the last chunk of its
// class. Behind all others are the Spent, which are not enabled any more.
type Pending struct {
	Number uint32 // of the event that was handled last

	chunks []*chunk     // in the calm order
	ends   [classes]int // behind the last chunk of each class, which has one at least
	count  int          // of what is enabled
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

// Len is how many events are enabled.
func (p *Pending) Len() int { return p.count }

// Key says what the event at a position is. It panics if there is none.
func (p *Pending) Key(at int) scheduler.Key {
	c, i := p.find(at)
	return c.events[i].key
}

// Tag is the tag of the event at a position. It panics if there is none.
func (p *Pending) Tag(at int) uint64 {
	c, i := p.find(at)
	return c.events[i].tag
}

// Events lists what is enabled, each with its tag, in the calm order: the same as Key and
// Tag say of each position, and sooner.
func (p *Pending) Events() iter.Seq2[scheduler.Key, uint64] {
	return func(yield func(scheduler.Key, uint64) bool) {
		for x := range p.all(Late) {
			if !yield(x.key, x.tag) {
				return
			}
		}
	}
}

// Retag gives the event at a position another tag. It panics if there is none.
func (p *Pending) Retag(at int, tag uint64) {
	c, i := p.find(at)
	c.events[i].tag, c.top = tag, 0
}

// Highest is the event of the highest tag, of several the first, and its tag. It
// panics if none is enabled.
func (p *Pending) Highest() (at int, tag uint64) {
	c, at := p.highest()
	return at, c.tag
}

// highest is the chunk whose top is the event of the highest tag, and its position;
// nil if none is enabled.
func (p *Pending) highest() (best *chunk, at int) {
	first := 1 // 1 less what is before the chunk
	for _, c := range p.chunks[:p.ends[Late]] {
		if c.top == 0 {
			if c.n == 0 {
				continue
			}
			c.look()
		}
		if best == nil || c.tag > best.tag {
			best, at = c, c.top-first
		}
		first -= c.n
	}
	return best, at
}

// race gives new tags to all others that wait for the same actor as an event, in the calm
// order.
func (p *Pending) race(with *enabled, d *dice) {
	to, slot := int(with.to), with.slot // an int: it is compared in two instructions less
	for _, c := range p.chunks[:p.ends[Late]] {
		events := c.events[:c.n]
		for i := range events {
			if int(events[i].to) == to && events[i].slot != slot {
				events[i].tag, c.top = d.next(), 0
			}
		}
	}
}

// find is the chunk of the event at a position, and where it is in there.
func (p *Pending) find(at int) (*chunk, int) {
	if uint(at) >= uint(p.count) {
		panic(fmt.Sprintf("sim: event %d of %d that are enabled", at, p.count))
	}
	i := 0
	for at >= p.chunks[i].n {
		at -= p.chunks[i].n
		i++
	}
	return p.chunks[i], at
}

// all lists the events of the classes up to one, in the calm order.
func (p *Pending) all(last Class) iter.Seq[*enabled] {
	return func(yield func(*enabled) bool) {
		for _, c := range p.chunks[:p.ends[last]] {
			for i := range c.events[:c.n] {
				if !yield(&c.events[i]) {
					return
				}
			}
		}
	}
}
