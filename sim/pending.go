package sim

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
// the places. And whoever looks for the highest tag looks at one for each actor:
// that of all events that wait for it is known until one of them changes.
type Pending struct {
	Number uint32 // of the event that was handled last

	list   []enabled // by place, from 1; also those that are handled already
	taken  []taken   // by place/64
	at     []uint64  // by place/64, and then by actor: which wait for it, but for the spent
	low    int       // before this of taken all is handled
	counts [classes]int
	actors int   // how many there are, and 0 for what befalls no single one
	tops   []top // by actor
	racing []Place
	until  []scheduler.Key // by place: until what it is held back, or was last; 0 or not there: nothing
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
	place Place // 0: nothing waits
	stale bool  // it has to be looked for
}

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
	p.tops[x.key.To()].stale = true
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
	best, tag := Place(0), uint64(0)
	for actor := range p.tops {
		t := &p.tops[actor]
		if t.stale {
			t.place, t.stale = p.highestAt(actor), false
		}
		if t.place != 0 && p.above(t.place, best, tag) {
			best, tag = t.place, p.list[t.place].tag
		}
	}
	return best
}

// highestAt is the same of those that wait for an actor.
func (p *Pending) highestAt(actor int) Place {
	best, tag := Place(0), uint64(0)
	for word := p.low; word < len(p.taken); word++ {
		for b := p.at[word*p.actors+actor]; b != 0; b &= b - 1 {
			if at := Place(word*64 + bits.TrailingZeros64(b)); p.above(at, best, tag) {
				best, tag = at, p.list[at].tag
			}
		}
	}
	return best
}

// above says whether an event is of a higher tag than another, if there is one,
// or of the same and before it.
func (p *Pending) above(at, other Place, tag uint64) bool {
	x := &p.list[at]
	if x.tag != tag {
		return x.tag > tag
	}
	y := &p.list[other]
	return other == 0 || x.class < y.class || x.class == y.class && at < other
}

// Racing lists the events that wait for the same actor as that at a place,
// itself included, in the calm order. The list is good until the next call.
func (p *Pending) Racing(with Place) []Place {
	actor := int(p.list[with].key.To())
	p.racing = p.racing[:0]
	for c := early; c <= late; c++ {
		for word := p.low; word < len(p.taken); word++ {
			for b := p.at[word*p.actors+actor] & p.taken[word][c]; b != 0; b &= b - 1 {
				p.racing = append(p.racing, Place(word*64+bits.TrailingZeros64(b)))
			}
		}
	}
	return p.racing
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
	p.taken, p.at, p.until = p.taken[:0], p.at[:0], p.until[:0]
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
	word, bit := int(at/64), uint64(1)<<(at%64)
	if word >= len(p.taken) {
		p.widen()
	}
	p.taken[word][x.class] |= bit
	p.counts[x.class]++
	if x.class == spent {
		return at
	}
	actor := int(x.key.To())
	p.at[word*p.actors+actor] |= bit
	if t := &p.tops[actor]; !t.stale && (t.place == 0 || p.above(at, t.place, p.list[t.place].tag)) {
		t.place = at
	}
	return at
}

// widen makes 64 places more.
func (p *Pending) widen() {
	p.taken = append(p.taken, taken{})
	for range p.actors {
		p.at = append(p.at, 0)
	}
}

// remove takes an event out.
func (p *Pending) remove(at Place) {
	x := &p.list[at]
	word, bit := int(at/64), uint64(1)<<(at%64)
	p.taken[word][x.class] &^= bit
	p.counts[x.class]--
	if x.class != spent {
		p.leave(at)
	}
	for p.low < len(p.taken)-1 && p.taken[p.low] == (taken{}) {
		p.low++
	}
}

// leave makes an event none of those that wait for its actor.
func (p *Pending) leave(at Place) {
	actor := int(p.list[at].key.To())
	p.at[int(at/64)*p.actors+actor] &^= 1 << (at % 64)
	if t := &p.tops[actor]; t.place == at {
		t.stale = true
	}
}

// spend makes the alarms that wait wait in vain.
func (p *Pending) spend() {
	for at := range p.all(late) {
		x := &p.list[at]
		if eventWhat(x.key) != TimedOut {
			continue
		}
		p.leave(at)
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
