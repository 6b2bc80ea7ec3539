package guide

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// sends tells a message that leaves.
func (t *Teller) sends(e observe.Entry) (s sentences, ok bool) {
	switch kind(e) {
	case paxos.Prepare:
		s = t.prepares(e)
	case paxos.Promise:
		s = t.promises(e)
	case paxos.Accept:
		s = t.proposes(e)
	case paxos.Accepted:
		s = t.accepts(e)
	case paxos.Nack:
		s = t.refuses(e)
	default:
		return nil, false
	}
	return s, true
}

// beginsBallot tells of a ballot, the first time, and with what it begins.
func (t *Teller) beginsBallot(s *sentences, actor sim.ID, b paxos.Ballot, with string) (isNew bool) {
	if t.began[b] != 0 {
		return false
	}
	t.began[b] = actor
	s.add("Actor %d begins ballot %v%s.", actor, b, with)
	if b.Actor() == actor {
		t.explain(s, ofBallots, fmt.Sprintf("A ballot is an attempt: %v is round %d of actor %d, and higher ballots win over lower ones.", b, b.Round(), b.Actor()))
		return true
	}
	t.explain(s, ofBallots, "A ballot is an attempt, and higher ballots win over lower ones.")
	s.add("In Paxos its number would end with that of its actor, %d.", actor)
	return true
}

// prepares tells that a proposer asks for promises.
func (t *Teller) prepares(e observe.Entry) (s sentences) {
	b, a := messageOf(e).Ballot, &t.actors[e.Actor]
	isNew := t.beginsBallot(&s, e.Actor, b, ": it asks all for a promise")
	t.prepared[b] = true
	switch {
	case isNew:
	case a.ballot == b:
		if t.arrives(e) && !t.toldNow(e) {
			s.add("It asks again for promises of ballot %v.", b)
		}
	case t.began[b] == e.Actor:
		s.add("Actor %d begins ballot %v once more, and asks all for a promise.", e.Actor, b)
	default:
		s.add("Actor %d begins ballot %v, which actor %d has begun before, and asks all for a promise.", e.Actor, b, t.began[b])
	}
	if a.ballot != b {
		a.ballot, a.heard, a.reports, a.refused = b, nil, nil, nil
		delete(t.book.began, heardBy{e.Actor, b})
		delete(t.book.promises, heardBy{e.Actor, b})
	}
	t.book.effect(e)
	return s
}

// proposes tells that a proposer asks for acceptances, and why for this value.
func (t *Teller) proposes(e observe.Entry) (s sentences) {
	p, a := proposed(messageOf(e)), &t.actors[e.Actor]
	isNew := t.beginsBallot(&s, e.Actor, p.ballot, ", and asks for no promises")
	first := t.book.proposes(e.Actor, p.ballot)
	was := t.offers[p.ballot]
	t.offers[p.ballot] = p.value
	if first {
		t.offered[p.ballot] = p.value
	}
	a.ballot = p.ballot
	switch {
	case first:
		t.offering = true
		s = append(s, t.why(e.Actor, p, a, isNew)...)
		t.explain(&s, ofProposals, "To propose a value is to ask all to accept it.")
	case was != p.value:
		s.add("Actor %d now proposes another value in the same ballot: %s, after %s.", e.Actor, t.text(p), t.name(was))
	case !t.arrives(e) || t.toldNow(e) || t.offering:
	case e.Peer != 0:
		s.add("It asks actor %d, too, to accept %s.", e.Peer, t.text(p))
	default:
		s.add("It asks all again to accept %s.", t.text(p))
	}
	return s
}

// toldNow says whether the same was sent to another actor in this event, and arrives.
func (t *Teller) toldNow(e observe.Entry) bool {
	for _, x := range t.events[e.Event] {
		switch {
		case x.What == e.What && x.Kind == e.Kind && x.N == e.N && x.Peer == e.Peer:
			return false
		case x.What == observe.Sent && x.Kind == e.Kind && t.arrives(x):
			return true
		}
	}
	return false
}

// why tells what a proposer bases its proposal on.
func (t *Teller) why(actor sim.ID, p proposal, life *lifetime, skips bool) (s sentences) {
	r := *t.book.promised(actor, p.ballot)
	n := len(r.from)
	enough := t.book.quorum(toPromise, n)
	switch {
	case skips:
	case enough:
		s.add("Actor %d now has promises of ballot %v from %s, %s of %d.", actor, p.ballot, actorList(sorted(r.from)), t.book.aQuorum(toPromise), t.book.size)
	case n == 0:
		s.add("Actor %d has no promise of ballot %v of any member, and goes on all the same.", actor, p.ballot)
	default:
		s.add("Actor %d has promises of ballot %v only from %s, which is not %s of %d, and goes on all the same.", actor, p.ballot, actorList(sorted(r.from)), t.book.aQuorum(toPromise), t.book.size)
	}
	if !enough && !skips {
		s = append(s, t.miscounts(p.ballot, n, life)...)
	}
	asked := slices.Contains(t.book.actors[actor].asked, t.name(p.value))
	switch {
	case r.highest == proposal{} && asked && skips:
		s.add("Actor %d proposes its own value, %s.", actor, t.text(p))
	case r.highest == proposal{} && asked:
		s.add("No promise reports a value, so it proposes its own, %s.", t.text(p))
	case r.highest == proposal{}:
		s.add("No promise reports a value, and it proposes %s.", t.text(p))
	case r.highest.value == p.value && t.rival(life, r.highest) != 0:
		s.add("They report two values in ballot %v, %s and %s, and it takes one of them: it proposes %s.", r.highest.ballot, t.name(r.highest.value), t.name(t.rival(life, r.highest)), t.text(p))
	case r.highest.value == p.value:
		s.add("The highest that they report is %s, so it proposes that value again: %s.", t.text(r.highest), t.text(p))
		t.explain(&s, ofAdoption, "It must, because that value may be chosen already.")
	default:
		own := ""
		if asked {
			own = "its own value, "
		}
		s.add("The highest that they report is %s, so it should propose that value.", t.text(r.highest))
		s.add("But it proposes %s%s.", own, t.text(p))
	}
	if x := other(t.book.chosen, p.value); x != nil {
		if r.highest.value == x.value {
			s.add("So it goes against %s, which is chosen already.", t.name(x.value))
		} else {
			s.add("It does not know that %s is chosen already.", t.name(x.value))
		}
	}
	return s
}

// rival is another value that was reported in the same ballot; 0: there is none.
func (t *Teller) rival(life *lifetime, p proposal) sim.Value {
	for _, r := range life.reports {
		if r.ballot == p.ballot && r.value != p.value {
			return r.value
		}
	}
	return 0
}
