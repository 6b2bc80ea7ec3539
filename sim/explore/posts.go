package explore

// A post is a packet that may still be on its way where the look has it delivered. It is
// quiet if a history sees nothing of the arrival. Then the packet may be on its way while the
// history goes on, and the arrival does not depend on it: a quiet post is a local state and a
// packet. A loud post is for one history as well.
type post struct {
	loud    bool
	held    bool   // the packet is not free there
	begun   bool   // what the actor does by itself was looked at
	queued  bool   //
	local   uint32 // the receiver before the arrival
	history uint32 // of a loud post: then
	packet  uint32
	next    uint32   // the local state after the arrival; of a loud post the site
	trail   uint32   // what a history sees of the arrival
	met     int      // how many events at next were held against it
	seen    int      // and how many deeds of others
	used    uint32   // the last use of it, see goback.go; 0: none
	before  []uint32 // the posts that hold only if this one does
}

// isLoud says in place of a quiet post that a history sees the arrival.
const isLoud = nowhere

// post is the place of a post, which is made if it is new. It is held from the start if the
// packet cannot be free.
func (o *order) post(local, history, packet uint32) uint32 {
	key := pair(local, packet)
	at, ok := o.quiet.get(key)
	if !ok {
		h, fine := o.arrival(local, packet)
		if at = isLoud; !fine || h.trail == 0 {
			at = o.add(post{local: local, packet: packet, next: h.next, held: !fine})
			if fine {
				l := o.atLocal(h.next)
				l.watchers = append(l.watchers, at)
			}
		}
		o.quiet.put(key, at)
	}
	if at != isLoud {
		return at
	}
	key = pair(o.siteOf(local, history), packet)
	at, ok = o.loud.get(key)
	if !ok {
		h, _ := o.arrival(local, packet)
		x := post{loud: true, local: local, history: history, packet: packet, trail: h.trail}
		after := o.step(history, h.trail)
		if x.held = after&isBroken != 0; !x.held {
			x.next = o.siteOf(h.next, after)
		}
		if at = o.add(x); !x.held {
			s, p := &o.siteList[x.next], o.atHistory(after)
			s.watchers, p.watchers = append(s.watchers, at), append(p.watchers, at)
		}
		o.loud.put(key, at)
	}
	return at
}

// add puts in a post, to be checked.
func (o *order) add(x post) uint32 {
	at := uint32(len(o.posts))
	o.posts = append(o.posts, x)
	o.queue([]uint32{at})
	return at
}

// queue notes that posts are to be checked.
func (o *order) queue(list []uint32) {
	for _, at := range list {
		if x := &o.posts[at]; !x.queued && !x.held {
			x.queued = true
			o.todo = append(o.todo, at)
		}
	}
}

// giveUp makes a packet one that is not free, and all whose freedom rests on that.
func (o *order) giveUp(at uint32) {
	if x := &o.posts[at]; !x.held {
		x.held, o.again = true, true
		o.givenUp++
		o.back.giveUp(x)
		for _, b := range x.before {
			o.giveUp(b)
		}
	}
}

// needs notes that a post holds only if the same packet is free at another place, too, and
// says whether it can be.
func (o *order) needs(at, local, history uint32) bool {
	n := o.post(local, history, o.posts[at].packet)
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
