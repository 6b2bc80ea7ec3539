package guide

import (
	"slices"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// accepts tells that an acceptance leaves. Most often its vote was saved before, and told.
func (t *Teller) accepts(e observe.Entry) (s sentences) {
	a := &t.book.actors[e.Actor]
	promised, p := a.promised, proposed(messageOf(e))
	isNew, chose := t.book.effect(e)
	switch {
	case isNew:
		s = t.votes(e.Actor, p, promised, false, chose)
	case !t.voted && t.arrives(e):
		s.add("Actor %d says again that it has accepted %s.", e.Actor, t.text(p))
	}
	if disk := (proposal{a.disk.Accepted, a.disk.Value}); disk != p && (isNew || t.voted) {
		s.add("But the disk of actor %d says that it has accepted %s.", e.Actor, t.proposalOrNothing(disk))
	}
	return s
}

func (t *Teller) proposalOrNothing(p proposal) string {
	if p.ballot == 0 {
		return "nothing"
	}
	return t.text(p)
}

// votes tells a vote that is new, and whether the value is chosen by that. promised is
// what its actor had promised before; saved, whether the vote is on its disk.
func (t *Teller) votes(actor sim.ID, p proposal, promised paxos.Ballot, saved, chose bool) (s sentences) {
	t.voted = true
	a := &t.book.actors[actor]
	s.add("Actor %d accepts %s.", actor, t.text(p))
	if p.ballot < promised {
		switch {
		case t.actors[actor].forgets == promised:
			s.add("It no longer knows that it has promised %v.", promised)
		case slices.ContainsFunc(a.votes, func(q proposal) bool { return q.ballot == promised }):
			s.add("It should have refused, because it has accepted in ballot %v, which is higher.", promised)
		default:
			s.add("It should have refused, because it has promised ballot %v.", promised)
		}
	}
	if n := len(a.votes); saved && n > 1 && a.votes[n-2].value != p.value {
		if last := a.votes[n-2]; !slices.Contains(t.actors[actor].lost, last) {
			s.add("That takes the place of %s.", t.text(last))
		}
	}
	if !t.book.members[actor] {
		s.add("It is not a member, so that does not count.")
		return s
	}
	n := t.book.votersOf(p)
	if !chose {
		t.explain(&s, ofVotes, "A value is chosen once "+t.book.aQuorum(toAccept)+" has accepted it in one ballot.")
		return s
	}
	t.glossed[ofVotes] = true
	if others := t.otherVoters(actor, p); len(others) > 0 {
		s.add("With %s that is %d of %d, %s: %s is chosen.", actorList(others), n, t.book.size, t.book.aQuorum(toAccept), t.name(p.value))
	} else {
		s.add("That is %s: %s is chosen.", t.book.aQuorum(toAccept), t.name(p.value))
	}
	if x := other(t.book.chosen, p.value); x != nil {
		s.add("But %s was chosen before: now two values are.", t.text(x.proposal))
	} else if x := other(t.book.decided, p.value); x != nil {
		s.add("But actor %d has decided %s.", x.actor, t.name(x.value))
	} else if len(t.book.decided) == 0 && len(t.book.chosen) == 1 {
		s.add("Nobody knows it yet.")
	}
	return s
}

// otherVoters is the members that have voted for a proposal, without one.
func (t *Teller) otherVoters(actor sim.ID, p proposal) (list []sim.ID) {
	for _, id := range t.book.votes[p].by {
		if id != actor && t.book.members[id] {
			list = append(list, id)
		}
	}
	return sorted(list)
}
