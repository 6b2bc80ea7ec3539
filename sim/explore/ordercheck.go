package explore

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// The check of what order assumes. Take any way through the worlds of the scope, with
// deliveries in whatever order. The look has gone the same way, except for free packets: some
// that are still on their way there have been delivered here. Say that p is one of them, that
// its receiver is at the site s there, and at s' here, which is s after p. A post is such an s,
// p and s'.
//
// Now let something happen on the way. If it is the arrival of p, the post is over. Otherwise
// it is another event of the receiver, or an event elsewhere that the history sees. Then it
// happened in the look as well, at s', so it was met there. For each of them the check looks
// at the diamond: first it and then p, and first p and then it. Both must send the same
// packets, and lead to the same state and the same history. If the first order breaks an
// invariant, so must the second. If all of that holds, the site after it has a post as well,
// and so on to the end of the way.
//
// So a way that breaks an invariant has a way in the look that does. A diamond that does not
// hold takes the freedom of its packet at its site, and at all sites whose posts led there.

// postKey is a packet that may still be on its way where the look has it delivered.
type postKey struct {
	mode   mode
	site   uint32
	packet uint32
}

// post is a postKey, with what was checked of it.
type post struct {
	postKey
	next    uint32   // the site after the arrival
	trail   uint32   // what a history sees of the arrival
	checked int      // how much of what happens at next was held against it
	begun   bool     // what the actor does by itself was looked at
	queued  bool     //
	held    bool     // the packet is not free there
	before  []uint32 // the posts that hold only if this one does
	used    uint32   // the last use of it, see rehearsal.go; 0: none
}

// post is the place of a post, which is made if it is new. It is held from the start if the
// packet cannot be free.
func (o *order) post(k postKey) uint32 {
	key := pair(k.site, k.packet)
	if at, ok := o.place[k.mode].get(key); ok {
		return at
	}
	local, history := o.siteList[k.site].local, o.siteList[k.site].history
	h, fine := o.arrival(k.mode, local, k.packet)
	x := post{postKey: k, trail: h.trail, held: !fine}
	if fine {
		after := o.step(history, h.trail)
		if after&isBroken != 0 {
			x.held = true
		} else {
			x.next = o.siteOf(h.next, after)
		}
	}
	at := uint32(len(o.posts))
	o.posts = append(o.posts, x)
	o.place[k.mode].put(key, at)
	if !x.held {
		n := &o.siteList[x.next]
		n.watchers = append(n.watchers, at)
		o.queue(at)
	}
	return at
}

func (o *order) queue(at uint32) {
	if x := &o.posts[at]; !x.queued && !x.held {
		x.queued = true
		o.todo = append(o.todo, at)
	}
}

// giveUp makes a packet one that is not free, and all whose freedom rests on that.
func (o *order) giveUp(at uint32) {
	if x := &o.posts[at]; !x.held {
		x.held, o.again = true, true
		o.rehearsal.giveUp(x)
		for _, b := range x.before {
			o.giveUp(b)
		}
	}
}

// needs notes that a post holds only if another does, and says whether it can.
func (o *order) needs(at uint32, k postKey) bool {
	n := o.post(k)
	if n == at {
		return true
	}
	x := &o.posts[n]
	if x.held {
		return false
	}
	x.before = append(x.before, at)
	return true
}

// check holds all that was assumed against all that was met, and says whether all of it
// holds. It gives up when stop says so, and then nothing is known.
func (o *order) check(stop func() bool) bool {
	for n := 0; len(o.todo) > 0; n++ {
		if n%1024 == 1023 && stop() {
			return false
		}
		at := o.todo[len(o.todo)-1]
		o.todo = o.todo[:len(o.todo)-1]
		o.posts[at].queued = false
		if !o.holds(at) {
			o.giveUp(at)
		}
	}
	return !o.again
}

// holds says whether a post holds for what was met since the last time.
func (o *order) holds(at uint32) bool {
	if x := &o.posts[at]; !x.begun {
		x.begun = true
		if !o.begins(at) {
			return false
		}
	}
	for {
		x := &o.posts[at]
		list := o.siteList[x.next].happens
		if x.held || x.checked >= len(list) {
			return true
		}
		what := list[x.checked]
		x.checked++
		if !o.commutes(at, what) {
			return false
		}
	}
}

