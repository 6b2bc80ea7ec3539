package guide

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/observe"
)

// Deviates implements [observe.Teller].
func (t *Teller) Deviates(d observe.Deviation) []string {
	var s sentences
	does, should := messageOf(d.Does), messageOf(d.Should)
	doesKind, shouldKind := kind(d.Does), kind(d.Should)
	switch {
	case shouldKind == paxos.Nack:
		s.add("Paxos would have refused ballot %v, because actor %d had promised %v.", should.Ballot, d.Actor, should.Last)
	case d.Should.What == observe.Saved && doesKind == paxos.Promise:
		s.add("In Paxos a promise is on the disk before it leaves.")
	case d.Should.What == observe.Saved && doesKind == paxos.Accepted:
		s.add("In Paxos a vote is on the disk before anybody hears of it.")
	case d.Should.What == observe.Saved && d.Does.What == observe.Saved:
		return t.deviatesOnDisk(d)
	case d.Should.What == observe.Saved:
		s.add("Paxos would have saved first that actor %d has %s.", d.Actor, t.saved(d.Should))
	case shouldKind == paxos.Promise && doesKind == paxos.Promise && reported(should) != (proposal{}):
		s.add("In Paxos the promise reports what its sender has accepted: %s.", t.text(reported(should)))
	case shouldKind == paxos.Promise:
		s.add("Paxos would have promised ballot %v.", should.Ballot)
	case shouldKind == paxos.Accept && doesKind == paxos.Accept && should.Value != does.Value:
		s.add("Paxos would have proposed %s instead.", t.text(proposed(should)))
		if t.offered[should.Ballot] == should.Value {
			s.add("In one ballot a proposer proposes one value only.")
		} else if !slices.Contains(t.book.actors[d.Actor].asked, t.name(should.Value)) {
			s.add("A proposer takes the value of the highest ballot that its promises report.")
		}
	case shouldKind == paxos.Prepare && doesKind == paxos.Prepare:
		s.add("Paxos would have begun ballot %v, which nobody has used.", should.Ballot)
	case shouldKind == paxos.Prepare && doesKind == paxos.Accept && t.prepared[should.Ballot]:
		s.add("Paxos would have proposed nothing yet: it needs promises from %s of the members.", t.book.aQuorum(toPromise))
	case shouldKind == paxos.Prepare:
		s.add("Paxos would have asked for promises of ballot %v first.", should.Ballot)
	case doesKind == paxos.Accept:
		s.add("Paxos would have proposed nothing yet: it needs promises from %s of the members.", t.book.aQuorum(toPromise))
	case d.Does.What == observe.Decided:
		s.add("Paxos would have decided nothing yet: it needs acceptances in one ballot from %s of the members.", t.book.aQuorum(toAccept))
	case d.Does.What == observe.TimedOut && t.timer(d.Does.Kind).Name == forgetting:
		s.add("In Paxos an actor never forgets what it has promised and accepted.")
	case doesKind == paxos.Accepted && shouldKind == paxos.Accepted:
		s.add("Paxos would have told of %s.", t.text(proposed(should)))
	default:
		return nil
	}
	return s
}

// deviatesOnDisk is Deviates of a record that should have been another.
func (t *Teller) deviatesOnDisk(d observe.Deviation) []string {
	var s sentences
	does, _ := d.Does.Said.(paxos.Record)
	should, _ := d.Should.Said.(paxos.Record)
	old, is := proposal{does.Accepted, does.Value}, proposal{should.Accepted, should.Value}
	switch {
	case old == is && does.Promised < should.Promised && is.ballot == should.Promised:
		s.add("In Paxos an acceptance raises the promise: the disk would say that actor %d has promised ballot %v.", d.Actor, should.Promised)
		s.add("Actor %d would then refuse all lower ballots.", d.Actor)
	case does.Round != should.Round && old == is:
		s.add("Paxos would have begun a round that is higher than all that it knows of: round %d.", should.Round)
	case old != is && should.Accepted != 0 && old.value == is.value && old.ballot == should.Promised:
		s.add("In Paxos a promise leaves the vote as it is: the disk would say that actor %d has accepted %s.", d.Actor, t.text(is))
	default:
		s.add("In Paxos the disk would say that actor %d has %s.", d.Actor, t.saved(d.Should))
	}
	return s
}

// saved tells what a record says, after "it has".
func (t *Teller) saved(e observe.Entry) string {
	r, _ := e.Said.(paxos.Record)
	if text := t.record(r); text != "" {
		return text
	}
	return fmt.Sprintf("begun round %d", r.Round)
}
