package guide

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// arrival tells a message that reaches its actor. What the actor then does, its effects
// tell: so the answers to a Prepare and an Accept tell of these too.
func (t *Teller) arrival(e observe.Entry) (s sentences, ok bool) {
	from := e.Peer
	if e.As != 0 {
		from = e.As
	}
	switch kind(e) {
	case paxos.Prepare:
		if t.again && t.does(paxos.Promise, paxos.Nack) {
			s.add("A copy of the request for a promise of ballot %v reaches actor %d.", messageOf(e).Ballot, e.Actor)
		}
	case paxos.Accept:
		if t.again && t.does(paxos.Accepted, paxos.Nack) {
			s.add("A copy of the request to accept %s reaches actor %d.", t.text(proposed(messageOf(e))), e.Actor)
		}
	case paxos.Promise:
		s = t.hearsPromise(e, from)
	case paxos.Accepted:
		s = t.hearsAccepted(e, from)
	case paxos.Nack:
		if life := &t.actors[e.Actor]; life.ballot == messageOf(e).Ballot && !slices.Contains(life.refused, from) {
			life.refused = append(life.refused, from)
		}
		if from == e.Actor {
			s.add("Actor %d hears its own refusal of ballot %v.", from, messageOf(e).Ballot)
			break
		}
		s.add("Actor %d hears that actor %d refuses ballot %v.", e.Actor, from, messageOf(e).Ballot)
	default:
		return nil, false
	}
	t.book.event(e)
	return s, true
}

// hearsPromise tells a promise that comes.
func (t *Teller) hearsPromise(e observe.Entry, from sim.ID) (s sentences) {
	m, a := messageOf(e), &t.actors[e.Actor]
	switch {
	case t.again:
		s.add("A copy of the promise of actor %d reaches actor %d.", from, e.Actor)
	case from == e.Actor:
		s.add("Actor %d hears its own promise of ballot %v.", e.Actor, m.Ballot)
	default:
		s.add("The promise of actor %d for ballot %v reaches actor %d.", from, m.Ballot, e.Actor)
	}
	if r := reported(m); r != (proposal{}) && !t.again {
		s.add("It reports %s.", t.text(r))
	}
	if m.Ballot != a.ballot {
		if a.ballot != 0 {
			s.add("Actor %d is at ballot %v by now.", e.Actor, a.ballot)
		}
		return s
	}
	if t.twice = slices.Contains(a.heard, from); !t.twice {
		a.heard = append(a.heard, from)
		if r := reported(m); r != (proposal{}) {
			a.reports = append(a.reports, r)
		}
	}
	if r := t.book.promised(e.Actor, m.Ballot); !t.does(paxos.Accept) && !t.book.began[heardBy{e.Actor, m.Ballot}] {
		n := len(r.from)
		if t.book.members[from] && !slices.Contains(r.from, from) {
			n++
		}
		if t.book.members[from] {
			s.add("%s", t.counts(n))
		} else {
			s.add("Actor %d is not a member, so it should not count.", from)
		}
	}
	return s
}

// hearsAccepted tells an acceptance that comes.
func (t *Teller) hearsAccepted(e observe.Entry, from sim.ID) (s sentences) {
	p, a := proposed(messageOf(e)), &t.actors[e.Actor]
	v := vote2{from, p}
	switch {
	case t.again:
		s.add("A copy of that acceptance by actor %d reaches actor %d.", from, e.Actor)
	case from == e.Actor:
		s.add("Actor %d hears its own acceptance of %s.", e.Actor, t.text(p))
	default:
		s.add("Actor %d hears that actor %d has accepted %s.", e.Actor, from, t.text(p))
	}
	twice := a.counted[v]
	if a.counted == nil {
		a.counted = map[vote2]bool{}
	}
	a.counted[v] = true
	a.told = append(a.told, heardVote{v, twice})
	return s
}

// decides tells a decision: from whom its actor has heard enough.
func (t *Teller) decides(e observe.Entry) (s sentences) {
	p := decisionOf(e)
	t.book.effect(e)
	a, heard := &t.actors[e.Actor], sorted(t.book.acceptances(e.Actor, p.ballot).from)
	switch {
	case t.event.What == observe.Restarted:
		s.add("It knows from its disk that %s is decided.", t.name(p.value))
	case t.book.quorum(toAccept, len(heard)):
		s.add("Actor %d has heard of acceptances in ballot %v from %s, %s of %d: it decides %s.", e.Actor, p.ballot, actorList(heard), t.book.aQuorum(toAccept), t.book.size, t.name(p.value))
	default:
		s.add("Actor %d decides %s.", e.Actor, t.name(p.value))
		s = append(s, t.tooFew(a, p.value)...)
	}
	if v := t.book.votes[p]; v == nil || !v.chosen {
		if !t.book.isChosen(p.value) {
			s.add("But %s is not chosen.", t.name(p.value))
		}
	}
	if x := other(t.book.decided[:len(t.book.decided)-1], p.value); x != nil {
		s.add("Actor %d has decided %s before.", x.actor, t.name(x.value))
	} else if y := other(t.book.chosen, p.value); y != nil {
		s.add("Another value, %s, is chosen.", t.name(y.value))
	}
	return s
}

// tooFew tells on what an actor bases a decision that it should not make.
func (t *Teller) tooFew(a *lifetime, v sim.Value) (s sentences) {
	list := t.heardOf(a, func(x heardVote) bool { return x.value == v }, "")
	if list == "" {
		if slices.ContainsFunc(a.reports, func(p proposal) bool { return p.value == v }) {
			s.add("It has heard of no acceptance of %s itself, only of promises that report it.", t.name(v))
		}
		return s
	}
	s.add("All that it has heard for %s is this: %s.", t.name(v), list)
	s.add("That is not %s of the members in one ballot.", t.book.aQuorum(toAccept))
	if rest := t.heardOf(a, func(x heardVote) bool { return x.value != v }, " for "); rest != "" && strings.Count(list, "actor") < t.book.least(toAccept) {
		s.add("For other values it has heard this: %s.", rest)
	}
	return s
}

// heardOf lists acceptances that an actor has heard of: who, and in which ballot. of goes
// before the values; "": they are left out.
func (t *Teller) heardOf(a *lifetime, which func(heardVote) bool, of string) string {
	var list []string
	for _, x := range a.told {
		if !which(x) {
			continue
		}
		text := actorList([]sim.ID{x.from})
		if of != "" {
			text += of + t.name(x.value)
		}
		text += " in ballot " + x.ballot.String()
		if x.twice {
			text += ", once more"
		}
		list = append(list, text)
	}
	return joined(list)
}
