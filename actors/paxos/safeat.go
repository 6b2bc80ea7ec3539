package paxos

import "github.com/paxsim/paxsim/sim"

// safeAt says whether another value is or can be chosen below a ballot.
//
// What was safe stays safe, since promises and votes only ever rise. So a duel of
// a thousand ballots is not looked at from its beginning at every ballot: x, found
// safe at 7.1, can at 9.1 only be at odds with what was proposed from 7.1 on. Where
// a bug makes promises fall, or votes come that nobody was free to cast, see
// unsettle.
func (h *history) safeAt(b Ballot, v sim.Value) *sim.Violation {
	if h.on&safeAt == 0 {
		return nil
	}
	// In the ballots in which something was proposed.
	x := h.valueOf(v)
	list := h.votes.list
	for i := h.votes.past(b-1) - 1; i >= 0 && list[i].ballot >= x.safe; i-- {
		if s := &list[i]; s.value != v && h.choosable(s) {
			s = h.firstChoosable(b, v)
			return since(broken(SafeAt, "%s is proposed in %v, while %s is or can still be chosen in %v", h.name(v), b, h.name(s.value), s.ballot),
				s.deeds.proposed, s.deeds.voted)
		}
	}
	// In those in which nothing was yet: most are free just below b.
	free := 0
	for id := h.who.Next(0); id != 0; id = h.who.Next(id) {
		if h.actors[id].promised < b {
			free++
		}
	}
	if h.quorum(free) {
		return broken(SafeAt, "%s is proposed in %v, while %d of %d are still free to vote for another in a lower ballot", h.name(v), b, free, h.who.Len())
	}
	x.safe = max(x.safe, b)
	return nil
}

// unsettle notes that some may now vote, or have voted, in a ballot or above it who
// could not before: what was found safe above it may no longer be safe.
func (h *history) unsettle(b Ballot) {
	for i := range h.values {
		h.values[i].safe = min(h.values[i].safe, b)
	}
}

// firstChoosable is, of what is at odds with a value in a ballot, what was proposed
// first. There is some.
func (h *history) firstChoosable(b Ballot, v sim.Value) (first *ballotVotes) {
	for i := range h.votes.list {
		if s := &h.votes.list[i]; s.ballot < b && s.value != v && (first == nil || s.at < first.at) && h.choosable(s) {
			first = s
		}
	}
	if first == nil {
		panic("paxos: nothing is at odds with a value that is not safe")
	}
	return first
}

// choosable says whether a quorum has voted for s or is still free to.
func (h *history) choosable(s *ballotVotes) bool {
	could := s.count
	for id := h.who.Next(0); id != 0; id = h.who.Next(id) {
		if h.actors[id].promised <= s.ballot && !h.votedAt(id, s.ballot) {
			could++
		}
	}
	return h.quorum(could)
}

// votedAt says whether an acceptor has voted in a ballot, whatever for.
func (h *history) votedAt(id sim.ID, b Ballot) bool {
	list := h.votes.list
	for i := h.votes.past(b) - 1; i >= 0 && list[i].ballot == b; i-- {
		if list[i].voters.Has(id) {
			return true
		}
	}
	return false
}
