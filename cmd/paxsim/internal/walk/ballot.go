package walk

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// ballot is two whole numbers as messages print them, "1.2". The zero ballot is
// none.
type ballot struct {
	text         string
	round, actor uint64
}

// ballotOf is the ballot with which a text begins, if it does. That is all that
// is known of a protocol here: what its messages are about, they say first.
func ballotOf(text string) (ballot, bool) {
	word := text[:len(text)-len(strings.TrimLeft(text, "0123456789."))]
	round, actor, ok := strings.Cut(word, ".")
	r, err1 := strconv.ParseUint(round, 10, 63)
	a, err2 := strconv.ParseUint(actor, 10, 63)
	if !ok || err1 != nil || err2 != nil {
		return ballot{}, false
	}
	return ballot{word, r, a}, true
}

// compare goes by the round, and by the actor if that is the same.
func (b ballot) compare(c ballot) int {
	return cmp.Or(cmp.Compare(b.round, c.round), cmp.Compare(b.actor, c.actor))
}

// letter is a message and what befalls it in a step.
type letter struct {
	fate     string // one of fates
	kind     uint8
	from, to sim.ID // to 0: all
	ballot   ballot
}

// letters are the messages of a step. What is lost or doubled does not say
// what it says: that stands where it is sent, before it in the same step.
func letters(s trace.Step) (list []letter) {
	add := func(fate string, e sim.Entry, from, to sim.ID, text string) {
		b, _ := ballotOf(text)
		list = append(list, letter{fate, e.Kind, from, to, b})
	}
	arrives := s.Event
	refused := false
	said := map[[2]uint64]string{} // by kind and number
	of := func(e sim.Entry) [2]uint64 { return [2]uint64{uint64(e.Kind), uint64(e.N)} }
	for _, e := range s.Effects {
		switch e.What {
		case sim.Sent, sim.Broadcast:
			said[of(e)] = e.Text
			add("sent", e, e.Actor, e.Peer, e.Text)
		case sim.Doubled:
			add("doubled", e, e.Actor, e.Peer, said[of(e)])
		case sim.Dropped:
			if _, mine := said[of(e)]; !mine && arrives.What == sim.Delivered && arrives.Kind == e.Kind && arrives.N == e.N && arrives.Peer == e.Peer {
				refused = true
				add("lost", e, e.Peer, e.Actor, arrives.Text)
			} else {
				add("lost", e, e.Actor, e.Peer, said[of(e)])
			}
		case sim.Held:
			refused = true
		}
	}
	if arrives.What == sim.Delivered && !refused {
		add("delivered", arrives, arrives.Peer, arrives.Actor, arrives.Text)
	}
	return list
}
