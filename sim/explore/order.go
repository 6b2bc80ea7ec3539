package explore

import (
	"math"

	"github.com/paxsim/paxsim/sim"
)

// Order: some deliveries may come at any moment, and nothing differs but the moment. Such a
// packet is free, and it is delivered at once: no world is kept in which it is still on its
// way. A free packet sends nothing and leaves nothing to chance.
//
// Nobody says which packets are free. It is assumed of all, a look is made, and then the
// assumption is checked, see ordercheck.go. What does not hold is given up, and the look is
// made again. A look after which nothing is given up is a proof.

// order is what is known of free packets.
type order struct {
	*walker
	sites    table // of a local state and a history: a site, plus 1
	siteList []site
	known    table // of a site and what can happen there: it is noted
	numbers  table // of a local state and an event: a deed, plus 1
	deeds    []deed

	posts []post
	place [2]table // by mode, of a site and a packet: the place of its post
	todo  []uint32 // posts that are to be checked
	again bool     // something was given up since the look began

	here, next sitesOf // of the world that is gone on from, and of the one after a step
	rehearsal  rehearsal
}

// site is where an actor is: its local state, and the history of its world.
type site struct {
	local, history uint32
	happens        []happens // all that was met there
	watchers       []uint32  // the posts whose packet has arrived there
}

// happens is what can happen at a site: an event of its actor, or a deed of another.
type happens uint32

// elsewhere is the bit of what happens elsewhere. The rest is the number of the deed.
const elsewhere happens = 1 << 31

// deed is an event at an actor in a local state.
type deed struct {
	local uint32
	event sim.ModelEvent
}

// sitesOf is the sites at which the actors of a world were found last.
type sitesOf []struct{ local, history, site uint32 }

// mode is 1 where the actor may still crash, else 0: what is free may differ.
type mode uint8

func newOrder(w *walker) *order {
	o := &order{walker: w}
	for _, list := range []*sitesOf{&o.here, &o.next} {
		*list = make(sitesOf, w.n)
		for i := range *list {
			(*list)[i].local = nowhere
		}
	}
	return o
}

// nowhere is no local state.
const nowhere = math.MaxUint32

// What a site and a post take in memory, about: what is known of them, and their lists.
const (
	siteBytes = 160
	postBytes = 80
)

// bytes is what all of it takes in memory, about.
func (o *order) bytes() int {
	if o == nil {
		return 0
	}
	tables := o.sites.bytes() + o.known.bytes() + o.numbers.bytes() + len(o.deeds)*8
	for m := range o.place {
		tables += o.place[m].bytes()
	}
	return tables + len(o.siteList)*siteBytes + len(o.posts)*postBytes + o.rehearsal.bytes()
}

// siteOf is the number of a site.
func (o *order) siteOf(local, history uint32) uint32 {
	key := pair(local, history)
	if n, ok := o.sites.get(key); ok {
		return n
	}
	n := uint32(len(o.siteList))
	o.siteList = append(o.siteList, site{local: local, history: history})
	o.sites.put(key, n)
	return n
}

// deedOf is what an event at a local state is for other actors.
func (o *order) deedOf(local uint32, e sim.ModelEvent) happens {
	key := pair(local, uint32(e))
	n, ok := o.numbers.get(key)
	if !ok {
		n = uint32(len(o.deeds))
		o.deeds = append(o.deeds, deed{local, e})
		o.numbers.put(key, n)
	}
	return elsewhere | happens(n)
}

// meets notes what can happen at a site.
func (o *order) meets(n uint32, what happens) {
	key := pair(n, uint32(what))
	if _, ok := o.known.get(key); ok {
		return
	}
	o.known.put(key, 1)
	s := &o.siteList[n]
	s.happens = append(s.happens, what)
	for _, at := range s.watchers {
		o.queue(at)
	}
}

// siteIn is the site of an actor of a world.
func (o *order) siteIn(list sitesOf, i int, local, history uint32) uint32 {
	x := &list[i]
	if x.local != local || x.history != history {
		x.local, x.history, x.site = local, history, o.siteOf(local, history)
	}
	return x.site
}

// isFree says whether a packet is free at a site, as far as is known, and what its post is.
func (o *order) isFree(m mode, n, packet uint32) (post uint32, free bool) {
	post = o.post(postKey{m, n, packet})
	return post, !o.posts[post].held
}

// arrival is the one hop of an arrival, crashes within it apart; false: there are several, or
// it sends something, or there may be such a crash. Where nothing comes of it, it is a hop to
// the same state.
func (o *order) arrival(m mode, local, packet uint32) (hop, bool) {
	all, crashes := o.allHops(m, local, sim.ArrivalOf(packet))
	return all[0], len(all) == 1 && len(crashes) == 0 && all[0].sentN == 0
}

// allHops is the hops of an event, and apart from them those that end in a crash, if there
// may be one. Where nothing comes of the event, it is a hop to the same state.
func (o *order) allHops(m mode, local uint32, e sim.ModelEvent) (all, crashes []hop) {
	for at := o.hopsOf(local, e); at != 0; at++ {
		switch h := o.hopList[at-1]; {
		case h.spends == 0:
			all = append(all, h)
		case m == 1:
			crashes = append(crashes, h)
		}
		if !o.hopList[at-1].more {
			break
		}
	}
	if len(all) == 0 {
		all = []hop{{next: local}}
	}
	return all, crashes
}

func (o *order) sentBy(h *hop) []uint32 { return o.sent[h.sentAt : h.sentAt+uint32(h.sentN)] }
