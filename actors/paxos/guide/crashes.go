package guide

import (
	"slices"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// crashes tells a crash, before what it fell, and what is lost by it.
func (t *Teller) crashes(e observe.Entry) (s sentences) {
	s.add("Actor %d crashes%s.", e.Actor, t.before(e))
	a, life := &t.book.actors[e.Actor], &t.actors[e.Actor]
	disk := t.diskAfter(e)
	var lost []string // promises
	for _, x := range life.gave {
		if b := x.ballot.String(); x.ballot > disk.Promised && !slices.Contains(lost, b) {
			lost = append(lost, b)
		}
	}
	if len(lost) == 1 {
		s.add("Its promise of ballot %s was not on its disk: it is lost.", lost[0])
	} else if len(lost) > 1 {
		s.add("Its promises of ballots %s were not on its disk: they are lost.", joined(lost))
	}
	if a.promised > disk.Promised {
		life.forgets = a.promised
	}
	t.fell = true
	if n := len(a.votes); n > 0 && a.votes[n-1] != (proposal{disk.Accepted, disk.Value}) {
		if last := a.votes[n-1]; disk.Accepted < last.ballot && !slices.Contains(life.lost, last) {
			s.add("Its vote for %s was not on its disk: it is lost.", t.text(last))
			life.lost = append(life.lost, last)
		}
	}
	if life.ballot != 0 && t.event.Actor == e.Actor && len(life.heard) > 0 {
		s.add("It forgets the promises that it had for ballot %v.", life.ballot)
	}
	life.ballot, life.heard, life.reports, life.refused, life.counted, life.told, life.gave = 0, nil, nil, nil, nil, nil, nil
	if p := (proposal{disk.Accepted, disk.Value}); len(s) == 1 && (p == proposal{} || slices.Contains(a.votes, p)) {
		s.add("What it has promised and accepted is on its disk.")
	}
	return s
}

// diskAfter is what is on the disk of an actor after a crash: what was written before and
// was still on its way may reach it.
func (t *Teller) diskAfter(e observe.Entry) paxos.Record {
	disk := t.book.actors[e.Actor].disk
	crashed := false
	for _, x := range t.events[e.Event] {
		crashed = crashed || x.What == observe.Crashed && x.Actor == e.Actor
		if crashed && x.What == observe.Saved && x.Actor == e.Actor {
			disk, _ = x.Said.(paxos.Record)
		}
	}
	return disk
}

// before says before which effect a crash fell: a clause with a space in front, or
// nothing. It goes by the event that led to the effect: on a slow disk that is an
// earlier one.
func (t *Teller) before(e observe.Entry) string {
	cut, _ := e.Said.(observe.Cut)
	var origin observe.Entry
	if list := t.events[e.Cause]; len(list) > 0 {
		origin = list[0]
	}
	m := messageOf(origin)
	switch cut.Before {
	case observe.Saved:
		switch kind(origin) {
		case paxos.Prepare:
			return " before it saves a promise of ballot " + m.Ballot.String()
		case paxos.Accept:
			return " before it saves a vote for " + t.text(proposed(m))
		}
		return " before it saves anything of this"
	case observe.Sent:
		return t.beforeSending(e, cut, m)
	case observe.Decided:
		return " before it makes its decision known"
	case observe.Answered:
		return " before it answers its client"
	}
	return ""
}

// beforeSending is before where a message did not leave. m is the message that led to it,
// if one did.
func (t *Teller) beforeSending(e observe.Entry, cut observe.Cut, m paxos.Message) string {
	for _, x := range t.events[e.Event] { // a broadcast is cut between two of its receivers
		if x.What == observe.Broadcast && x.Actor == e.Actor && x.Kind == cut.Kind {
			switch kind(x) {
			case paxos.Prepare:
				return " while it asks all for a promise"
			case paxos.Accept:
				return " while it asks all to accept this"
			}
			return " while it tells this to all"
		}
	}
	to := actorList([]sim.ID{cut.Peer})
	switch paxos.Kind(cut.Kind) {
	case paxos.Promise:
		if m.Ballot == 0 {
			return " before its promise leaves for " + to
		}
		return " before its promise of ballot " + m.Ballot.String() + " leaves for " + to
	case paxos.Accepted:
		return " before it tells of its vote"
	case paxos.Prepare:
		return " before it asks anybody for a promise"
	case paxos.Accept:
		return " before it asks " + to + " to accept anything"
	case paxos.Nack:
		if m.Ballot != 0 {
			return " before it refuses ballot " + m.Ballot.String()
		}
	}
	return " before it answers"
}

// forgets notes what an actor no longer knows, though it did not crash: disk is what is
// left.
func (t *Teller) forgets(actor sim.ID, disk paxos.Record) {
	a, life := &t.book.actors[actor], &t.actors[actor]
	life.forgets, life.gave = a.promised, nil
	for _, p := range a.votes {
		if p.ballot > disk.Accepted && !slices.Contains(life.lost, p) {
			life.lost = append(life.lost, p)
		}
	}
}

// restarts tells that an actor comes back, and what is on its disk.
func (t *Teller) restarts(e observe.Entry) (s sentences) {
	s.add("Actor %d restarts.", e.Actor)
	switch disk := t.book.actors[e.Actor].disk; {
	case disk.Promised == 0 && disk.Accepted == 0:
		s.add("Its disk says nothing of a promise or a vote.")
	default:
		s.add("Its disk says that it has %s.", t.record(disk))
	}
	return s
}

// record tells what a disk holds of an acceptor, after "it has".
func (t *Teller) record(r paxos.Record) string {
	var list []string
	if r.Promised != 0 {
		list = append(list, "promised ballot "+r.Promised.String())
	}
	if r.Accepted != 0 {
		list = append(list, "accepted "+t.text(proposal{r.Accepted, r.Value}))
	}
	return joined(list)
}
