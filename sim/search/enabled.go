package search

import (
	"iter"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
)

// Enabled is what is pending, for the engine: it alone puts events in and takes them
// out. It is to be Reset before all else.
type Enabled struct {
	Pending
	until    []scheduler.Key // by slot: until what its event is held back, or was last; 0 or not there: nothing
	recorded []Deferral      // what was held back, of events that wait no more
}

// Reset takes everything out. Call [Enabled.Each] before it to learn which slots become
// free.
func (p *Enabled) Reset() {
	p.Number, p.count = 0, 0
	p.until, p.recorded = p.until[:0], p.recorded[:0]
	for len(p.chunks) < int(classes) {
		p.chunks = append(p.chunks, new(chunk))
	}
	p.chunks = p.chunks[:classes]
	for i, c := range p.chunks {
		c.n, c.top = 0, 0
		p.ends[i] = i + 1
	}
}

// Each lists where the events are kept that may be next, in the calm order, and, if
// vain, then those that wait in vain.
func (p *Enabled) Each(vain bool) iter.Seq[scheduler.Handle] {
	last := Late
	if vain {
		last = Spent
	}
	return func(yield func(scheduler.Handle) bool) {
		for x := range p.all(last) {
			if !yield(x.slot) {
				return
			}
		}
	}
}

// Add puts an event in, as the last of its class. No other that waits may be kept in
// its slot.
func (p *Enabled) Add(key scheduler.Key, tag uint64, slot scheduler.Handle, class Class) {
	c := p.chunks[p.ends[class]-1]
	if c.n == chunkSize {
		c = p.grow(class)
	}
	c.add(enabled{key, tag, slot, uint32(key.To())})
	if class != Spent {
		p.count++
	}
}

// grow gives a class one more chunk.
func (p *Enabled) grow(class Class) (c *chunk) {
	n := len(p.chunks)
	if n < cap(p.chunks) {
		c = p.chunks[:n+1][n] // one that was given up, if any
	}
	if c == nil {
		c = new(chunk)
	}
	c.n, c.top = 0, 0
	p.chunks = slices.Insert(p.chunks, p.ends[class], c)
	for ; class < classes; class++ {
		p.ends[class]++
	}
	return c
}

// Find is the position of the event that is kept in a slot: from Len on, if it waits
// in vain. It panics if there is none. Alarms are found soonest.
func (p *Enabled) Find(slot scheduler.Handle) (at int) {
	for i := len(p.chunks) - 1; ; i-- {
		c := p.chunks[i]
		for at := c.n - 1; at >= 0; at-- {
			if c.events[at].slot == slot {
				for _, before := range p.chunks[:i] {
					at += before.n
				}
				return at
			}
		}
	}
}

// Take takes out the event at a position, and says where it is kept. It panics if
// there is none.
func (p *Enabled) Take(at int) scheduler.Handle {
	if at < p.count {
		p.count--
	}
	i := 0
	for at >= p.chunks[i].n {
		at -= p.chunks[i].n
		i++
	}
	c := p.chunks[i]
	x := &c.events[at]
	slot := x.slot
	if len(p.until) != 0 {
		p.keepDeferral(x.key, slot)
	}
	if c.n == 1 {
		p.drop(i)
		return slot
	}
	c.take(at)
	return slot
}

// drop takes the only event out of a chunk, which is given up unless it is the last
// of its class.
func (p *Enabled) drop(i int) {
	p.chunks[i].n, p.chunks[i].top = 0, 0
	if slices.Contains(p.ends[:], i+1) {
		return
	}
	c, last := p.chunks[i], len(p.chunks)-1
	copy(p.chunks[i:], p.chunks[i+1:])
	p.chunks[last] = c // for the class that grows next
	p.chunks = p.chunks[:last]
	for class := range p.ends {
		if p.ends[class] > i {
			p.ends[class]--
		}
	}
}

// Spend makes some of the late events wait in vain.
func (p *Enabled) Spend(vain func(scheduler.Key) bool) {
	for _, c := range p.chunks[p.ends[Early]:p.ends[Late]] {
		rest := 0
		for _, x := range c.events[:c.n] {
			if vain(x.key) {
				p.Add(x.key, x.tag, x.slot, Spent)
				p.count--
			} else {
				c.events[rest] = x
				rest++
			}
		}
		c.n, c.top = rest, 0
	}
}

// RetagAll gives every event that is enabled a tag as if it were new, in the calm
// order.
func (p *Enabled) RetagAll(born func(scheduler.Key) uint64) {
	for x := range p.all(Late) {
		x.tag = born(x.key)
	}
	for _, c := range p.chunks {
		c.top = 0
	}
}

// Record notes what a pick holds back: all that comes before it.
func (p *Enabled) Record(pick int) {
	until := p.Key(pick)
	for x := range p.all(Late) {
		if pick == 0 {
			break
		}
		pick--
		p.deferUntil(x.slot, until)
	}
}

// Recorded lists what was held back, in the order in which it was handled, and then
// what still waits.
func (p *Enabled) Recorded() []Deferral {
	deferrals := slices.Clone(p.recorded)
	for x := range p.all(Spent) {
		if until := p.deferredUntil(x.slot); until != 0 {
			deferrals = append(deferrals, Deferral{x.key, until})
		}
	}
	return deferrals
}

// keepDeferral notes what an event was held back for, now that it is taken out. It
// stays out of Take, which would have to keep more than it needs for it.
//
//go:noinline
func (p *Enabled) keepDeferral(key scheduler.Key, slot scheduler.Handle) {
	if until := p.deferredUntil(slot); until != 0 {
		p.recorded = append(p.recorded, Deferral{key, until})
		p.until[slot] = 0
	}
}

// deferUntil notes until what an event is held back.
func (p *Enabled) deferUntil(slot scheduler.Handle, until scheduler.Key) {
	for len(p.until) <= int(slot) {
		p.until = append(p.until, 0)
	}
	p.until[slot] = until
}

// deferredUntil is until what an event is held back, or was last; 0: nothing.
func (p *Enabled) deferredUntil(slot scheduler.Handle) scheduler.Key {
	if int(slot) < len(p.until) {
		return p.until[slot]
	}
	return 0
}
