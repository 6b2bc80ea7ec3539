package guide

import (
	"fmt"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
)

// miscounts tells what a proposer counts that is no promise of a member for its ballot.
// promises is how many it has that are.
func (t *Teller) miscounts(b paxos.Ballot, promises int, life *lifetime) (s sentences) {
	var outside []sim.ID
	for _, id := range life.heard {
		if !t.book.members[id] {
			outside = append(outside, id)
		}
	}
	switch m := messageOf(t.event); {
	case t.again:
		s.add("It counts the copy as a second promise.")
	case t.twice:
		s.add("It counts this promise a second time.")
	case kind(t.event) == paxos.Nack:
		s.add("It counts the refusal as a promise.")
	case kind(t.event) == paxos.Promise && m.Ballot != b:
		s.add("It counts the promise of ballot %v for ballot %v.", m.Ballot, b)
	case len(outside) == 1:
		s.add("It counts %s as well, which is not a member.", actorList(outside))
	case len(outside) > 1:
		s.add("It counts %s as well, which are not members.", actorList(sorted(outside)))
	case len(life.refused) > 0 && t.book.quorum(toPromise, promises+len(life.refused)):
		s.add("It counts the refusal of %s as a promise.", actorList(sorted(life.refused)))
	}
	return s
}

// counts tells how many promises a proposer has, and how many it needs.
func (t *Teller) counts(n int) string {
	if least := t.book.least(toPromise); n < least {
		return fmt.Sprintf("That is %d of the %d promises that it needs.", n, least)
	}
	return fmt.Sprintf("That is %d of %d.", n, t.book.size)
}
