package explore

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/plain"
)

// A look by actions goes on from the world to which the fewest actions of the protocol
// lead, and of those from the one to which the fewest events lead. So the first violation that it finds has the least length in actions, and of those the least in events.
//
// What an action is, the protocol says ([sim.Protocol].Actions): some count each time, and
// some once, however often they are done again. So what was done is part of a world here,
// and there are more worlds than in any other look.

// byActions is the worlds to go on from, and which actions there are.
type byActions struct {
	x     *look
	deeds deeds
	queue [][][]uint32 // by actions and by events: worlds, one after the other, each behind its entry
	held  int          // numbers in it
	count int          // worlds in it
	cost  int          // of the world that is gone on from
	depth int
	done  uint32 // what was done in it
	f     plain.Sum
}

// What is kept before each world in the queue.
const (
	entryParent = iota // its number
	entryStep
	entryDone   // the number of the set of what was done
	entryBroken // plus 1: the violation, and there is no world; 0: none
	entryHash   // and three after it: the fingerprint
	entrySize   = entryHash + 4 + 1
	entryLength = entrySize - 1
)

// byActions goes on from the worlds in the order of their actions.
func (x *look) byActions(first []uint32) {
	q := &byActions{x: x}
	x.acts = q
	q.deeds = deeds{m: x.w.m, of: x.actions, network: x.w.scope.Network, doubles: x.w.scope.Duplicates > 0, trails: map[uint32][]int32{}, events: map[uint64]int32{}, sets: map[string]uint32{"": 0}, list: []string{""}}
	w := x.w
	w.traced = true
	w.take = func(f plain.Sum, decides bool) bool {
		x.steps++
		x.decided = x.decided || decides
		q.f = f
		return true
	}
	w.push = func(world []uint32) { q.push(world, 0) }
	w.fault = func(broken uint32) { x.steps++; q.push(nil, broken+1) }
	x.parents.add(0, 0)
	w.expand(first, nil)
	for q.cost = 0; q.cost < len(q.queue) && !x.ends(); q.cost++ {
		for q.depth = 0; q.depth < len(q.queue[q.cost]); q.depth++ {
			for at := 0; at < len(q.queue[q.cost][q.depth]); {
				at = q.goOn(at)
				if x.broken != nil || x.ends() {
					return
				}
			}
			q.held -= len(q.queue[q.cost][q.depth])
			q.queue[q.cost][q.depth] = nil
		}
	}
}

// push keeps what comes after the step that is looked at.
func (q *byActions) push(world []uint32, broken uint32) {
	done, cost := q.done, q.cost
	for i := range q.x.w.made {
		var n int
		done, n = q.deeds.after(done, &q.x.w.made[i], q.x.w)
		cost += n
	}
	if q.deeds.err != nil {
		q.x.w.err = q.deeds.err
		return
	}
	f := q.f.Plus(q.deeds.token(done))
	if broken == 0 && q.x.seen.has(f) || !q.x.mayGrow(4*(entrySize+len(world))) {
		return
	}
	depth := q.depth + len(q.x.w.made)
	for len(q.queue) <= cost {
		q.queue = append(q.queue, nil)
	}
	for len(q.queue[cost]) <= depth {
		q.queue[cost] = append(q.queue[cost], nil)
	}
	l := &q.queue[cost][depth]
	before := len(*l)
	*l = append(*l, q.x.current, uint32(q.x.w.at), done, broken, uint32(f[0]), uint32(f[0]>>32), uint32(f[1]), uint32(f[1]>>32), uint32(len(world)))
	*l = append(*l, world...)
	q.held += len(*l) - before
	q.count++
}

// goOn goes on from the world at a place in the queue, if nobody was there yet, and says
// where the next is.
func (q *byActions) goOn(at int) int {
	x, list := q.x, q.queue[q.cost][q.depth]
	e := list[at : at+entrySize]
	end := at + entrySize + int(e[entryLength])
	q.count--
	if e[entryBroken] > 0 {
		x.broken = x.w.broken[e[entryBroken]-1]
		x.current, x.brokeAt = e[entryParent], int(e[entryStep])
		return end
	}
	f := plain.Sum{uint64(e[entryHash]) | uint64(e[entryHash+1])<<32, uint64(e[entryHash+2]) | uint64(e[entryHash+3])<<32}
	x.steps-- // take counts it again
	if !x.take(f, false) {
		return end
	}
	x.parents.add(e[entryParent], int(e[entryStep]))
	x.current, x.level = uint32(x.parents.count-1), q.depth
	q.done = e[entryDone]
	x.w.expand(list[at+entrySize:end], nil)
	return end
}

