package sim

import (
	"slices"

	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/plain"
)

// localState is a local state of a [Model].
type localState[A any, D Record] struct {
	owner ID
	Local[A, D]
	cache   []disks.Cached[D] // what it has written and not synced, the oldest first
	synced  []D               // where there is some: what is on the disk itself
	clients []clientState
	asks    uint32 // how many values were made for the actor
	fired   [MaxKinds]uint8
}

// clientState is the state of a request of a client.
type clientState struct {
	request uint16    // its place among those of the scenario
	stage   askStage  //
	op      RequestID // what it has begun last; 0: nothing
	value   Value     // of that
}

// askStage says how far a request is.
type askStage uint8

const (
	unasked askStage = iota // the client has still to ask, first or again
	known                   // the actor knows of it
	ended                   // it has its answer
)

// packet is a message on its way.
type packet[M Message] struct {
	from, to ID
	msg      M
}

// sight is one thing that a history sees.
type sight[M Message, D Record] struct {
	what     sightOf
	id       ID
	msg      M
	slot     int
	rec      D
	instance Instance
	value    Value
	under    Round
	request  Request
	text     string
}

// sightOf is what a history sees, by its method.
type sightOf uint8

const (
	sawRequested sightOf = iota + 1
	sawCrashed
	sawRestarted
	sawHeard
	sawSent
	sawSaved
	sawDecided
	sawAnswered
	sawPanic
)

// The kinds of parts, so that parts of two kinds never have the same token.
const (
	localPart uint64 = iota + 1
	packetPart
	historyPart
	trailPart
)

// hashLocal takes in a local state under new numbers.
func (m *model[A, M, D, P]) hashLocal(l *localState[A, D], r *plain.Renaming) plain.Sum {
	var h plain.Hash
	h.Mix(localPart)
	h.Mix(uint64(r.Actor(l.owner)))
	m.plans.actor.Hash(&h, &l.Actor, r)
	h.Mix(uint64(len(l.Disk)))
	for i := range l.Disk {
		m.plans.record.Hash(&h, &l.Disk[i], r)
	}
	if len(l.cache) > 0 {
		h.Mix(uint64(len(l.cache))<<32 | uint64(len(l.synced)))
		for i := range l.cache {
			h.Mix(uint64(l.cache[i].Slot))
			m.plans.record.Hash(&h, &l.cache[i].Rec, r)
		}
		for i := range l.synced {
			m.plans.record.Hash(&h, &l.synced[i], r)
		}
	}
	h.Mix(uint64(len(l.Timers)))
	for _, t := range l.Timers {
		h.Mix(uint64(t.Kind))
		h.Mix(t.For)
	}
	h.Mix(uint64(l.asks))
	for kind, n := range l.fired {
		if n != 0 {
			h.Mix(uint64(kind)<<8 | uint64(n))
		}
	}
	// Clients are told apart by what they ask for, not by their places: so two that
	// renaming exchanges can be one.
	var all plain.Sum
	for _, c := range l.clients {
		var x plain.Hash
		q := &m.requests[c.request]
		x.Mix(uint64(q.do)<<32 | uint64(r.Value(q.name)))
		x.Mix(uint64(r.Value(q.key)))
		x.Mix(uint64(c.stage))
		if c.stage != ended && q.name == 0 {
			x.Mix(uint64(c.value))
		}
		all = all.Plus(x.Sum())
	}
	h.Mix(all[0])
	h.Mix(all[1])
	return h.Sum()
}

// localOf is the number of a local state, which is copied if it is new.
func (m *model[A, M, D, P]) localOf(l *localState[A, D]) uint32 {
	sum := m.hashLocal(l, nil)
	if m.fade == nil {
		return m.numberOf(sum, l)
	}
	if n, ok := m.fade.known[sum]; ok {
		return n
	}
	faded := m.faded(l)
	n := m.numberOf(m.hashLocal(faded, nil), faded)
	m.joins(n, sum, l)
	return n
}

// known is the number of a local state; false: it has none yet.
func (m *model[A, M, D, P]) known(l *localState[A, D]) (uint32, bool) {
	if m.fade != nil {
		l = m.faded(l)
	}
	return m.locals.find(m.hashLocal(l, nil))
}

