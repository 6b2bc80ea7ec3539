package sim

import (
	"fmt"
	"iter"
	"math"
	"math/bits"

	"github.com/paxsim/paxsim/scheduler"
)

// Pending is what is enabled, for a [Picker] to pick from.
//
// Each event has a place, in the order in which they came. Bits say which places
// are taken, by class and by actor: so nothing is moved when an event leaves the
// middle of the calm order, which is that of the classes and, within a class, of
// the places. And whoever looks for the highest tag looks at one for each actor:
// that of all events that wait for it is known until one of them changes.
type Pending struct {
	Number uint32 // of the event that was handled last

	list   []enabled // by place, from 1; also those that are handled already
	taken  []taken   // by place/64
	low    int       // before this of taken all is handled
	counts [classes]int
	until  []scheduler.Key // by place: until what it is held back, or was last; 0 or not there: nothing

	indexed bool     // what follows is kept: somebody has asked for it in this run
	actors  int      // how many there are, and one more for what befalls no single one
	at      []uint64 // by place/64, and then by actor: which wait for it, but for the spent
	tops    []top    // by actor
}

// Place is the place of an event among those that are enabled. It is good until
// the next is picked. 0 is no event's.
type Place uint32

// enabled is an event at its place.
type enabled struct {
	key   scheduler.Key
	tag   uint64
	slot  scheduler.Handle // where the event is kept
	class class
}

// class is a part of the calm order.
type class uint8

const (
	early class = iota // messages, ends of syncs, requests
	late               // alarms, restarts, what befalls by the script
	spent              // alarms, once no more of them go off: not enabled any more
	classes
)

// taken says which of 64 places are taken by what waits, by class.
type taken [classes]uint64

// top is the event of the highest tag of those that wait for an actor.
type top struct {
	tag   uint64
	place Place // 0: nothing waits, if tag is 0; else it has to be looked for
}

// stale is the top that has to be looked for.
var stale = top{tag: math.MaxUint64}

// Len is how many events are enabled.
func (p *Pending) Len() int { return p.counts[early] + p.counts[late] }

// Key says what the event at a place is.
func (p *Pending) Key(at Place) scheduler.Key { return p.list[at].key }

// Tag is the tag of the event at a place, as Picker.Born said or SetTag.
func (p *Pending) Tag(at Place) uint64 { return p.list[at].tag }

// SetTag gives the event at a place another tag.
func (p *Pending) SetTag(at Place, tag uint64) {
	x := &p.list[at]
	x.tag = tag
	if p.indexed {
		p.tops[x.key.To()] = stale
	}
}

// Nth is the event at a position, from 0, in the calm order. It panics if there
// are not so many.
func (p *Pending) Nth(n int) Place {
	i := n
	for c := early; c <= late; c++ {
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
			return Place(word*64 + bits.TrailingZeros64(b))
		}
	}
	panic(fmt.Sprintf("sim: event %d of %d that are enabled", n, p.Len()))
}

// Highest is the event of the highest tag, of several the first in the calm
// order; 0: none is enabled.
func (p *Pending) Highest() Place {
	p.index()
	best := top{}
	for actor := range p.tops {
		t := &p.tops[actor]
		if t.tag < best.tag {
			continue
		}
		if t.place == 0 && t.tag != 0 {
			*t = p.highestAt(actor)
		}
		if t.tag > best.tag {
			best = *t
		} else if t.tag == best.tag {
			best = p.higher(best, *t)
		}
	}
	return best.place
}

// highestAt is the same of those that wait for an actor.
func (p *Pending) highestAt(actor int) (best top) {
	i := p.low*p.actors + actor
	for word := p.low; word < len(p.taken); word++ {
		for b := p.at[i]; b != 0; b &= b - 1 {
			at := Place(word*64 + bits.TrailingZeros64(b))
			if tag := p.list[at].tag; tag > best.tag {
				best = top{tag, at}
			} else if tag == best.tag {
				best = p.higher(best, top{tag, at})
			}
		}
		i += p.actors
	}
	return best
}

// higher is the one of the higher tag; if both have the same, the first in the
// calm order.
func (p *Pending) higher(s, t top) top {
	switch {
	case t.place == 0 || s.tag > t.tag:
		return s
	case s.place == 0 || t.tag > s.tag:
		return t
	}
	if x, y := p.list[s.place].class, p.list[t.place].class; x < y || x == y && s.place < t.place {
		return s
	}
	return t
}

// index begins, in this run, to keep account of what waits for whom.
func (p *Pending) index() {
	if p.indexed {
		return
	}
	p.indexed = true
	p.at = p.at[:0]
	for range len(p.taken) * p.actors {
		p.at = append(p.at, 0)
	}
	for at := range p.all(late) {
		p.await(at)
	}
}

// await makes an event one of those that wait for its actor.
func (p *Pending) await(at Place) {
	x := &p.list[at]
	actor := int(x.key.To())
	p.at[int(at/64)*p.actors+actor] |= 1 << (at % 64)
	t := &p.tops[actor]
	if x.tag > t.tag {
		*t = top{x.tag, at}
	} else if x.tag == t.tag { // also that of none
		*t = p.higher(*t, top{x.tag, at})
	}
}

