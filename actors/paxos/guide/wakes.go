package guide

import (
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// asks tells that a client asks.
func (t *Teller) asks(e observe.Entry) (s sentences) {
	asked := t.book.actors[e.Actor].asked
	switch n := len(asked); {
	case n < 2:
		s.add("A client asks actor %d to get the value %s chosen.", e.Actor, e.Text)
	case asked[n-2] == e.Text:
		s.add("The client of actor %d asks again for %s.", e.Actor, e.Text)
	default:
		s.add("The client of actor %d asks again, and now for %s.", e.Actor, e.Text)
	}
	return s
}

// wakes tells that an alarm goes off.
func (t *Teller) wakes(e observe.Entry) (s sentences) {
	b := t.actors[e.Actor].ballot
	switch k := t.timer(e.Kind); {
	case k.Purpose == shown.BeginsRound:
		s.add("Actor %d has waited long enough.", e.Actor)
	case k.Purpose == shown.RepeatsRound && b != 0:
		s.add("Actor %d has waited for answers in ballot %v for too long.", e.Actor, b)
	case k.Purpose == shown.LearnsResult:
		s.add("Actor %d has waited for a decision, and has learned of none.", e.Actor)
	case k.Name == forgetting:
		s.add("Actor %d remembers for a limited time only, and that is over: it forgets what it has promised and accepted.", e.Actor)
	default:
		s.add("The alarm %s of actor %d goes off.", k.Name, e.Actor)
	}
	return s
}

// forgetting is the alarm of actors that remember for a limited time only.
const forgetting = "forget"

// timer is a kind of alarm.
func (t *Teller) timer(kind uint8) shown.TimerKind {
	return t.scenario.Protocol.Vocabulary().Timers[kind]
}

// notes tells what an actor notes: that it gives up its ballot. The rest is in other
// sentences.
func (t *Teller) notes(e observe.Entry) (s sentences) {
	notes := t.scenario.Protocol.Vocabulary().Notes
	if int(e.Kind) < len(notes) && notes[e.Kind].Field == "give_ups" {
		a := &t.actors[e.Actor]
		s.add("Actor %d gives up ballot %v.", e.Actor, a.ballot)
		a.ballot, a.heard, a.reports, a.refused = 0, nil, nil, nil
	}
	return s
}
