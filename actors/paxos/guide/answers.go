package guide

import (
	"slices"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// promises tells a promise that leaves: what it binds to, and what it reports.
func (t *Teller) promises(e observe.Entry) (s sentences) {
	m, a := messageOf(e), &t.book.actors[e.Actor]
	owed, said, before, disk := t.book.owed(e), reported(m), a.promised, a.disk
	life := &t.actors[e.Actor]
	t.book.effect(e)
	gift := gift{e.Peer, m.Ballot}
	repeated := before == m.Ballot && slices.Contains(life.gave, gift)
	if !repeated {
		life.gave = append(life.gave, gift)
	}
	to, own := "", ""
	switch {
	case e.Peer == e.Actor:
		own = "its own "
	case t.arrives(e):
		to = actorTo(e.Peer)
	}
	again := ""
	if repeated {
		again = " once more"
	}
	s.add("Actor %d promises %sballot %v%s%s.", e.Actor, own, m.Ballot, to, again)
	t.explain(&s, ofPromises, "So it must accept nothing in a lower ballot.")
	if m.Ballot < before {
		if life.forgets == before {
			s.add("It no longer knows that it has promised %v.", before)
		} else {
			s.add("But it has promised %v, which is higher.", before)
		}
	}
	switch {
	case said == owed:
		if said != (proposal{}) {
			s.add("It reports that it has accepted %s.", t.text(said))
		}
	case said == proposal{} && slices.Contains(life.lost, owed):
		s.add("It no longer knows that it has accepted %s, and reports nothing.", t.text(owed))
	case said == proposal{}:
		s.add("It does not mention that it has already accepted %s.", t.text(owed))
	case t.lied == said:
		s.add("It reports %s.", t.text(said))
	case owed == proposal{}:
		s.add("It reports that it has accepted %s, which is not so.", t.text(said))
	case slices.Contains(a.votes, said):
		s.add("It reports that it has accepted %s. It does not mention %s, which is higher.", t.text(said), t.text(owed))
	default:
		s.add("It reports %s, which is not so: it has accepted %s.", t.text(said), t.text(owed))
	}
	if disk.Promised < m.Ballot {
		s.add("The promise is not on its disk.")
	}
	return s
}

// actorTo is to whom something is sent, with a space in front.
func actorTo(id sim.ID) string { return " to " + actorList([]sim.ID{id}) }

// saves tells what reaches the disk, if others could not know it: a vote, and what is
// not as it was.
func (t *Teller) saves(e observe.Entry) (s sentences) {
	a := &t.book.actors[e.Actor]
	before, promised := a.disk, a.promised
	isNew, chose := t.book.effect(e)
	now := a.disk
	p := proposal{now.Accepted, now.Value}
	if t.fell && now != before {
		s.add("What was on its way to its disk gets there all the same.")
	}
	if isNew {
		s = append(s, t.votes(e.Actor, p, promised, true, chose)...)
	}
	forgotten := now.Promised < before.Promised && !isNew && kind(t.event) != paxos.Prepare
	if forgotten {
		t.forgets(e.Actor, now)
	}
	switch {
	case p == proposal{} && forgotten && now.Promised == 0:
		s.add("The disk of actor %d now says nothing of a promise or a vote.", e.Actor)
		return s
	case p == proposal{} && before.Accepted != 0:
		s.add("The disk of actor %d now says that it has accepted nothing.", e.Actor)
	case p == proposal{}, p == proposal{before.Accepted, before.Value}:
	case !isNew && !slices.Contains(a.votes, p) && t.savesMore(e):
		s.add("At first the disk of actor %d says that it has accepted %s, which is not so.", e.Actor, t.text(p))
	case isNew || slices.Contains(a.votes, p) || t.does(paxos.Accepted): // which tells of it
	default:
		t.lied = p
		s.add("The disk of actor %d now says that it has accepted %s, which is not so.", e.Actor, t.text(p))
		if n := len(a.votes); n > 0 && a.votes[n-1].value == p.value {
			s.add("It has accepted %s, but in ballot %v.", t.name(p.value), a.votes[n-1].ballot)
		} else if n > 0 {
			s.add("It has accepted %s.", t.text(a.votes[n-1]))
		}
	}
	switch {
	case now.Promised < before.Promised:
		s.add("The disk of actor %d now says that it has promised only %s.", e.Actor, ballotText(now.Promised))
	case isNew && now.Promised < p.ballot:
		s.add("Actor %d does not raise its promise: it has still promised %s.", e.Actor, ballotText(now.Promised))
	}
	return s
}

// ballotText is a ballot, or that there is none.
func ballotText(b paxos.Ballot) string {
	if b == 0 {
		return "no ballot"
	}
	return "ballot " + b.String()
}

// refuses tells a refusal.
func (t *Teller) refuses(e observe.Entry) (s sentences) {
	m := messageOf(e)
	promised := t.book.actors[e.Actor].promised
	t.book.effect(e)
	if e.Peer == e.Actor {
		s.add("Actor %d refuses its own ballot %v, because it has promised %v.", e.Actor, m.Ballot, promised)
		return s
	}
	s.add("Actor %d refuses ballot %v of actor %d, because it has promised %v.", e.Actor, m.Ballot, e.Peer, promised)
	return s
}
