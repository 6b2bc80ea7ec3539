package paxos

import (
	"cmp"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
)

// promiseLog is who promised what: one entry a ballot, by ballot.
type promiseLog struct{ list []promised }

type promised struct {
	ballot Ballot
	by     ids.Set
}

func (v *promiseLog) clear() { v.list = v.list[:0] }

// add notes a promise.
func (v *promiseLog) add(b Ballot, by sim.ID) {
	if n := len(v.list); n > 0 && v.list[n-1].ballot == b { // as most are
		v.list[n-1].by.Add(by)
		return
	}
	i, there := v.find(b)
	if !there {
		v.insert(i, b)
	}
	v.list[i].by.Add(by)
}

// find is where the entry of a ballot is, or belongs. What is asked for is mostly
// the highest, or the one below.
func (v *promiseLog) find(b Ballot) (int, bool) {
	n := len(v.list)
	switch {
	case n == 0 || v.list[n-1].ballot < b:
		return n, false
	case v.list[n-1].ballot == b:
		return n - 1, true
	case n > 1 && v.list[n-2].ballot == b:
		return n - 2, true
	}
	return v.search(b)
}

// search is find for any ballot.
func (v *promiseLog) search(b Ballot) (int, bool) {
	return slices.BinarySearchFunc(v.list, b, func(x promised, b Ballot) int { return cmp.Compare(x.ballot, b) })
}

// insert makes an entry at a place, with the memory of one that was there before.
func (v *promiseLog) insert(i int, b Ballot) {
	n := len(v.list)
	if n < cap(v.list) {
		v.list = v.list[:n+1]
	} else {
		v.list = append(v.list, promised{})
	}
	x := v.list[n]
	copy(v.list[i+1:], v.list[i:n])
	x.ballot = b
	x.by.Clear()
	v.list[i] = x
}

// count is how many actors promised a ballot.
func (v *promiseLog) count(b Ballot) int {
	if i, there := v.find(b); there {
		return v.list[i].by.Len()
	}
	return 0
}

// prepared notes that a Prepare has left.
func (h *history) prepared(id sim.ID, b Ballot) *sim.Violation {
	a := &h.actors[id]
	if h.on&ballotRises != 0 {
		switch {
		case b.Actor() != id:
			return broken(BallotRises, "actor %d prepares %v, which is not its own", id, b)
		case b < a.begun:
			return since(broken(BallotRises, "actor %d has prepared %v and now prepares %v", id, a.begun, b), a.deeds.prepared)
		case b == a.begun && !a.begunNow:
			return since(broken(BallotRises, "actor %d prepares %v again after a restart", id, b), a.deeds.prepared)
		}
	}
	if h.on&durableBeforeVisible != 0 && a.disk.Round < b.Round() {
		return broken(DurableBeforeVisible, "actor %d prepares %v, and its disk has round %d", id, b, a.disk.Round)
	}
	a.begun, a.begunNow, a.deeds.prepared = b, true, h.deeds.now()
	return nil
}

// promisedBy notes that a Promise has left.
func (h *history) promisedBy(id sim.ID, m Message) *sim.Violation {
	if b := h.promised(id, m.Ballot); b != nil {
		return b
	}
	a := &h.actors[id]
	if h.on&durableBeforeVisible != 0 && a.disk.Promised < m.Ballot {
		return broken(DurableBeforeVisible, "actor %d promises %v, and its disk has %v", id, m.Ballot, a.disk.Promised)
	}
	if h.on&truthfulPromise != 0 && (m.Last != a.accepted || m.Value != a.value) {
		if b := h.untrue(id, m); b != nil {
			return b
		}
	}
	h.tells(a, m.Last)
	if h.who.Has(id) {
		h.promiseLog.add(m.Ballot, id)
	}
	return nil
}

// promised notes that an acceptor has promised a ballot.
func (h *history) promised(id sim.ID, b Ballot) *sim.Violation {
	a := &h.actors[id]
	if b == a.promised {
		return nil
	}
	if h.on&promiseRises != 0 && b < a.promised {
		return since(broken(PromiseRises, "actor %d has promised %v and now promises %v", id, a.promised, b), a.deeds.promised)
	}
	if b < a.promised {
		h.unsettle(b)
	}
	a.promised, a.deeds.promised = b, h.deeds.now()
	return nil
}

// untrue holds a promise that does not report the highest vote of its sender
// against all of them.
func (h *history) untrue(id sim.ID, m Message) *sim.Violation {
	if m.Last != 0 {
		if s := h.votes.find(m.Last, m.Value); s == nil || !s.voters.Has(id) {
			b := broken(TruthfulPromise, "actor %d promises %v and reports a vote %v=%s that it has not cast", id, m.Ballot, m.Last, h.name(m.Value))
			if s != nil {
				since(b, s.deeds.proposed)
			}
			return b
		}
	}
	var hidden *ballotVotes // the first that was proposed
	list := h.votes.list
	for i := h.votes.past(m.Ballot-1) - 1; i >= 0 && list[i].ballot > m.Last; i-- {
		if s := &list[i]; s.voters.Has(id) && (hidden == nil || s.at < hidden.at) {
			hidden = s
		}
	}
	if hidden != nil {
		return since(broken(TruthfulPromise, "actor %d promises %v, reports %v, and has voted for %s in %v", id, m.Ballot, m.Last, h.name(hidden.value), hidden.ballot),
			h.actors[id].voteOf(hidden))
	}
	return nil
}
