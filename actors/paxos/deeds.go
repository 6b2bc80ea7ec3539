package paxos

import "github.com/paxsim/paxsim/sim"

// deeds is the numbers of the events at which what a breach may speak of was done.
// It is scratch: nothing but the text of a breach depends on it, and nothing that
// compares states may look at it.
type deeds struct {
	run      sim.Watched
	actors   []actorDeeds // by number
	proposed []uint64     // by place in the votes: the event of the first Accept
	votes    []deed       // in their order
	chosen   uint64       // the first choice, see history.chosen
	claimed  uint64       // see history.claimed
}

// actorDeeds is the events of an actor; 0: there is none.
type actorDeeds struct {
	promised uint64 // its last promise
	prepared uint64 // the first Prepare of its last ballot
	decided  uint64 // its first decision for the value that it decided last
}

// deed is a vote: the place of its ballot and value in the votes, and who cast it.
type deed struct {
	at    int32
	by    sim.ID
	event uint32
}

func newDeeds(run sim.Watched, actors int) deeds {
	return deeds{run: run, actors: make([]actorDeeds, actors+1)}
}

func (d *deeds) clear() {
	clear(d.actors)
	d.proposed, d.votes = d.proposed[:0], d.votes[:0]
	d.chosen, d.claimed = 0, 0
}

// now is the event that is being handled.
func (d *deeds) now() uint64 { return d.run.Event() }

// propose notes that a ballot and value have come into the votes.
func (d *deeds) propose() { d.proposed = append(d.proposed, d.now()) }

// vote notes a vote.
func (d *deeds) vote(id sim.ID, s *ballotVotes) {
	d.votes = append(d.votes, deed{int32(s.at), id, uint32(d.now())})
}

// lastVote is the event of an actor's last vote; 0: it cast none.
func (d *deeds) lastVote(id sim.ID) uint64 {
	return d.last(func(x deed) bool { return x.by == id })
}

// voteOf is the event at which an actor voted for s; 0: it did not.
func (d *deeds) voteOf(id sim.ID, s *ballotVotes) uint64 {
	return d.last(func(x deed) bool { return x.by == id && int(x.at) == s.at })
}

// lastVoteFor is the event of the last vote for s, whoever cast it; 0: there is none.
func (d *deeds) lastVoteFor(s *ballotVotes) uint64 {
	return d.last(func(x deed) bool { return int(x.at) == s.at })
}

// last is the event of the last vote of which something is so; 0: there is none.
func (d *deeds) last(is func(deed) bool) uint64 {
	for i := len(d.votes) - 1; i >= 0; i-- {
		if is(d.votes[i]) {
			return uint64(d.votes[i].event)
		}
	}
	return 0
}

// since is a breach that speaks of events before this one; 0: of none.
func since(b *sim.Breach, events ...uint64) *sim.Breach {
	b.Events = events
	return b
}