// leave makes it none any more.
func (p *Pending) leave(at Place) {
	actor := int(p.list[at].key.To())
	p.at[int(at/64)*p.actors+actor] &^= 1 << (at % 64)
	if t := &p.tops[actor]; t.place == at {
		*t = stale
	}
}

// Redraw gives each other event that waits for the same actor as the one at a
// place a new tag, in the calm order, and that one the tag 0.
func (p *Pending) Redraw(at Place, next func() uint64) {
	p.index()
	x := &p.list[at]
	x.tag = 0
	actor := int(x.key.To())
	best := top{place: at}
	for c := early; c <= late; c++ {
		i := p.low*p.actors + actor
		for word := p.low; word < len(p.taken); word++ {
			for b := p.at[i] & p.taken[word][c]; b != 0; b &= b - 1 {
				other := Place(word*64 + bits.TrailingZeros64(b))
				if other == at {
					continue
				}
				y := &p.list[other]
				y.tag = next()
				if y.tag > best.tag {
					best = top{y.tag, other}
				} else if y.tag == best.tag {
					best = p.higher(best, top{y.tag, other})
				}
			}
			i += p.actors
		}
	}
	p.tops[actor] = best
}

// all lists what waits of the classes up to one, in the calm order.
func (p *Pending) all(last class) iter.Seq[Place] {
	return func(yield func(Place) bool) {
		for c := early; c <= last; c++ {
			for word := p.low; word < len(p.taken); word++ {
				for b := p.taken[word][c]; b != 0; b &= b - 1 {
					if !yield(Place(word*64 + bits.TrailingZeros64(b))) {
						return
					}
				}
			}
		}
	}
}

// waits says whether the event at a place is enabled.
func (p *Pending) waits(at Place) bool {
	return at > 0 && int(at) < len(p.list) && (p.taken[at/64][early]|p.taken[at/64][late])>>(at%64)&1 != 0
}

// reset takes everything out, for a world of so many actors.
func (p *Pending) reset(actors int) {
	p.Number, p.low, p.counts = 0, 0, [classes]int{}
	p.taken, p.until, p.indexed = p.taken[:0], p.until[:0], false
	p.list = append(p.list[:0], enabled{}) // nobody's
	if p.actors = actors + 1; len(p.tops) != p.actors {
		p.tops = make([]top, p.actors)
	}
	clear(p.tops)
}

// add puts an event in.
func (p *Pending) add(x enabled) Place {
	at := Place(len(p.list))
	p.list = append(p.list, x)
	word := int(at / 64)
	if word >= len(p.taken) {
		p.widen()
	}
	p.taken[word][x.class] |= 1 << (at % 64)
	p.counts[x.class]++
	if p.indexed && x.class != spent {
		p.await(at)
	}
	return at
}

// widen makes 64 places more.
func (p *Pending) widen() {
	p.taken = append(p.taken, taken{})
	if p.indexed {
		for range p.actors {
			p.at = append(p.at, 0)
		}
	}
}

// remove takes an event out, which is x.
func (p *Pending) remove(at Place, x *enabled) {
	c := x.class
	word := int(at / 64)
	t := &p.taken[word]
	t[c] &^= 1 << (at % 64)
	p.counts[c]--
	if p.indexed && c != spent {
		p.leave(at)
	}
	for word == p.low && *t == (taken{}) && word < len(p.taken)-1 {
		word++
		t = &p.taken[word]
		p.low = word
	}
}

// spend makes the alarms that wait wait in vain.
func (p *Pending) spend() {
	for at := range p.all(late) {
		x := &p.list[at]
		if eventWhat(x.key) != TimedOut {
			continue
		}
		if p.indexed {
			p.leave(at)
		}
		bit := uint64(1) << (at % 64)
		p.taken[at/64][late] &^= bit
		p.taken[at/64][spent] |= bit
		p.counts[late]--
		p.counts[spent]++
		x.class = spent
	}
}

// crowded says whether few of many places are taken.
func (p *Pending) crowded() bool {
	return len(p.list) >= crowd && len(p.list) > 16*(p.Len()+p.counts[spent])
}

// crowd is how many places there must be before they are given out anew.
const crowd = 4096

// renumber gives out the places anew, in the same order, and tells each event
// its own.
func (p *Pending) renumber(moved func(slot scheduler.Handle, to Place)) {
	n := Place(1)
	for word := p.low; word < len(p.taken); word++ {
		t := &p.taken[word]
		for b := t[early] | t[late] | t[spent]; b != 0; b &= b - 1 {
			was := Place(word*64 + bits.TrailingZeros64(b))
			p.list[n] = p.list[was] // which is not below it
			if u := p.heldUntil(was); u != 0 || p.heldUntil(n) != 0 {
				p.hold(n, u)
			}
			n++
		}
	}
	list, until, number := p.list[1:n], p.until[:min(len(p.until), int(n))], p.Number
	p.reset(p.actors - 1)
	p.until, p.Number = until, number
	for i := range list {
		moved(list[i].slot, p.add(list[i]))
	}
}

// hold notes until what an event is held back.
func (p *Pending) hold(at Place, until scheduler.Key) {
	for len(p.until) <= int(at) {
		p.until = append(p.until, 0)
	}
	p.until[at] = until
}

// heldUntil is until what an event is held back, or was last; 0: nothing.
func (p *Pending) heldUntil(at Place) scheduler.Key {
	if int(at) < len(p.until) {
		return p.until[at]
	}
	return 0
}
