package explore

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// The check of what order assumes. Take any way through the worlds of the scope, with
// deliveries in whatever order. The look has gone the same way, except for free packets: some
// that are still on their way there have been delivered here. Say that p is one of them, that
// its receiver is in the local state l there, and in l' here, which is l after p. Such an l and
// p are a post. If a history sees the arrival, the history is another one here, and it is part
// of the post.
//
// Now let something happen on the way. If it is the arrival of p, the post is over. Otherwise
// it is another event of the receiver, or an event elsewhere. Then it happened in the look as
// well, so it was met there. For an event of the receiver the check looks at the diamond:
// first it and then p, and first p and then it. Both must send the same packets, and lead to
// the same state and the same history. An event elsewhere does not touch the receiver, so both
// orders must only lead to the same history. If the history sees nothing of p, they do. If the
// first order breaks an invariant, so must the second. If all of that holds, p has a post after
// it as well, and so on to the end of the way.
//
// So a way that breaks an invariant would have a way in the look that does. A diamond that
// does not hold takes the freedom of its packet, and of all whose posts led there.
//
// The argument has a gap. If two packets to one actor are on their way, and the look has
// delivered p and then q, q may arrive on the way before p, in a state in which the look has
// never met it. So that diamond is not looked at. To note such an arrival wherever q has a post
// makes Paxos too large. TestOrderGap has a protocol in which it matters, one of 12,000 that
// were drawn. Until the gap is closed, a look with order proves nothing.

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
	for holds := true; holds; {
		x := &o.posts[at]
		switch {
		case x.held:
			return true
		case !x.loud:
			list := o.byLocal[x.next].met
			if x.met == len(list) {
				return true
			}
			x.met++
			holds = o.commutes(at, list[x.met-1].history, list[x.met-1].event)
		default:
			s := &o.siteList[x.next]
			deeds := o.byHistory[s.history].deeds
			if x.met < len(s.events) {
				x.met++
				holds = o.commutes(at, x.history, s.events[x.met-1])
			} else if x.seen < len(deeds) {
				x.seen++
				holds = o.passes(at, deeds[x.seen-1])
			} else {
				return true
			}
		}
	}
	return false
}

// begins looks at what the actor can do by itself: what it can do before the packet arrives
// it must be able to do afterwards.
func (o *order) begins(at uint32) bool {
	x := o.posts[at]
	next, _ := o.after(&x, 0)
	for _, e := range slices.Clone(o.ownOf(x.local)) {
		switch {
		case e.IsCrash():
			continue
		case !e.IsCrash() && !slices.Contains(o.m.Events(next), e):
			return false
		case x.loud:
			o.meets(x.next, e)
		case !slices.Contains(o.ownOf(next), e) && !o.settles(at, e): // nothing comes of it there, so no look meets it
			return false
		}
	}
	return true
}

// after is the local state and the history of a post after the arrival, if it was that
// before.
func (o *order) after(x *post, history uint32) (local, now uint32) {
	if !x.loud {
		return x.next, history
	}
	s := &o.siteList[x.next]
	return s.local, s.history
}

// commutes says whether an event of the receiver may happen before a packet arrives as well
// as after it, if the world has that history before.
func (o *order) commutes(at, history uint32, e sim.ModelEvent) bool {
	x := o.posts[at]
	if e.IsCrash() || (e.IsAlarm() || e.IsAsk()) && !slices.Contains(o.m.Events(x.local), e) {
		return true // it cannot happen before: so afterwards the packet has arrived, for good
	}
	o.meets(o.siteOf(x.local, history), e)
	if !x.loud && o.settles(at, e) {
		return true
	}
	next, now := o.after(&x, history)
	before, after := o.allHops(x.local, e), o.allHops(next, e)
	if len(before) != len(after) {
		return false
	}
	for i := range before {
		a, b := &before[i], &after[i]
		late, ok := o.arrival(a.next, x.packet)
		if !ok || late.next != b.next || !slices.Equal(o.sentBy(a), o.sentBy(b)) ||
			!o.square(at, a.next, history, a.trail, late.trail, now, b.trail) {
			return false
		}
	}
	return true
}

// settles says whether an event of the receiver commutes with a quiet arrival, whatever the
// history is: it sees the same, and nothing of the arrival, in both orders.
func (o *order) settles(at uint32, e sim.ModelEvent) bool {
	key := pair(at, uint32(e))
	if is, ok := o.settled.get(key); ok {
		return is == 1
	}
	x := o.posts[at]
	before, after := o.allHops(x.local, e), o.allHops(x.next, e)
	is := len(before) == len(after)
	for i := 0; is && i < len(before); i++ {
		a, b := &before[i], &after[i]
		late, ok := o.arrival(a.next, x.packet)
		is = ok && late.next == b.next && slices.Equal(o.sentBy(a), o.sentBy(b)) &&
			late.trail == 0 && a.trail == b.trail && o.needs(at, a.next, 0)
	}
	value := uint32(0)
	if is {
		value = 1
	}
	o.settled.put(key, value)
	return is
}

// passes says whether a deed of another actor may happen before a loud packet arrives as well
// as after it. The history sees the arrival, so that actor is at another site before it.
func (o *order) passes(at, number uint32) bool {
	x, d := o.posts[at], o.deeds[number]
	if d.actor == int(o.to[x.packet])-1 {
		return true // see commutes
	}
	now := o.siteList[x.next].history
	o.sees(x.history, number)
	o.meets(o.siteOf(d.local, x.history), d.event)
	for _, h := range o.everyHop(d.local, d.event) {
		if h.trail != 0 && !o.square(at, x.local, x.history, h.trail, x.trail, now, h.trail) {
			return false
		}
	}
	return true
}

// square says whether a history sees the same in both orders: here trail and then late, and
// there, where the packet was seen already, after. The packet is postponed to where the
// first alone was seen.
func (o *order) square(at, local, here, trail, late, there, after uint32) bool {
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
	return o.needs(at, local, first)
}
