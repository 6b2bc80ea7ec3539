package guide

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// flight names a message to one actor, whichever copy of it.
type flight struct {
	from, to sim.ID
	kind     uint8
	n        uint32
}

func flightOf(e observe.Entry) flight { return flight{e.Peer, e.Actor, e.Kind, e.N} }

// follows says whether something of this sort happens during the event of an entry, to
// its very message.
func (t *Teller) follows(e observe.Entry, what observe.What) bool {
	for _, x := range t.events[e.Event] {
		if x.What == what && x.Actor == e.Actor && x.Peer == e.Peer && x.Kind == e.Kind && x.N == e.N {
			return true
		}
	}
	return false
}

// does says whether the actor of the present event sends such a message in it.
func (t *Teller) does(kinds ...paxos.Kind) bool {
	for _, x := range t.events[t.event.Event] {
		if x.What != observe.Sent && x.What != observe.Broadcast || x.Actor != t.event.Actor {
			continue
		}
		for _, k := range kinds {
			if kind(x) == k {
				return true
			}
		}
	}
	return false
}

// savesMore says whether an actor saves something else later in the event of an entry.
func (t *Teller) savesMore(e observe.Entry) bool {
	after := false
	for _, x := range t.events[e.Event] {
		if x.What == observe.Saved && x.Actor == e.Actor {
			if after && x.Said != e.Said {
				return true
			}
			after = after || x.Said == e.Said
		}
	}
	return false
}

// arrives says whether a message that leaves reaches anybody.
func (t *Teller) arrives(e observe.Entry) bool {
	for id := sim.ID(1); int(id) <= t.scenario.Actors; id++ {
		if (e.Peer == 0 || e.Peer == id) && t.comes[flight{e.Actor, id, e.Kind, e.N}] {
			return true
		}
	}
	return false
}
