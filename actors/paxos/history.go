package paxos

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/quorums"
)

// history watches the invariants over all that a run made visible. A promise or
// a vote exists from the moment that it is on a disk or has left in a message,
// whichever is first; a vote only if it answers an Accept (see ballotVotes).
// "Chosen" is computed from votes, not from what learners believe. What is done at
// each effect is in votes.go and promises.go.
//
// What it holds is parted by what it is for, see parts.go.
type history struct {
	terms `state:"fixed"`
	known
	scratch `state:"scratch"`
	marks   sim.Marks `state:"mark"`
}

// valueOf is what is known of a value. The pointer is good until the next call.
func (k *known) valueOf(v sim.Value) *witnessedValue {
	for int(v) >= len(k.values) {
		k.values = append(k.values, witnessedValue{})
	}
	return &k.values[v]
}

// votedIn notes that somebody votes for it in a ballot.
func (x *notedOfValue) votedIn(b Ballot) {
	switch low := x.lowest; {
	case low == 0:
		x.lowest = b
	case low.Actor() == b.Actor():
		x.lowest = min(low, b)
	case b < low:
		x.lowest, x.second = b, low
	case x.second == 0 || b < x.second:
		x.second = b
	}
}

// votedBelow says whether somebody voted for it below a ballot of one proposer, in
// one of another.
func (x *notedOfValue) votedBelow(b Ballot) bool {
	low := x.lowest
	if low.Actor() == b.Actor() {
		low = x.second
	}
	return low != 0 && low < b
}

// newHistory is [sim.Spec].History for a set of rules.
func newHistory(rules Rules) func(*sim.Scenario, sim.Watched) sim.History[Message, Record] {
	return func(s *sim.Scenario, run sim.Watched) sim.History[Message, Record] {
		members := membersOf(s)
		word := "majority"
		if s.Quorums != nil {
			word = "quorum"
		}
		h := &history{terms: terms{
			on:       checksOf(s),
			names:    run,
			who:      members,
			quorums:  quorumsOf(rules, s, members.Len()),
			quorumOf: word,
		}}
		h.actors, h.deeds = make([]witnessed, s.Actors+1), deeds{run: run}
		h.Reset()
		return h
	}
}

// quorumSizes is how many members make a quorum.
type quorumSizes struct {
	promises, acceptances int
	meet                  bool // the rules' own do: each of promises each of acceptances
}

// quorumsOf is the smallest quorums of n members by the rules. Where they need not
// meet it is those of the scenario: two sets share a member if together they are
// more than n.
func quorumsOf(rules Rules, s *sim.Scenario, n int) quorumSizes {
	least := func(isQuorum func(q quorums.Quorum, size, n int) bool, q quorums.Quorum) int {
		size := 0
		for size <= n && !isQuorum(q, size, n) {
			size++
		}
		return size
	}
	forPromises, forAccepts := s.QuorumOf(promisePhase), s.QuorumOf(acceptPhase)
	q := quorumSizes{promises: least(rules.IsPromiseQuorum, forPromises), acceptances: least(rules.IsAcceptQuorum, forAccepts)}
	if q.meet = q.promises+q.acceptances > n; !q.meet {
		q.promises, q.acceptances = forPromises.Least(n), forAccepts.Least(n)
	}
	return q
}

// Reset implements [sim.History].
func (h *history) Reset() {
	clear(h.values)
	clear(h.actors)
	h.votes.clear()
	h.promiseLog.clear()
	h.chosen, h.in, h.claimed, h.claimedIn, h.marks = 0, 0, 0, 0, 0
	h.abstract.fresh = false
	h.deeds.chosen, h.deeds.claimed = 0, 0
}

// OnChosen implements [sim.VoteCounter].
func (h *history) OnChosen(f func(voter sim.ID, c sim.Chosen)) { h.onChosen = f }

// Requested implements [sim.History].
func (h *history) Requested(_ sim.ID, r sim.Request) *sim.Violation {
	if h.on&quorumIntersection != 0 && !h.quorums.meet {
		return broken(QuorumIntersection, "of %d members, two sets that count as quorums need not meet", h.who.Len())
	}
	h.valueOf(r.Value).asked = true
	return nil
}

// Crashed implements [sim.History].
func (h *history) Crashed(id sim.ID) {
	if a := &h.actors[id]; a.told < a.accepted {
		h.marks |= crashedBeforeTelling
	}
	h.forgotten(id)
}

// Restarted implements [sim.History].
func (h *history) Restarted(id sim.ID) {
	a := &h.actors[id]
	a.begunNow, a.votedNow = false, false
}

// Marks implements [sim.History].
func (h *history) Marks() sim.Marks { return h.marks }

// Proposed implements [sim.Stakes].
func (h *history) Proposed() bool { return len(h.votes.list) > 0 }

