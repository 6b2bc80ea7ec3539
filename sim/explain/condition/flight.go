package condition

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// fates are what can happen to a message.
var fates = []string{"sent", "delivered", "lost", "doubled"}

// flight is a message and what happens to it in a step.
type flight struct {
	fate     string // one of fates
	kind     uint8
	from, to sim.ID // to 0: all
	round    sim.Round
}

// flights are the messages of a step. What is lost or doubled does not tell its round. The
// sending tells it, earlier in the same step.
func flights(s trace.Step) (list []flight) {
	add := func(fate string, e observe.Entry, from, to sim.ID, round sim.Round) {
		list = append(list, flight{fate, e.Kind, from, to, round})
	}
	arrives := s.Event
	refused := false
	said := map[[2]uint64]sim.Round{} // by kind and number
	of := func(e observe.Entry) [2]uint64 { return [2]uint64{uint64(e.Kind), uint64(e.N)} }
	for _, e := range s.Effects {
		switch e.What {
		case observe.Sent, observe.Broadcast:
			said[of(e)] = e.Round
			add("sent", e, e.Actor, e.Peer, e.Round)
		case observe.Doubled:
			add("doubled", e, e.Actor, e.Peer, said[of(e)])
		case observe.Dropped:
			if _, mine := said[of(e)]; !mine && arrives.What == observe.Delivered && arrives.Kind == e.Kind && arrives.N == e.N && arrives.Peer == e.Peer {
				refused = true
				add("lost", e, e.Peer, e.Actor, arrives.Round)
			} else {
				add("lost", e, e.Actor, e.Peer, said[of(e)])
			}
		case observe.Held:
			refused = true
		}
	}
	if arrives.What == observe.Delivered && !refused {
		add("delivered", arrives, arrives.Peer, arrives.Actor, arrives.Round)
	}
	return list
}
