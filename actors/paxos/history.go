package paxos

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// history watches the invariants over all that a run made visible: votes and
// promises from the moment that they are on a disk or have left in a message,
// whichever is first. "Chosen" is computed from votes, not from what learners
// believe.
type history struct {
	on        watching
	names     sim.Names
	n         int
	asked     []bool      // by value: a client asked for it
	acceptors []acceptor  // by actor
	ballots   []ballotSum // one a ballot and value, in the order of their appearance
	chosen    sim.Value   // 0: none yet
	chosenIn  Ballot
	decided   []sim.Value // by actor, over restarts; 0: nothing
}

// acceptor is what is known of an acceptor from outside.
type acceptor struct {
	promised Ballot
	accepted Ballot
	value    sim.Value // in accepted
}

// ballotSum is who has voted for a value in a ballot. It is there from the
// first Accept or vote on.
type ballotSum struct {
	ballot Ballot
	value  sim.Value
	voters sim.Set
}

func newHistory(s *sim.Scenario, names sim.Names) sim.History[Message, Record] {
	return &history{
		on:        newWatching(s),
		names:     names,
		n:         s.Actors,
		acceptors: make([]acceptor, s.Actors+1),
		decided:   make([]sim.Value, s.Actors+1),
	}
}

// Reset implements [sim.History].
func (h *history) Reset() {
	clear(h.asked)
	clear(h.acceptors)
	clear(h.decided)
	h.ballots = h.ballots[:0]
	h.chosen, h.chosenIn = 0, Ballot{}
}

// Requested implements [sim.History].
func (h *history) Requested(_ sim.ID, v sim.Value) *sim.Breach {
	for int(v) >= len(h.asked) {
		h.asked = append(h.asked, false)
	}
	h.asked[v] = true
	return nil
}

// Sent implements [sim.History].
func (h *history) Sent(from sim.ID, m Message) *sim.Breach {
	switch m.kind {
	case Promise:
		return h.promised(from, m.Ballot)
	case Accept:
		_, broken := h.sum(m.Ballot, m.Value)
		return broken
	case Accepted:
		return h.voted(from, m.Ballot, m.Value)
	default:
		return nil
	}
}

// Saved implements [sim.History].
func (h *history) Saved(id sim.ID, _ int, r Record) *sim.Breach {
	if broken := h.promised(id, r.Promised); broken != nil {
		return broken
	}
	a := &h.acceptors[id]
	if h.on.acceptedRises && r.Accepted.Less(a.accepted) {
		return broken(AcceptedRises, "actor %d has accepted in %v, and its disk now says %v", id, a.accepted, r.Accepted)
	}
	if r.Accepted.IsZero() {
		return nil
	}
	return h.voted(id, r.Accepted, r.Value)
}

// Decided implements [sim.History].
func (h *history) Decided(id sim.ID, v sim.Value, under uint64) *sim.Breach {
	before := h.decided[id]
	if h.on.integrity && before != 0 && before != v {
		return broken(Integrity, "actor %d decided %s and now %s in %v", id, h.name(before), h.name(v), ballotOf(under))
	}
	h.decided[id] = v
	return nil
}

// promised notes that an acceptor has promised a ballot.
func (h *history) promised(id sim.ID, b Ballot) *sim.Breach {
	a := &h.acceptors[id]
	if b == a.promised {
		return nil
	}
	if h.on.promiseRises && b.Less(a.promised) {
		return broken(PromiseRises, "actor %d has promised %v and now promises %v", id, a.promised, b)
	}
	a.promised = b
	return nil
}

// voted notes that an acceptor has accepted a value in a ballot.
func (h *history) voted(id sim.ID, b Ballot, v sim.Value) *sim.Breach {
	a := &h.acceptors[id]
	if b == a.accepted && v == a.value {
		return nil // it repeats what is known
	}
	sum, fault := h.sum(b, v)
	if fault != nil {
		return fault
	}
	if !sum.voters.Add(id) {
		return nil // it tells of an earlier vote
	}
	if h.on.acceptedRises && b.Less(a.accepted) {
		return broken(AcceptedRises, "actor %d has accepted in %v and now accepts in %v", id, a.accepted, b)
	}
	a.accepted, a.value = b, v
	if !isQuorum(sum.voters.Len(), h.n) {
		return nil
	}
	return h.choose(b, v)
}

// choose notes that a value is chosen.
func (h *history) choose(b Ballot, v sim.Value) *sim.Breach {
	if h.chosen == 0 {
		h.chosen, h.chosenIn = v, b
	}
	if h.on.agreement && h.chosen != v {
		return broken(Agreement, "two values are chosen: %s in %v by %s, and %s in %v by %s",
			h.name(h.chosen), h.chosenIn, h.voters(h.chosenIn, h.chosen), h.name(v), b, h.voters(b, v))
	}
	return nil
}

// sum is the sum of a ballot and value, made on its first appearance. The
// pointer is good until the next call.
func (h *history) sum(b Ballot, v sim.Value) (*ballotSum, *sim.Breach) {
	for i := len(h.ballots) - 1; i >= 0; i-- {
		if s := &h.ballots[i]; s.ballot == b && s.value == v {
			return s, nil
		}
	}
	return h.addSum(b, v)
}

func (h *history) addSum(b Ballot, v sim.Value) (*ballotSum, *sim.Breach) {
	if h.on.validity && (int(v) >= len(h.asked) || !h.asked[v]) {
		return nil, broken(Validity, "%s is proposed in %v, and no client asked for it", h.name(v), b)
	}
	if h.on.oneValue {
		for i := range h.ballots {
			if s := &h.ballots[i]; s.ballot == b {
				return nil, broken(OneValue, "ballot %v has two values: %s and %s", b, h.name(s.value), h.name(v))
			}
		}
	}
	n := len(h.ballots)
	if n < cap(h.ballots) {
		h.ballots = h.ballots[:n+1]
	} else {
		h.ballots = append(h.ballots, ballotSum{})
	}
	s := &h.ballots[n]
	s.ballot, s.value = b, v
	s.voters.Clear()
	return s, nil
}

func (h *history) name(v sim.Value) string { return h.names.ValueName(v) }

// voters lists who voted for a value in a ballot.
func (h *history) voters(b Ballot, v sim.Value) string {
	var out []string
	s, _ := h.sum(b, v)
	for id := s.voters.Next(0); id != 0; id = s.voters.Next(id) {
		out = append(out, fmt.Sprint(id))
	}
	return strings.Join(out, ", ")
}

func broken(invariant, format string, args ...any) *sim.Breach {
	return &sim.Breach{Invariant: invariant, Text: fmt.Sprintf(format, args...)}
}