// Sent implements [sim.History].
func (h *history) Sent(from sim.ID, m Message) *sim.Violation {
	switch m.kind {
	case Prepare:
		return h.prepared(from, m.Ballot)
	case Promise:
		return h.promisedBy(from, m)
	case Accept:
		return h.proposed(m.Ballot, m.Value)
	case Accepted:
		a := &h.actors[from]
		if h.on&durableBeforeVisible != 0 && a.disk.Accepted < m.Ballot {
			return broken(DurableBeforeVisible, "actor %d tells of its vote in %v, and its disk has %v", from, m.Ballot, a.disk.Accepted)
		}
		if b := h.voted(from, m.Ballot, m.Value); b != nil {
			return b
		}
		h.tells(a, m.Ballot)
		a.told = max(a.told, m.Ballot)
		return nil
	case Nack:
		h.marks |= refusedOnce
		h.votes.refused(from, m.Ballot)
		return nil
	default:
		return nil
	}
}

// Saved implements [sim.History].
func (h *history) Saved(id sim.ID, _ int, r Record) *sim.Violation {
	a := &h.actors[id]
	same := r.Promised == a.disk.Promised && r.Accepted == a.disk.Accepted && r.Value == a.disk.Value
	a.disk = r
	if same {
		return nil // a round or a decision
	}
	if b := h.promised(id, r.Promised); b != nil {
		return b
	}
	if h.on&voteWithinPromise != 0 && r.Promised < r.Accepted {
		return since(broken(VoteWithinPromise, "actor %d has voted in %v and promised only %v", id, r.Accepted, r.Promised), a.deeds.promised)
	}
	if h.on&acceptedRises != 0 && r.Accepted < a.accepted {
		return since(broken(AcceptedRises, "actor %d has voted in %v, and its disk now says %v", id, a.accepted, r.Accepted), a.deeds.voted)
	}
	if r.Accepted == 0 {
		return nil
	}
	return h.voted(id, r.Accepted, r.Value)
}

// Decided implements [sim.History].
func (h *history) Decided(id sim.ID, _ sim.Instance, v sim.Value, under sim.Round) *sim.Violation {
	a := &h.actors[id]
	if h.on&integrity != 0 && a.decided != 0 && a.decided != v {
		return since(broken(Integrity, "actor %d decided %s and now %s in %v", id, h.name(a.decided), h.name(v), Ballot(under)), a.deeds.decided)
	}
	a.decided, a.deeds.decided = v, h.deeds.now()
	h.abstract.fresh = false
	h.markDecision(Ballot(under), v)
	if h.on&decidedIsChosen != 0 && v != h.chosen && !h.valueOf(v).chosen {
		return broken(DecidedIsChosen, "actor %d decides %s in %v, which no %s has voted for", id, h.name(v), Ballot(under), h.quorumOf)
	}
	return h.claims(id, v, Ballot(under))
}

// Answered implements [sim.History]: a client's answer says what its actor has decided.
func (h *history) Answered(id sim.ID, _ sim.RequestID, v sim.Value) *sim.Violation {
	if d := h.actors[id].decided; h.on&integrity != 0 && d != v {
		return broken(Integrity, "actor %d answers its client with %s, and has decided %s", id, h.name(v), h.name(d))
	}
	return nil
}

// claims holds a decision against what is chosen and what else was decided.
func (h *history) claims(id sim.ID, v sim.Value, b Ballot) *sim.Violation {
	if h.on&agreement != 0 && h.chosen != 0 && v != h.chosen {
		return since(h.disagree(h.chosen, h.in, v, b, "%s is chosen in %v by %s, and actor %d decides %s in %v",
			h.name(h.chosen), h.in, h.voters(h.in, h.chosen), id, h.name(v), b), h.deeds.chosen)
	}
	if h.on&agreement != 0 && h.claimed != 0 && v != h.claimed {
		return since(h.disagree(h.claimed, h.claimedIn, v, b, "%s was decided in %v, and actor %d decides %s in %v",
			h.name(h.claimed), h.claimedIn, id, h.name(v), b), h.deeds.claimed)
	}
	if h.on&agreement != 0 && h.claimed == 0 && v != h.chosen {
		h.claimed, h.claimedIn = v, b
		h.deeds.claimed = h.deeds.now()
	}
	return nil
}

// disagree is two values in conflict.
func (h *history) disagree(v sim.Value, in Ballot, w sim.Value, under Ballot, format string, args ...any) *sim.Violation {
	two := broken(Agreement, format, args...)
	two.Chosen = []sim.Chosen{{Value: v, Under: sim.Round(in)}, {Value: w, Under: sim.Round(under)}}
	return two
}

// quorum says whether so many acceptances make a value chosen.
func (h *history) quorum(size int) bool { return size >= h.quorums.acceptances }

func (h *history) name(v sim.Value) string { return h.names.ValueName(v) }

func broken(invariant, format string, args ...any) *sim.Violation {
	return &sim.Violation{Invariant: invariant, Text: fmt.Sprintf(format, args...)}
}
