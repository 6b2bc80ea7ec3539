package paxos

import "github.com/paxsim/paxsim/sim"

// The numbers of the events at which what a breach may speak of was done. They are kept
// with what else is known, in fields of these types, and are scratch: no invariant depends
// on them, and nothing that compares states may look at them.

// deeds is the events of a run; 0: there is none.
type deeds struct {
	run     sim.Watched
	chosen  uint64 // the first choice, see history.chosen
	claimed uint64 // see history.claimed
}

// actorDeeds is the events of an actor.
type actorDeeds struct {
	promised uint64 // its last promise
	prepared uint64 // its last Prepare
	voted    uint64 // its last vote
	decided  uint64 // the last decision that it made known
}

// voteDeeds is the events of a ballot and value.
type voteDeeds struct {
	proposed uint64 // the first Accept
	voted    uint64 // the last vote, whoever cast it
}

// now is the event that is being handled.
func (d *deeds) now() uint64 { return d.run.Event() }

// voteOf is the event at which an acceptor voted for s. Of a vote that is not its last
// nobody knows that any more: then it is the event at which s was proposed.
func (a *witnessed) voteOf(s *ballotVotes) uint64 {
	if a.accepted == s.ballot && a.value == s.value {
		return a.deeds.voted
	}
	return s.deeds.proposed
}

// since is a breach that speaks of events before this one; 0: of none.
func since(b *sim.Violation, events ...uint64) *sim.Violation {
	b.Events = events
	return b
}
