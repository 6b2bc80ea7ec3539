package search

import (
	"iter"
	"math/bits"

	"github.com/paxsim/paxsim/scheduler"
)

// Enabled is what is pending, for the engine: it alone puts events in and takes them
// out.
type Enabled struct {
	Pending
	recorded []Deferral // what was held back, of events that wait no more
}

// NewEnabled is empty. most is how many places it may give out: one more panics with
// [scheduler.ErrFull].
func NewEnabled(most int) Enabled { return Enabled{Pending: Pending{most: most}} }

// Places is how many places it has given out.
func (p *Enabled) Places() int { return len(p.list) }

// Each lists where the events are kept that may be next, in the calm order, and, if
// vain, then those that wait in vain.
func (p *Enabled) Each(vain bool) iter.Seq[scheduler.Handle] {
	last := Late
	if vain {
		last = Spent
	}
	return func(yield func(scheduler.Handle) bool) {
		for at := range p.all(last) {
			if !yield(p.list[at].slot) {
				return
			}
		}
	}
}

// Record notes what a pick holds back: all that comes before it.
func (p *Enabled) Record(at Position) {
	for other := range p.all(Late) {
		if other == at {
			break
		}
		p.deferUntil(other, p.Key(at))
	}
}

// Recorded lists what was held back, in the order in which it was handled, and then
// what still waits.
func (p *Enabled) Recorded() []Deferral {
	deferrals := append([]Deferral(nil), p.recorded...)
	for at := range p.all(Spent) {
		if until := p.deferredUntil(at); until != 0 {
			deferrals = append(deferrals, Deferral{p.Key(at), until})
		}
	}
	return deferrals
}

// Take takes an event out, and says where it is kept.
func (p *Enabled) Take(at Position) scheduler.Handle {
	x := &p.list[at]
	if len(p.until) != 0 {
		p.keepDeferral(at, x.key)
	}
	c := x.class
	word := int(at / 64)
	t := &p.taken[word]
	t[c] &^= 1 << (at % 64)
	p.counts[c]--
	if p.indexed && c != Spent {
		p.leave(at, x)
	}
	if word == p.low && t[Early]|t[Late]|t[Spent] == 0 {
		p.rise()
	}
	return x.slot
}

// keepDeferral notes what an event was held back for, now that it is taken out.
func (p *Enabled) keepDeferral(at Position, key scheduler.Key) {
	if until := p.deferredUntil(at); until != 0 {
		p.recorded = append(p.recorded, Deferral{key, until})
	}
}

// Retag gives every event that is enabled a tag as if it were new, in the calm order.
func (p *Enabled) Retag(born func(scheduler.Key) uint64) {
	for at := range p.all(Late) {
		x := &p.list[at]
		x.tag = born(x.key)
	}
	p.indexed = false
}

// Reset takes everything out, for a world of so many actors. Before that [Enabled.Each]
// tells whose room is free again.
func (p *Enabled) Reset(actors int) {
	p.Number, p.low, p.counts = 0, 0, [classes]int{}
	p.recorded = p.recorded[:0]
	p.taken, p.until, p.indexed = p.taken[:0], p.until[:0], false
	p.list = append(p.list[:0], enabled{}) // nobody's
	if len(p.at) != actors+1 {
		p.at, p.tops = make([]racers, actors+1), make([]Tagged, actors+1)
	}
}

// Add puts an event in.
func (p *Enabled) Add(key scheduler.Key, tag uint64, slot scheduler.Handle, class Class) Position {
	at := Position(len(p.list))
	p.list = append(p.list, enabled{key, tag, slot, class})
	word := int(at / 64)
	if word >= len(p.taken) {
		if p.most > 0 && int(at) > p.most {
			panic(scheduler.ErrFull)
		}
		p.taken = append(p.taken, taken{})
	}
	p.taken[word][class] |= 1 << (at % 64)
	p.counts[class]++
	if p.indexed && class != Spent {
		p.await(at, &p.list[at])
	}
	return at
}

// rise passes over what is handled.
func (p *Enabled) rise() {
	for p.low < len(p.taken)-1 && p.taken[p.low] == (taken{}) {
		p.low++
	}
}

// Spend makes some of the events that wait wait in vain.
func (p *Enabled) Spend(vain func(scheduler.Key) bool) {
	for at := range p.all(Late) {
		x := &p.list[at]
		if !vain(x.key) {
			continue
		}
		if p.indexed {
			p.leave(at, x)
		}
		bit := uint64(1) << (at % 64)
		p.taken[at/64][Late] &^= bit
		p.taken[at/64][Spent] |= bit
		p.counts[Late]--
		p.counts[Spent]++
		x.class = Spent
	}
}

// Crowded says whether few of many places are taken.
func (p *Enabled) Crowded() bool {
	return len(p.list) >= crowd && len(p.list) > 16*(p.Len()+p.counts[Spent])
}

// crowd is how many places there must be before they are given out anew.
const crowd = 4096

// Renumber gives out the places anew, in the same order, and tells each event
// its own.
func (p *Enabled) Renumber(moved func(slot scheduler.Handle, to Position)) {
	if p.indexed { // a picker may have changed tags
		for _, w := range p.at {
			for _, x := range w.events {
				p.list[x.Position].tag = x.Tag
			}
		}
	}
	n := Position(1)
	for word := p.low; word < len(p.taken); word++ {
		t := &p.taken[word]
		for b := t[Early] | t[Late] | t[Spent]; b != 0; b &= b - 1 {
			was := Position(word*64 + bits.TrailingZeros64(b))
			p.list[n] = p.list[was] // which is not below it
			if u := p.deferredUntil(was); u != 0 || p.deferredUntil(n) != 0 {
				p.deferUntil(n, u)
			}
			n++
		}
	}
	list, until, number := p.list[1:n], p.until[:min(len(p.until), int(n))], p.Number
	recorded := p.recorded
	p.Reset(len(p.at) - 1)
	p.recorded = recorded
	p.until, p.Number = until, number
	for i := range list {
		x := list[i]
		moved(x.slot, p.Add(x.key, x.tag, x.slot, x.class))
	}
}

// deferUntil notes until what an event is held back.
func (p *Enabled) deferUntil(at Position, until scheduler.Key) {
	for len(p.until) <= int(at) {
		p.until = append(p.until, 0)
	}
	p.until[at] = until
}

// deferredUntil is until what an event is held back, or was last; 0: nothing.
func (p *Enabled) deferredUntil(at Position) scheduler.Key {
	if int(at) < len(p.until) {
		return p.until[at]
	}
	return 0
}