// numberOf is the number of a local state with this content.
func (m *model[A, M, D, P]) numberOf(sum plain.Sum, l *localState[A, D]) uint32 {
	if n, ok := m.locals.find(sum); ok {
		return n
	}
	n := m.locals.add(sum, localState[A, D]{})
	m.copyLocal(&m.locals.list[n], l)
	m.locals.tokens = append(m.locals.tokens, sum)
	for i := range m.group[1:] {
		m.locals.tokens = append(m.locals.tokens, m.hashLocal(l, &m.group[i+1]))
	}
	return n
}

// copyLocal makes one local state equal to another, and shares nothing with it.
func (m *model[A, M, D, P]) copyLocal(to, from *localState[A, D]) {
	m.plans.actor.Copy(&to.Actor, &from.Actor, nil)
	to.owner, to.asks, to.fired, to.Busy = from.owner, from.asks, from.fired, from.Busy
	to.Disk = slices.Clone(from.Disk)
	to.cache, to.synced = slices.Clone(from.cache), slices.Clone(from.synced)
	to.Timers = slices.Clone(from.Timers)
	to.Requests = slices.Clone(from.Requests)
	to.clients = slices.Clone(from.clients)
}

// packetOf is the number of a message from an actor to another.
func (m *model[A, M, D, P]) packetOf(from, to ID, msg *M) uint32 {
	hash := func(r *plain.Renaming) plain.Sum {
		var h plain.Hash
		h.Mix(packetPart)
		h.Mix(uint64(r.Actor(from))<<32 | uint64(r.Actor(to)))
		m.plans.message.Hash(&h, msg, r)
		return h.Sum()
	}
	sum := hash(nil)
	if n, ok := m.packets.find(sum); ok {
		return n
	}
	n := m.packets.add(sum, packet[M]{from, to, *msg})
	m.packets.tokens = append(m.packets.tokens, sum)
	for i := range m.group[1:] {
		m.packets.tokens = append(m.packets.tokens, hash(&m.group[i+1]))
	}
	return n
}

// historyOf is the number of a history, which is kept if it is new: it must not be
// changed afterwards.
func (m *model[A, M, D, P]) historyOf(x History[M, D]) uint32 {
	sum := m.hashOfHistory(x, nil)
	if n, ok := m.histories.find(sum); ok {
		return n
	}
	return m.histories.add(sum, x)
}

// hashOfHistory is the token of a history under a renaming; nil: under none.
func (m *model[A, M, D, P]) hashOfHistory(x History[M, D], r *plain.Renaming) plain.Sum {
	var h plain.Hash
	h.Mix(historyPart)
	m.plans.history.Hash(&h, x, r)
	return h.Sum()
}

// trailOf is the number of what a history sees of a hop.
func (m *model[A, M, D, P]) trailOf(list []sight[M, D]) uint32 {
	if len(list) == 0 {
		return 0
	}
	var h plain.Hash
	h.Mix(trailPart)
	for i := range list {
		x := &list[i]
		h.Mix(uint64(x.what)<<32 | uint64(x.id))
		switch x.what {
		case sawRequested:
			h.Mix(uint64(x.request.ID)<<32 | uint64(x.request.Do))
			h.Mix(uint64(x.request.Key)<<32 | uint64(x.request.Value))
		case sawHeard, sawSent:
			m.plans.message.Hash(&h, &x.msg, nil)
		case sawSaved:
			h.Mix(uint64(x.slot))
			m.plans.record.Hash(&h, &x.rec, nil)
		case sawDecided:
			h.Mix(uint64(x.instance)<<32 | uint64(x.value))
			h.Mix(uint64(x.under))
		case sawAnswered:
			h.Mix(uint64(x.request.ID)<<32 | uint64(x.value))
		case sawPanic:
			for i := range len(x.text) {
				h.Mix(uint64(x.text[i]))
			}
		}
	}
	sum := h.Sum()
	if n, ok := m.trails.find(sum); ok {
		return n
	}
	return m.trails.add(sum, slices.Clone(list))
}
