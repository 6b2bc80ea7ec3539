package paxos

import (
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// votes is who voted for what: one entry a ballot and value, from the first
// Accept on, in the order of their appearance.
type votes struct {
	list  []ballotVotes
	index byBallot
	last  *ballotVotes // the entry found last, or noVotes
}

// noVotes is the entry of a value that nobody can ask for.
var noVotes = ballotVotes{value: ^sim.Value(0)}

// ballotVotes is what became of one value in one ballot.
//
// A vote is a vote only in answer to an Accept (PMS 2.2, phase 2b): that is who is
// asked. Say actor 2 votes for x in 1.1, then promises 2.2. A bug that has one variable
// for both ballots relabels that record as 2.2=x. Nobody ever asked 2 for that vote. It
// is none, though learners and proposers may take it for one.
type ballotVotes struct {
	ballot Ballot
	value  sim.Value
	asked  sim.Set   // who has had the Accept, in this life, and has not refused it
	voters sim.Set   // who voted: these have saved it, or told of it, while they were asked
	count  int       // of them that are members
	at     int       // its place in the list
	shared bool      // the ballot had another value before
	deeds  voteDeeds // scratch
}

func (v *votes) clear() {
	v.list = v.list[:0]
	v.index.clear()
	v.last = &noVotes
}

// find is the entry of a ballot and value, or nil. What was found last is asked for
// most.
func (v *votes) find(b Ballot, value sim.Value) *ballotVotes {
	if s := v.last; s.ballot == b && s.value == value {
		return s
	}
	return v.search(b, value)
}

// search is find for any entry.
func (v *votes) search(b Ballot, value sim.Value) *ballotVotes {
	for i := v.index.past(b) - 1; i >= 0 && v.index.list[i].ballot == b; i-- {
		if s := &v.list[v.index.list[i].at]; s.value == value {
			v.last = s
			return s
		}
	}
	return nil
}

// any is an entry of a ballot, or nil.
func (v *votes) any(b Ballot) *ballotVotes {
	if i := v.index.past(b) - 1; i >= 0 && v.index.list[i].ballot == b {
		return &v.list[v.index.list[i].at]
	}
	return nil
}

// add makes an entry. Pointers to others are no longer good.
func (v *votes) add(b Ballot, value sim.Value, shared bool) {
	n := len(v.list)
	v.index.add(b)
	if n < cap(v.list) {
		v.list = v.list[:n+1]
	} else {
		v.list = append(v.list, ballotVotes{})
	}
	s := &v.list[n]
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
		if a := &h.actors[to]; s.at < a.askedFrom {
			a.askedFrom = s.at
		}
	}
}

// refused notes that an acceptor refuses a ballot. What it did before in answer to
// an Accept of that ballot has been seen by now: effects come in their order.
func (v *votes) refused(id sim.ID, b Ballot) {
	for i := v.index.past(b) - 1; i >= 0 && v.index.list[i].ballot == b; i-- {
		v.list[v.index.list[i].at].asked.Remove(id)
	}
}

// forgotten notes that an acceptor went down: what it was about to do in answer to
// an Accept it will not do any more.
func (h *history) forgotten(id sim.ID) {
	a := &h.actors[id]
	for i := a.askedFrom; i < len(h.votes.list); i++ {
		h.votes.list[i].asked.Remove(id)
	}
	a.askedFrom = len(h.votes.list)
}

// proposed notes that an Accept has left.
func (h *history) proposed(b Ballot, v sim.Value) *sim.Breach {
	var other *ballotVotes
	if b <= h.votes.index.highest() {
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
	if h.on&quorumMembership != 0 && h.vows.count(b) < h.quorums.promises {
		return broken(QuorumMembership, "%s is proposed in %v, which only %d of %d have promised", h.name(v), b, h.vows.count(b), h.who.Len())
	}
	h.votes.add(b, v, other != nil)
	h.votes.last.deeds = voteDeeds{proposed: h.deeds.now()}
	h.abstract.known = false
	return h.safeAt(b, v)
}

// voted notes that an acceptor holds a value as accepted in a ballot, on its disk,
// or tells of it: its vote, if it was asked for it.
func (h *history) voted(id sim.ID, b Ballot, v sim.Value) *sim.Breach {
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
	a.accepted, a.value, a.votedIn = b, v, a.life
	a.deeds.voted = h.deeds.now()
	s.deeds.voted = a.deeds.voted
	if h.who.Has(id) {
		s.count++
		h.abstract.known = false
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

// noVote is told of what looks like a vote, and was not asked for. s is what was
// proposed; nil: nobody proposed it.
func (h *history) noVote(id sim.ID, b Ballot, v sim.Value, s *ballotVotes) *sim.Breach {
	switch {
	case h.on&acceptedIsHighestVote == 0:
		return nil
	case s == nil:
		return broken(AcceptedIsHighestVote, "actor %d holds %v=%s as accepted, and nobody proposed it", id, b, h.name(v))
	}
	return since(broken(AcceptedIsHighestVote, "actor %d holds %v=%s as accepted, and that is no vote of its own: it answered no Accept of it", id, b, h.name(v)), s.deeds.proposed)
}

// oldVote is told again of a vote that is not the highest of its acceptor. On a
// disk that is a loss; in a message it is late, and harmless.
func (h *history) oldVote(id sim.ID, b Ballot, v sim.Value) *sim.Breach {
	a := &h.actors[id]
	if d := a.disk; h.on&acceptedIsHighestVote != 0 && d.Accepted == b && d.Value == v {
		return since(broken(AcceptedIsHighestVote, "actor %d has voted for %s in %v, and its disk holds %s in %v", id, h.name(a.value), a.accepted, h.name(v), b),
			a.deeds.voted, a.voteOf(h.votes.find(b, v)))
	}
	return nil
}

// choose notes that a quorum has voted for a value in a ballot, an acceptor last.
func (h *history) choose(id sim.ID, b Ballot, v sim.Value) *sim.Breach {
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