// bytes is what it takes in memory, by its own account.
func (q *byActions) bytes() int {
	if q == nil {
		return 0
	}
	return q.held*4*5/4 + len(q.deeds.list)*64 // slices grow by a quarter
}

// frontier is how many worlds there are to go on from; some may be known by then.
func (q *byActions) frontier() int {
	if q == nil {
		return 0
	}
	return q.count
}

// deeds tells the actions in steps. An action that counts once, however often it is done,
// is a deed, and has a number.
type deeds struct {
	m       sim.Model
	of      func() observe.Actions
	network sim.Delivery
	doubles bool // a number of messages may arrive twice
	err     error

	known  []observe.Entry    // by number, where it first came up
	trails map[uint32][]int32 // by trail: the deeds in it, in order, or each
	events map[uint64]int32   // by actor and event: likewise

	sets map[string]uint32
	list []string // by number: a set of deeds, as bits
	more table    // of a set and a deed: the set with it
}

// What an entry is beside a deed.
const (
	noAction int32 = -1
	each     int32 = -2 // an action each time
)

// after is what was done after a call of a handler, and how many actions there are in it.
func (d *deeds) after(done uint32, x *made, w *walker) (uint32, int) {
	if x.hop == noHop {
		return done, 0
	}
	n := 0
	done, n = d.add(done, d.event(x.actor, x.event), n)
	for _, deed := range d.trail(w.hopList[x.hop].trail) {
		done, n = d.add(done, deed, n)
	}
	return done, n
}

// add adds a deed to a set, and counts it if it is new.
func (d *deeds) add(done uint32, deed int32, n int) (uint32, int) {
	switch deed {
	case noAction:
		return done, n
	case each:
		return done, n + 1
	}
	bits := d.list[done]
	at, bit := int(deed/8), byte(1)<<(deed%8)
	if at < len(bits) && bits[at]&bit != 0 {
		return done, n
	}
	key := pair(done, uint32(deed))
	if next, ok := d.more.get(key); ok {
		return next, n + 1
	}
	b := []byte(bits)
	if len(b) <= at {
		b = append(b, make([]byte, at+1-len(b))...)
	}
	b[at] |= bit
	next, ok := d.sets[string(b)]
	if !ok {
		next = uint32(len(d.list))
		d.list = append(d.list, string(b))
		d.sets[string(b)] = next
	}
	d.more.put(key, next)
	return next, n + 1
}

// token is the hash of a set, that of none is zero.
func (d *deeds) token(done uint32) plain.Sum {
	if done == 0 {
		return plain.Sum{}
	}
	var h plain.Hash
	h.Mix(1<<41 | uint64(done))
	return h.Sum()
}

// event is what an event itself is. A message that arrives any number of times is one
// action: a copy that arrives later carries nothing forward.
func (d *deeds) event(id sim.ID, e sim.ModelEvent) int32 {
	if e.IsCrash() {
		return noAction // the trail tells it
	}
	key := pair(uint32(id), uint32(e))
	if deed, ok := d.events[key]; ok {
		return deed
	}
	x := d.m.EventEntry(id, e)
	deed := d.number(x)
	if deed == each && e.IsArrival() {
		switch {
		case d.network == sim.AnyTimes:
			deed = int32(len(d.known))
			d.known = append(d.known, observe.Entry{})
		case d.doubles && d.err == nil:
			d.err = fmt.Errorf("explore: a look by actions cannot tell which arrivals are copies where every arrival is an action: leave duplicates out")
		}
	}
	d.events[key] = deed
	return deed
}

// trail is the deeds in a trail.
func (d *deeds) trail(trail uint32) []int32 {
	if trail == 0 {
		return nil
	}
	list, ok := d.trails[trail]
	if !ok {
		for _, x := range d.m.TrailEntries(trail) {
			if deed := d.number(x); deed != noAction {
				list = append(list, deed)
			}
		}
		d.trails[trail] = list
	}
	return list
}

// number is the deed that an entry is: the same as another if it is an action alone, and
// none after that.
func (d *deeds) number(x observe.Entry) int32 {
	a := d.of()
	switch {
	case !a.IsAction(x):
		return noAction
	case a.IsAction(x):
		return each
	}
	for i, y := range d.known {
		if y.What == 0 {
			continue // a packet
		}
		if a := d.of(); a.IsAction(y) && !a.IsAction(x) {
			return int32(i)
		}
	}
	d.known = append(d.known, x)
	return int32(len(d.known) - 1)
}