// begins looks at what the actor can do by itself: what it can do before the packet arrives
// it must be able to do afterwards.
func (o *order) begins(at uint32) bool {
	x := o.posts[at]
	if x.mode == 1 && !o.needs(at, postKey{0, x.site, x.packet}) { // crashes elsewhere may use up all there are
		return false
	}
	local, next := o.siteList[x.site].local, o.siteList[x.next].local
	for _, e := range slices.Clone(o.ownOf(local)) {
		if e.IsCrash() && x.mode == 0 {
			continue
		}
		if !e.IsCrash() && !slices.Contains(o.m.Events(next), e) {
			return false
		}
		o.meets(x.next, happens(e))
	}
	return true
}

// commutes says whether something may happen before a packet arrives as well as after it.
func (o *order) commutes(at uint32, what happens) bool {
	x := o.posts[at]
	here, there := o.siteList[x.site], o.siteList[x.next]
	if what&elsewhere != 0 {
		return o.passes(at, what)
	}
	e := sim.ModelEvent(what)
	switch {
	case e.IsCrash() && x.mode == 0:
		return true
	case (e.IsAlarm() || e.IsAsk()) && !slices.Contains(o.m.Events(here.local), e):
		return x.mode == 0 // it cannot happen before: so afterwards the packet has arrived, for good
	}
	o.meets(x.site, what)
	before, crashes := o.allHops(x.mode, here.local, e)
	after, crashesAfter := o.allHops(x.mode, there.local, e)
	if len(before) != len(after) || len(crashes) != len(crashesAfter) {
		return false
	}
	for i := range before {
		a, b := &before[i], &after[i]
		late, ok := o.arrival(x.mode, a.next, x.packet)
		if !ok || late.next != b.next || !slices.Equal(o.sentBy(a), o.sentBy(b)) ||
			!o.square(at, x.mode, a.next, here.history, a.trail, late.trail, there.history, b.trail) {
			return false
		}
	}
	for i := range crashes {
		a, b := &crashes[i], &crashesAfter[i]
		if a.spends != b.spends || a.next != b.next || !slices.Equal(o.sentBy(a), o.sentBy(b)) || !o.same(here.history, a.trail, there.history, b.trail) {
			return false
		}
	}
	return true
}

// passes says whether a deed of another actor may happen before a packet arrives as well as
// after it. If the history sees the arrival, that actor is at another site before it.
func (o *order) passes(at uint32, what happens) bool {
	x, d := o.posts[at], o.deeds[what&^elsewhere]
	here, there := o.siteList[x.site], o.siteList[x.next]
	o.meets(x.site, what)
	if x.trail != 0 {
		o.meets(o.siteOf(d.local, here.history), happens(d.event))
	}
	all, crashes := o.allHops(1, d.local, d.event)
	for _, h := range append(all, crashes...) {
		if !o.square(at, x.mode, here.local, here.history, h.trail, x.trail, there.history, h.trail) {
			return false
		}
	}
	return true
}

// same says whether histories are the same after a crash. The packet that had arrived is on
// its way again then, see ghosts.go.
func (o *order) same(here, trail, there, after uint32) bool {
	first, second := o.step(here, trail), o.step(there, after)
	return second&isBroken != 0 || first == second
}

// square says whether a history sees the same in both orders: here trail and then late, and
// there, where the packet was seen already, after. The packet is postponed to where the
// first alone was seen.
func (o *order) square(at uint32, m mode, local, here, trail, late, there, after uint32) bool {
	first, second := o.step(here, trail), o.step(there, after)
	switch {
	case second&isBroken != 0:
		return true // the look breaks an invariant as well, or nobody does
	case first&isBroken != 0:
		return false
	}
	if o.step(first, late) != second {
		return false
	}
	return o.needs(at, postKey{m, o.siteOf(local, first), o.posts[at].packet})
}
