package guide

import (
	"slices"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// ledger is what a reader of the trace knows of a run of Paxos: who has promised
// and accepted what, what was on which disk, what was heard, chosen and decided.
// The guide says nothing that is not in here.
type ledger struct {
	scenario *sim.Scenario
	members  []bool // by actor
	size     int    // how many members there are
	actors   []account
	votes    map[proposal]*vote
	promises map[heardBy]*reports
	heard    map[heardBy]*hearing
	began    map[heardBy]bool // who has sent an Accept in which ballot
	broken   []lapse          // votes below a promise, in their order
	chosen   []fact
	decided  []fact
}

// proposal is a value in a ballot.
type proposal struct {
	ballot paxos.Ballot
	value  sim.Value
}

// account is what is known of an actor.
type account struct {
	asked    []string          // the names of the values that its clients asked for
	promised paxos.Ballot      // the highest that it has promised, or accepted in
	offered  map[proposal]bool // the Accepts that have come
	votes    []proposal        // all that it has cast, in their order
	disk     paxos.Record
}

// vote is the actors that have voted for a proposal.
type vote struct {
	by     []sim.ID // in their order
	chosen bool
}

// lapse is a vote below what its actor had promised.
type lapse struct {
	actor    sim.ID
	ballot   paxos.Ballot
	promised paxos.Ballot
	event    uint64
}

// heardBy names what one actor hears in a ballot.
type heardBy struct {
	actor  sim.ID
	ballot paxos.Ballot
}

// reports is what the promises say that reached a proposer in its ballot.
type reports struct {
	from    []sim.ID // members
	highest proposal
}

// proposes notes that an actor sends an Accept in a ballot, and says whether it
// is the first there: what promises report later comes too late to matter.
func (l *ledger) proposes(actor sim.ID, b paxos.Ballot) (first bool) {
	k := heardBy{actor, b}
	first = !l.began[k]
	l.began[k] = true
	return first
}

// hearing is the acceptances that reached a learner in a ballot.
type hearing struct {
	from []sim.ID // members
}

// fact is that a value was chosen, or decided.
type fact struct {
	proposal
	actor sim.ID // by whose vote, or who decides
	event uint64
}

func newLedger(s *sim.Scenario) *ledger {
	l := &ledger{
		scenario: s, members: make([]bool, s.Actors+1), actors: make([]account, s.Actors+1),
		votes: map[proposal]*vote{}, promises: map[heardBy]*reports{}, heard: map[heardBy]*hearing{}, began: map[heardBy]bool{},
	}
	for id := 1; id <= s.Actors; id++ {
		l.members[id] = s.Members == nil || slices.Contains(s.Members, sim.ID(id))
		if l.members[id] {
			l.size++
		}
	}
	return l
}

// The phases of Paxos, in the order in which it lists them.
const (
	toPromise = iota
	toAccept
)

// quorum says whether so many members are one for a phase.
func (l *ledger) quorum(phase, size int) bool { return l.scenario.QuorumOf(phase).Holds(size, l.size) }

// least is how many members are a quorum.
func (l *ledger) least(phase int) int { return l.scenario.QuorumOf(phase).Least(l.size) }

// aQuorum is what captions call a quorum of a phase.
func (l *ledger) aQuorum(phase int) string {
	if l.scenario.QuorumOf(phase).Size == 0 {
		return "a majority"
	}
	return "a quorum"
}

// event notes an event that reaches its actor.
func (l *ledger) event(e observe.Entry) {
	switch e.What {
	case observe.Asked:
		l.actors[e.Actor].asked = append(l.actors[e.Actor].asked, e.Text)
	case observe.Delivered:
		from := e.Peer
		if e.As != 0 { // its receiver believes that
			from = e.As
		}
		l.arrives(e.Actor, from, messageOf(e))
	}
}

// messageOf is the message of an entry; the zero Message: there is none.
func messageOf(e observe.Entry) paxos.Message {
	m, _ := e.Said.(paxos.Message)
	return m
}

// kind says what the message of an entry is.
func kind(e observe.Entry) paxos.Kind { return paxos.Kind(messageOf(e).Kind()) }

// proposed is the value in a ballot that a message is about.
func proposed(m paxos.Message) proposal { return proposal{m.Ballot, m.Value} }

// reported is what a promise reports; zero: nothing.
func reported(m paxos.Message) proposal {
	if m.Last == 0 {
		return proposal{}
	}
	return proposal{m.Last, m.Value}
}

// decisionOf is what an actor decides.
func decisionOf(e observe.Entry) proposal {
	c, _ := e.Said.(sim.Chosen)
	return proposal{paxos.Ballot(c.Under), c.Value}
}

func (l *ledger) arrives(to, from sim.ID, m paxos.Message) {
	switch paxos.Kind(m.Kind()) {
	case paxos.Promise:
		r := l.promised(to, m.Ballot)
		if !l.members[from] || slices.Contains(r.from, from) {
			return
		}
		r.from = append(r.from, from)
		if r.highest.ballot < m.Last {
			r.highest = reported(m)
		}
	case paxos.Accept:
		a := &l.actors[to]
		if a.offered == nil {
			a.offered = map[proposal]bool{}
		}
		a.offered[proposed(m)] = true
	case paxos.Accepted:
		t := l.acceptances(to, m.Ballot)
		if l.members[from] && !slices.Contains(t.from, from) {
			t.from = append(t.from, from)
		}
	}
}

// promised is what reached a proposer for a ballot.
func (l *ledger) promised(actor sim.ID, b paxos.Ballot) *reports {
	k := heardBy{actor, b}
	if l.promises[k] == nil {
		l.promises[k] = &reports{}
	}
	return l.promises[k]
}

// acceptances is what reached a learner for a ballot.
func (l *ledger) acceptances(actor sim.ID, b paxos.Ballot) *hearing {
	k := heardBy{actor, b}
	if l.heard[k] == nil {
		l.heard[k] = &hearing{}
	}
	return l.heard[k]
}

// effect notes something that happens during an event. isNew says whether it is
// a vote that was not there before; chose whether it completes a quorum.
func (l *ledger) effect(e observe.Entry) (isNew, chose bool) {
	a := &l.actors[e.Actor]
	m := messageOf(e)
	switch {
	case e.What == observe.Saved:
		a.disk, _ = e.Said.(paxos.Record)
		if p := (proposal{a.disk.Accepted, a.disk.Value}); a.offered[p] {
			isNew, chose = l.cast(e.Actor, p, e.Event)
		}
		a.promised = max(a.promised, a.disk.Promised)
	case e.What == observe.Decided:
		l.decided = append(l.decided, fact{decisionOf(e), e.Actor, e.Event})
	case e.What != observe.Sent && e.What != observe.Broadcast:
	case kind(e) == paxos.Promise:
		a.promised = max(a.promised, m.Ballot)
	case kind(e) == paxos.Accepted:
		if p := proposed(m); a.offered[p] {
			isNew, chose = l.cast(e.Actor, p, e.Event)
		}
	}
	return isNew, chose
}

// cast notes a vote: it exists once it is on the disk or has left.
func (l *ledger) cast(actor sim.ID, p proposal, event uint64) (isNew, chose bool) {
	v := l.votes[p]
	if v == nil {
		v = &vote{}
		l.votes[p] = v
	}
	if slices.Contains(v.by, actor) {
		return false, false
	}
	v.by = append(v.by, actor)
	a := &l.actors[actor]
	if p.ballot < a.promised {
		l.broken = append(l.broken, lapse{actor, p.ballot, a.promised, event})
	}
	a.promised = max(a.promised, p.ballot)
	a.votes = append(a.votes, p)
	if n := l.votersOf(p); !v.chosen && l.quorum(toAccept, n) {
		v.chosen, chose = true, true
		l.chosen = append(l.chosen, fact{p, actor, event})
	}
	return true, chose
}

// owed is what a promise has to report: the highest vote of its actor below its
// ballot; none: the actor has cast none. A late repetition may report a vote in
// the ballot itself.
func (l *ledger) owed(e observe.Entry) (highest proposal) {
	m := messageOf(e)
	for _, p := range l.actors[e.Actor].votes {
		switch {
		case p == reported(m) && p.ballot == m.Ballot:
			return p
		case p.ballot >= m.Ballot:
		case highest.ballot < p.ballot, highest.ballot == p.ballot && p == reported(m):
			highest = p
		}
	}
	return highest
}

// votersOf is how many members have voted for a proposal.
func (l *ledger) votersOf(p proposal) (n int) {
	if v := l.votes[p]; v != nil {
		for _, id := range v.by {
			if l.members[id] {
				n++
			}
		}
	}
	return n
}

// isChosen says whether a value was chosen in some ballot.
func (l *ledger) isChosen(v sim.Value) bool {
	return slices.ContainsFunc(l.chosen, func(f fact) bool { return f.value == v })
}

// other is the first fact that is about another value; nil: there is none.
func other(list []fact, value sim.Value) *fact {
	for i := range list {
		if list[i].value != value {
			return &list[i]
		}
	}
	return nil
}
