package paxos

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// noVotes is the entry of a value that nobody can ask for.
var noVotes = ballotVotes{value: ^sim.Value(0)}

func (v *votes) clear() {
	v.list = v.list[:0]
	v.last = &noVotes
}

// find is the entry of a ballot and value, or nil. What was found last is asked for
// most.
func (v *votes) find(b Ballot, value sim.Value) (s *ballotVotes) {
	if s = v.last; s.ballot != b || s.value != value {
		s = v.search(b, value)
	}
	return s
}

// search is find for any entry.
func (v *votes) search(b Ballot, value sim.Value) *ballotVotes {
	for i := v.past(b) - 1; i >= 0 && v.list[i].ballot == b; i-- {
		if s := &v.list[i]; s.value == value {
			v.last = s
			return s
		}
	}
	return nil
}

// any is an entry of a ballot, or nil.
func (v *votes) any(b Ballot) *ballotVotes {
	if i := v.past(b) - 1; i >= 0 && v.list[i].ballot == b {
		return &v.list[i]
	}
	return nil
}

// highest is the highest ballot in which something was proposed; 0: there is none.
func (v *votes) highest() Ballot {
	if n := len(v.list); n > 0 {
		return v.list[n-1].ballot
	}
	return 0
}

// past is how many entries are of a ballot or of one below it. So a loop over those
// of the ballot is
//
//	for i := v.past(b) - 1; i >= 0 && v.list[i].ballot == b; i-- {
func (v *votes) past(b Ballot) int {
	n := len(v.list)
	for i := n - 1; i >= 0; i-- {
		if v.list[i].ballot <= b {
			return i + 1
		}
		if i == n-fewBallots {
			return v.pastOf(b, i)
		}
	}
	return 0
}

// pastOf is past among the first n entries.
func (v *votes) pastOf(b Ballot, n int) int {
	i, _ := slices.BinarySearchFunc(v.list[:n], b+1, func(s ballotVotes, b Ballot) int { return cmp.Compare(s.ballot, b) })
	return i
}

// add makes an entry. Pointers to others are no longer good.
func (v *votes) add(b Ballot, value sim.Value, shared bool) {
	at, n := v.past(b), len(v.list)
	for at > 0 && v.list[at-1].ballot == b && v.list[at-1].value > value {
		at--
	}
	if n < cap(v.list) {
		v.list = v.list[:n+1]
	} else {
		v.list = append(v.list, ballotVotes{})
	}
	s := &v.list[at]
	if at < n {
		spare := v.list[n] // with its memory
		copy(v.list[at+1:], v.list[at:n])
		*s = spare
	}
	s.ballot, s.value = b, value
	s.asked.Clear()
	s.voters.Clear()
	s.count, s.at, s.shared = 0, n, shared
	v.last = s
}

// Hears implements [sim.Hearer].
func (h *history) Hears() uint64 { return 1 << Accept }

// Heard implements [sim.Hearer]: an acceptor is asked for its vote.
func (h *history) Heard(to sim.ID, m Message) {
	if s := h.votes.find(m.Ballot, m.Value); s != nil {
		s.asked.Add(to)
		if a := &h.actors[to]; m.Ballot < a.askedFrom {
			a.askedFrom = m.Ballot
		}
	}
}

// unask notes that an acceptor will not vote any more in answer to an Accept, if it
// has not.
func (s *ballotVotes) unask(id sim.ID) {
	if !s.voters.Has(id) {
		s.asked.Remove(id)
	}
}

// refused notes that an acceptor refuses a ballot. What it did before in answer to
// an Accept of that ballot has been seen by now: effects come in their order.
func (v *votes) refused(id sim.ID, b Ballot) {
	for i := v.past(b) - 1; i >= 0 && v.list[i].ballot == b; i-- {
		v.list[i].unask(id)
	}
}

// forgotten notes that an acceptor went down: what it was about to do in answer to
// an Accept it will not do any more.
func (h *history) forgotten(id sim.ID) {
	a := &h.actors[id]
	for i := len(h.votes.list) - 1; i >= 0 && h.votes.list[i].ballot >= a.askedFrom; i-- {
		h.votes.list[i].unask(id)
	}
	a.askedFrom = ^Ballot(0)
}

// proposed notes that an Accept has left.
func (h *history) proposed(b Ballot, v sim.Value) *sim.Violation {
	var other *ballotVotes
	if b <= h.votes.highest() {
		if h.votes.find(b, v) != nil {
			return nil
		}
		other = h.votes.any(b)
	}
	if h.on&validity != 0 && !h.valueOf(v).asked {
		return broken(Validity, "%s is proposed in %v, and no client asked for it", h.name(v), b)
	}
	if h.on&oneValue != 0 && other != nil {
		return since(broken(OneValue, "ballot %v has two values: %s and %s", b, h.name(other.value), h.name(v)), other.deeds.proposed)
	}
	if h.on&quorumMembership != 0 && h.promiseLog.count(b) < h.quorums.promises {
		return broken(QuorumMembership, "%s is proposed in %v, which only %d of %d have promised", h.name(v), b, h.promiseLog.count(b), h.who.Len())
	}
	h.votes.add(b, v, other != nil)
	h.votes.last.deeds = voteDeeds{proposed: h.deeds.now()}
	h.abstract.fresh = false
	return h.safeAt(b, v)
}

