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
	low    int       // before this of taken all is handled
	counts [classes]int
	most   int             // how many places may be given out: one more panics with scheduler.ErrFull; 0: no bound
	until  []scheduler.Key // by place: until what it is held back, or was last; 0 or not there: nothing

	indexed bool     // what follows is kept: somebody has asked for it in this run
	at      []racers // by actor, and 0 for what befalls no single one; but for the spent
	tops    []Tagged // by actor: the highest of these
	raced   int      // the actor, and 1 more, of which it is to be looked for; 0: of none
}

// Place is the place of an event among those that are enabled. It is good until
// the next is picked. 0 is no event's.
type Place uint32

// enabled is an event at its place.
type enabled struct {
	key   scheduler.Key
	tag   uint64           // at its birth
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

// Tagged is the place of an event and its tag, as Picker.Born said or a picker
// since.
type Tagged struct {
	Tag   uint64
	Place Place
}

// racers are what waits for an actor, in the calm order.
type racers struct {
	events []Tagged
	late   int // how many of the last are of that class
}

// Len is how many events are enabled.
func (p *Pending) Len() int { return p.counts[early] + p.counts[late] }

// Key says what the event at a place is.
func (p *Pending) Key(at Place) scheduler.Key { return p.list[at].key }

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

// highest is the first of those of the highest tag; the zero Tagged: there is none.
func highest(events []Tagged) Tagged {
	tag := uint64(0)
	for i := range events {
		tag = max(tag, events[i].Tag)
	}
	for i := range events {
		if events[i].Tag == tag {
			return events[i]
		}
	}
	return Tagged{}
}

// higher is, of two of the same tag, the first in the calm order.
func (p *Pending) higher(s, t Tagged) Tagged {
	switch {
	case t.Place == 0:
		return s
	case s.Place == 0:
		return t
	}
	if x, y := p.list[s.Place].class, p.list[t.Place].class; x < y || x == y && s.Place < t.Place {
		return s
	}
	return t
}

// Racing lists the events that wait for the same actor as that at a place, itself
// included, in the calm order. The picker may change their tags until it picks.
func (p *Pending) Racing(with Place) []Tagged {
	if !p.indexed {
		p.index()
	}
	p.refresh()
	actor := int(p.list[with].key.To())
	p.raced = actor + 1
	return p.at[actor].events
}

// refresh looks for the highest of those whose tags a picker may have changed.
func (p *Pending) refresh() {
	if p.raced != 0 {
		p.tops[p.raced-1] = highest(p.at[p.raced-1].events)
		p.raced = 0
	}
}

// index begins, in this run, to keep account of what waits for whom.
func (p *Pending) index() {
	p.indexed, p.raced = true, 0
	for i := range p.at {
		p.at[i].events, p.at[i].late = p.at[i].events[:0], 0
	}
	clear(p.tops)
	for at := range p.all(late) {
		p.await(at, &p.list[at])
	}
}

// await makes an event, which is x, one of those that wait for its actor.
func (p *Pending) await(at Place, x *enabled) {
	actor := x.key.To()
	w := &p.at[actor]
	new := Tagged{x.tag, at}
	w.events = append(w.events, new)
	if x.class == late {
		w.late++
	} else if w.late > 0 {
		events := w.events
		i := len(events) - 1
		for ; i >= len(events)-w.late; i-- {
			events[i] = events[i-1]
		}
		events[i] = new
	}
	t := &p.tops[actor]
	if x.tag > t.Tag {
		*t = new
	} else if x.tag == t.Tag {
		*t = p.higher(*t, new)
	}
}

// leave makes it none any more.
func (p *Pending) leave(at Place, x *enabled) {
	actor := x.key.To()
	w := &p.at[actor]
	events := w.events
	i := 0
	for events[i].Place != at {
		i++
	}
	for i++; i < len(events); i++ {
		events[i-1] = events[i]
	}
	w.events = events[:len(events)-1]
	if x.class == late {
		w.late--
	}
	if p.raced == int(actor)+1 {
		p.refresh()
	} else if t := &p.tops[actor]; t.Place == at {
		*t = highest(w.events)
	}
}

// retag gives every event that is enabled a tag as if it were new, in the calm order.
func (p *Pending) retag(born func(scheduler.Key) uint64) {
	for at := range p.all(late) {
		x := &p.list[at]
		x.tag = born(x.key)
	}
	p.indexed = false
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
	if len(p.at) != actors+1 {
		p.at, p.tops = make([]racers, actors+1), make([]Tagged, actors+1)
	}
}

// add puts an event in.
func (p *Pending) add(key scheduler.Key, tag uint64, slot scheduler.Handle, class class) Place {
	at := Place(len(p.list))
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
	if p.indexed && class != spent {
		p.await(at, &p.list[at])
	}
	return at
}

// remove takes an event out, which is x.
func (p *Pending) remove(at Place, x *enabled) {
	c := x.class
	word := int(at / 64)
	t := &p.taken[word]
	t[c] &^= 1 << (at % 64)
	p.counts[c]--
	if p.indexed && c != spent {
		p.leave(at, x)
	}
	if word == p.low && t[early]|t[late]|t[spent] == 0 {
		p.rise()
	}
}

// rise passes over what is handled.
func (p *Pending) rise() {
	for p.low < len(p.taken)-1 && p.taken[p.low] == (taken{}) {
		p.low++
	}
}

// spend makes the alarms that wait wait in vain, but for those of some kinds, which
// are given as bits.
func (p *Pending) spend(but uint16) {
	for at := range p.all(late) {
		x := &p.list[at]
		if eventWhat(x.key) != TimedOut || but>>x.key.Kind()&1 != 0 {
			continue
		}
		if p.indexed {
			p.leave(at, x)
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
	if p.indexed { // a picker may have changed tags
		for _, w := range p.at {
			for _, x := range w.events {
				p.list[x.Place].tag = x.Tag
			}
		}
	}
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
	p.reset(len(p.at) - 1)
	p.until, p.Number = until, number
	for i := range list {
		x := list[i]
		moved(x.slot, p.add(x.key, x.tag, x.slot, x.class))
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
