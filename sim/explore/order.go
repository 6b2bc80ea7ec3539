package explore

import (
	"math"
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// Order: some deliveries may come at any moment, and nothing differs but the moment. Such a
// packet is free, and it is delivered at once: no world is kept in which it is still on its
// way. A free packet sends nothing and leaves nothing to chance. Its receiver cannot crash any
// more, see prophecy.go: a crash undoes what a packet has done.
//
// Nobody says which packets are free. It is assumed of all, and the assumption is checked
// while the look goes on, see ordercheck.go. What does not hold is given up, see goback.go.

// order is what is known of free packets.
type order struct {
	*walker
	sites    table // of a local state and a history: a site
	siteList []site
	met      table // of a site and an event of its actor: it was met there
	numbers  table // of a local state and an event: a deed
	deeds    []deed
	seen     table // of a history and a deed: it was met there

	byLocal   []localOrder
	byHistory []historyOrder

	posts   []post
	quiet   table    // of a local state and a packet: its post, or isLoud
	loud    table    // of a site and a packet: its post
	settled table    // of a quiet post and an event: they commute, whatever the history is
	todo    []uint32 // posts that are to be checked
	givenUp int      // how many posts were
	again   bool     // something was given up since the look began

	here, next sitesOf // of the world that is gone on from, and of the one after a step
	back       goback
}

// site is where an actor is: its local state, and the history of its world.
type site struct {
	local, history uint32
	events         []sim.ModelEvent // of its actor that were met there
	watchers       []uint32         // the loud posts whose packet has arrived there
}

// localOrder is what was met at a local state, at all its sites.
type localOrder struct {
	met      []meeting
	watchers []uint32 // the quiet posts whose packet has arrived there
}

// meeting is an event that was met while the world had that history.
type meeting struct {
	history uint32
	event   sim.ModelEvent
}

// historyOrder is what was met while the world had a history.
type historyOrder struct {
	deeds    []uint32
	watchers []uint32 // the loud posts whose packet has arrived there
}

// deed is an event at an actor in a local state, as others see it.
type deed struct {
	actor int // its place in a world
	local uint32
	event sim.ModelEvent
}

// sitesOf is the sites at which the actors of a world were found last.
type sitesOf []struct{ local, history, site uint32 }

// nowhere is no local state.
const nowhere = math.MaxUint32

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

// What a site, a local state, a history and a post take in memory, about: what is known of
// them, and their lists.
const (
	siteBytes  = 112
	placeBytes = 96
	postBytes  = 88
)

// bytes is what all of it takes in memory, about.
func (o *order) bytes() int {
	if o == nil {
		return 0
	}
	tables := o.sites.bytes() + o.met.bytes() + o.numbers.bytes() + o.seen.bytes() + o.quiet.bytes() + o.loud.bytes() + o.settled.bytes()
	lists := len(o.deeds)*16 + o.met.used*8 + o.seen.used*4
	return tables + lists + len(o.siteList)*siteBytes + (len(o.byLocal)+len(o.byHistory))*placeBytes + len(o.posts)*postBytes + o.back.bytes()
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
	o.atLocal(local)
	return n
}

// siteIn is the site of an actor of a world.
func (o *order) siteIn(list sitesOf, i int, local, history uint32) uint32 {
	x := &list[i]
	if x.local != local || x.history != history {
		x.local, x.history, x.site = local, history, o.siteOf(local, history)
	}
	return x.site
}

// atLocal is what is known of a local state.
func (o *order) atLocal(local uint32) *localOrder {
	for int(local) >= len(o.byLocal) {
		o.byLocal = append(o.byLocal, localOrder{})
	}
	return &o.byLocal[local]
}

// atHistory is what is known of a history.
func (o *order) atHistory(history uint32) *historyOrder {
	for int(history) >= len(o.byHistory) {
		o.byHistory = append(o.byHistory, historyOrder{})
	}
	return &o.byHistory[history]
}

// deedOf is what an event is for other actors.
func (o *order) deedOf(actor int, local uint32, e sim.ModelEvent) uint32 {
	key := pair(local, uint32(e))
	n, ok := o.numbers.get(key)
	if !ok {
		n = uint32(len(o.deeds))
		o.deeds = append(o.deeds, deed{actor, local, e})
		o.numbers.put(key, n)
	}
	return n
}

// meets notes that an event can happen at a site.
func (o *order) meets(n uint32, e sim.ModelEvent) {
	if !o.met.add(pair(n, uint32(e))) {
		return
	}
	s := &o.siteList[n]
	s.events = append(s.events, e)
	l := &o.byLocal[s.local]
	l.met = append(l.met, meeting{s.history, e})
	o.queue(s.watchers)
	o.queue(l.watchers)
}

// sees notes that a deed can happen while the world has a history.
func (o *order) sees(history, deed uint32) {
	if !o.seen.add(pair(history, deed)) {
		return
	}
	h := o.atHistory(history)
	h.deeds = append(h.deeds, deed)
	o.queue(h.watchers)
}

// isFree says whether a packet is free, as far as is known, and what its post is.
func (o *order) isFree(local, history, packet uint32) (post uint32, free bool) {
	post = o.post(local, history, packet)
	return post, !o.posts[post].held
}

// arrival is the one hop of an arrival; false: there are several, or it sends something. Where
// nothing comes of it, it is a hop to the same state.
func (o *order) arrival(local, packet uint32) (hop, bool) {
	all := o.allHops(local, sim.ArrivalOf(packet))
	return all[0], len(all) == 1 && all[0].sentN == 0
}

// allHops is the hops of an event, without those that end in a crash. Where nothing comes of
// the event, it is a hop to the same state. Nobody may change the list.
func (o *order) allHops(local uint32, e sim.ModelEvent) []hop {
	all := o.everyHop(local, e)
	crashes := func(h hop) bool { return h.spends > 0 }
	if slices.ContainsFunc(all, crashes) {
		all = slices.DeleteFunc(slices.Clone(all), crashes)
	}
	if len(all) == 0 {
		all = []hop{{next: local}}
	}
	return all
}

// everyHop is the hops of an event. Nobody may change the list.
func (o *order) everyHop(local uint32, e sim.ModelEvent) []hop {
	at := o.hopsOf(local, e)
	if at == 0 {
		return nil
	}
	end := at
	for o.hopList[end-1].more {
		end++
	}
	return o.hopList[at-1 : end : end]
}

func (o *order) sentBy(h *hop) []uint32 { return o.sent[h.sentAt : h.sentAt+uint32(h.sentN)] }