// voted notes that an acceptor holds a value as accepted in a ballot, on its disk,
// or tells of it: its vote, if it was asked for it.
func (h *history) voted(id sim.ID, b Ballot, v sim.Value) *sim.Violation {
	a := &h.actors[id]
	if b == a.accepted && v == a.value {
		return nil // it repeats what is known
	}
	s := h.votes.find(b, v)
	if s == nil || !s.voters.Has(id) && !s.asked.Has(id) {
		return h.noVote(id, b, v, s)
	}
	if !s.voters.Add(id) {
		return h.oldVote(id, b, v)
	}
	if h.on&acceptedRises != 0 && b < a.accepted {
		return since(broken(AcceptedRises, "actor %d has voted in %v and now votes in %v", id, a.accepted, b), a.deeds.voted)
	}
	if h.on&oneVote != 0 && b == a.accepted {
		return since(broken(OneVote, "actor %d votes for %s and for %s in %v", id, h.name(a.value), h.name(v), b), a.deeds.voted)
	}
	a.accepted, a.value, a.votedNow = b, v, true
	a.deeds.voted = h.deeds.now()
	s.deeds.voted = a.deeds.voted
	if h.who.Has(id) {
		s.count++
		h.abstract.fresh = false
		if b < a.promised || s.shared {
			h.unsettle(b) // it may not have been free to
		}
	}
	if s.voters.Len() == 1 {
		h.valueOf(v).votedIn(b)
		if fault := h.safeAt(b, v); fault != nil {
			return fault
		}
	}
	if h.quorum(s.count) {
		return h.choose(id, b, v)
	}
	return nil
}

// noVote takes what looks like a vote, and was not asked for. s is what was proposed; nil:
// nobody proposed it.
func (h *history) noVote(id sim.ID, b Ballot, v sim.Value, s *ballotVotes) *sim.Violation {
	switch {
	case h.on&acceptedIsHighestVote == 0:
		return nil
	case s == nil:
		return broken(AcceptedIsHighestVote, "actor %d holds %v=%s as accepted, and nobody proposed it", id, b, h.name(v))
	}
	return since(broken(AcceptedIsHighestVote, "actor %d holds %v=%s as accepted, and that is no vote of its own: it answered no Accept of it", id, b, h.name(v)), s.deeds.proposed)
}

// oldVote takes, once more, a vote that is not the highest of its acceptor. On a disk that
// is a loss; in a message it is late, and harmless.
func (h *history) oldVote(id sim.ID, b Ballot, v sim.Value) *sim.Violation {
	a := &h.actors[id]
	if d := a.disk; h.on&acceptedIsHighestVote != 0 && d.Accepted == b && d.Value == v {
		return since(broken(AcceptedIsHighestVote, "actor %d has voted for %s in %v, and its disk holds %s in %v", id, h.name(a.value), a.accepted, h.name(v), b),
			a.deeds.voted, a.voteOf(h.votes.find(b, v)))
	}
	return nil
}

// choose notes that a quorum has voted for a value in a ballot, an acceptor last.
func (h *history) choose(id sim.ID, b Ballot, v sim.Value) *sim.Violation {
	if h.chosen == 0 {
		h.chosen, h.in = v, b
		h.deeds.chosen = h.deeds.now()
	}
	x := h.valueOf(v)
	x.chosen = true
	if h.onChosen != nil && !x.told {
		x.told = true
		h.onChosen(id, sim.Chosen{Value: v, Under: sim.Round(b)})
	}
	if h.on&agreement != 0 && h.chosen != v {
		return since(h.disagree(h.chosen, h.in, v, b, "two values are chosen: %s in %v by %s, and %s in %v by %s",
			h.name(h.chosen), h.in, h.voters(h.in, h.chosen), h.name(v), b, h.voters(b, v)), h.deeds.chosen)
	}
	if h.on&agreement != 0 && h.claimed != 0 && h.claimed != v {
		return since(h.disagree(h.claimed, h.claimedIn, v, b, "%s was decided in %v, and %s is chosen in %v by %s",
			h.name(h.claimed), h.claimedIn, h.name(v), b, h.voters(b, v)), h.deeds.claimed)
	}
	h.claimed = 0 // it is chosen now
	return nil
}

// voters lists who voted for a value in a ballot.
func (h *history) voters(b Ballot, v sim.Value) string {
	var out []string
	s := h.votes.find(b, v)
	for id := s.voters.Next(0); id != 0; id = s.voters.Next(id) {
		out = append(out, strconv.Itoa(int(id)))
	}
	return strings.Join(out, ", ")
}
