package guests

import (
	"crypto/rand"
	"fmt"
	"io"
	"slices"
)

// What follows up to the end of this file is a library as others write them: nodes
// that elect a leader by terms, and a log that the leader fills. It knows nothing of
// paxsim. It has pointers everywhere, a log type of its own, 20 kinds of messages,
// and three things that all its nodes share: a source of random numbers, a counter,
// and a logger.

var (
	libRandom io.Reader = rand.Reader
	libSerial int                   // the number of the last message that any node has made
	libLog    libLogger = libDrop{} // where all nodes log to
)

type libLogger interface {
	Logf(format string, args ...any)
}

type libDrop struct{}

func (libDrop) Logf(string, ...any) {}

type libKind int

const (
	libVote libKind = iota
	libGranted
	libRejected
	libAppend
	libAppended
	libBehind
	libHeartbeat
	libAlive
	libForward
	libForwarded
	libGossip // and the 9 after it
	libKinds  = libGossip + 10
)

type libEntry struct {
	Term  int
	Value int
	From  int // who was asked
	ID    int // for what
}

type libMessage struct {
	Serial         int
	Kind           libKind
	From, To, Term int
	Last, LastTerm int // where the entries go, and the term of the one before
	Commit         int
	Entries        []*libEntry
}

// libStored is what a node has asked its user to store.
type libStored struct {
	Term, VotedFor int
	Log            []*libEntry
}

type libNode struct {
	id, n            int
	stored           *libStored
	leader           int
	votes            map[int]bool
	next             map[int]int
	held             map[int]int
	pending          []*libEntry // to be forwarded
	commit, applied  int
	elapsed, timeout int
	gossip           int
	out              []*libMessage
	dirty            bool
	shares           bool // the bug: an entry that came in a message is written to
}

// newLibNode makes a node of n, which goes on from what was stored.
func newLibNode(id, n int, shares bool) *libNode {
	x := &libNode{id: id, n: n, stored: &libStored{}, shares: shares}
	x.follow(0)
	return x
}

// restore is called once, before anything else.
func (x *libNode) restore(s *libStored) {
	if s != nil {
		x.stored = s.clone()
	}
}

func (s *libStored) clone() *libStored {
	c := *s
	c.Log = slices.Clone(s.Log)
	return &c
}

func (x *libNode) follow(leader int) {
	x.leader, x.votes, x.next, x.held, x.elapsed = leader, nil, nil, nil, 0
	b := make([]byte, 1)
	if _, err := io.ReadFull(libRandom, b); err != nil {
		panic(err)
	}
	x.timeout = 6 + 2*int(b[0]%20)
}

func (x *libNode) send(m *libMessage) {
	libSerial++
	m.Serial, m.From, m.Term, m.Commit = libSerial, x.id, x.stored.Term, x.commit
	x.out = append(x.out, m)
}

func (x *libNode) others(make func(to int) *libMessage) {
	for to := 1; to <= x.n; to++ {
		if to != x.id {
			x.send(make(to))
		}
	}
}

func (x *libNode) lastTerm(last int) int {
	if last == 0 {
		return 0
	}
	return x.stored.Log[last-1].Term
}

func (x *libNode) tick() {
	x.elapsed++
	switch last := len(x.stored.Log); {
	case x.leader == x.id && x.elapsed >= 2:
		x.elapsed = 0
		x.others(x.appendTo)
		x.gossip++
		x.others(func(to int) *libMessage {
			return &libMessage{Kind: libGossip + libKind(x.gossip%10), To: to}
		})
	case x.leader != x.id && x.elapsed >= x.timeout:
		x.follow(0)
		x.stored.Term++
		x.stored.VotedFor, x.dirty = x.id, true
		x.votes = map[int]bool{x.id: true}
		libLog.Logf("%d stands in %d", x.id, x.stored.Term)
		x.others(func(to int) *libMessage {
			return &libMessage{Kind: libVote, To: to, Last: last, LastTerm: x.lastTerm(last)}
		})
		x.count()
	case x.leader != 0 && x.leader != x.id && len(x.pending) > 0:
		x.send(&libMessage{Kind: libForward, To: x.leader, Entries: slices.Clone(x.pending)})
	}
}

func (x *libNode) count() {
	if x.votes != nil && len(x.votes) > x.n/2 {
		x.leader, x.votes, x.elapsed = x.id, nil, 1
		x.next, x.held = map[int]int{}, map[int]int{}
		for to := 1; to <= x.n; to++ {
			x.next[to] = len(x.stored.Log)
		}
		// What is from terms before is committed with something of this term, if only
		// with an entry that says nothing.
		x.stored.Log, x.dirty = append(x.stored.Log, &libEntry{Term: x.stored.Term}), true
		x.propose()
	}
}

// propose puts what is pending into the log of a leader.
func (x *libNode) propose(more ...*libEntry) {
	x.pending = append(x.pending, more...)
	if x.leader != x.id {
		return
	}
	for _, e := range x.pending {
		known := slices.ContainsFunc(x.stored.Log, func(k *libEntry) bool { return k.From == e.From && k.ID == e.ID })
		if known {
			continue
		}
		if x.shares {
			e.Term = x.stored.Term
		} else {
			e = &libEntry{x.stored.Term, e.Value, e.From, e.ID}
		}
		x.stored.Log, x.dirty = append(x.stored.Log, e), true
	}
	x.pending = nil
	x.committed()
}

func (x *libNode) appendTo(to int) *libMessage {
	last := x.next[to]
	m := &libMessage{Kind: libAppend, To: to, Last: last, LastTerm: x.lastTerm(last), Entries: slices.Clone(x.stored.Log[last:])}
	if len(m.Entries) == 0 {
		m.Kind = libHeartbeat
	}
	return m
}

func (x *libNode) step(m *libMessage) {
	if m.Term > x.stored.Term {
		x.stored.Term, x.stored.VotedFor, x.dirty = m.Term, 0, true
		x.follow(0)
	}
	switch {
	case m.Kind >= libGossip, m.Kind == libAlive, m.Kind == libForwarded, m.Kind == libRejected:
	case m.Kind == libForward:
		x.propose(m.Entries...)
		x.send(&libMessage{Kind: libForwarded, To: m.From})
	case m.Term < x.stored.Term:
		x.send(&libMessage{Kind: libRejected, To: m.From})
	case m.Kind == libVote:
		last := len(x.stored.Log)
		newer := m.LastTerm > x.lastTerm(last) || m.LastTerm == x.lastTerm(last) && m.Last >= last
		answer := libRejected
		if newer && (x.stored.VotedFor == 0 || x.stored.VotedFor == m.From) {
			x.stored.VotedFor, x.dirty, answer = m.From, true, libGranted
			x.elapsed = 0
		}
		x.send(&libMessage{Kind: answer, To: m.From})
	case m.Kind == libGranted && x.votes != nil:
		x.votes[m.From] = true
		x.count()
	case m.Kind == libAppend || m.Kind == libHeartbeat:
		x.leader, x.elapsed = m.From, 0
		x.take(m)
	case m.Kind == libAppended && x.leader == x.id:
		x.held[m.From] = max(x.held[m.From], m.Last)
		x.next[m.From] = max(x.next[m.From], m.Last)
		x.committed()
	case m.Kind == libBehind && x.leader == x.id:
		x.next[m.From] = min(x.next[m.From], m.Last)
	}
}

// take takes what a leader wants in the log.
func (x *libNode) take(m *libMessage) {
	if m.Last > len(x.stored.Log) || x.lastTerm(m.Last) != m.LastTerm {
		x.send(&libMessage{Kind: libBehind, To: m.From, Last: max(min(m.Last, len(x.stored.Log))-1, 0)})
		return
	}
	for i, e := range m.Entries {
		at := m.Last + i
		if at < len(x.stored.Log) && x.stored.Log[at].Term == e.Term {
			continue
		}
		x.stored.Log, x.dirty = append(x.stored.Log[:at], e), true // into the same memory
	}
	end := m.Last + len(m.Entries)
	x.commit = max(x.commit, min(m.Commit, end))
	x.send(&libMessage{Kind: libAppended, To: m.From, Last: end})
	if m.Kind == libHeartbeat {
		x.send(&libMessage{Kind: libAlive, To: m.From})
	}
}

func (x *libNode) committed() {
	for at := len(x.stored.Log); at > x.commit; at-- {
		have := 1
		for to, held := range x.held {
			if to != x.id && held >= at {
				have++
			}
		}
		if have > x.n/2 && x.stored.Log[at-1].Term == x.stored.Term {
			x.commit = at
			return
		}
	}
}

// ready is what the user is to do now: store this (nil: nothing), send these, and
// apply these.
func (x *libNode) ready() (store *libStored, send []*libMessage, apply []*libEntry) {
	if x.dirty {
		store, x.dirty = x.stored.clone(), false
	}
	send, x.out = x.out, nil
	apply = x.stored.Log[x.applied:x.commit]
	x.applied = x.commit
	return store, send, apply
}

// String tells an entry.
func (e *libEntry) String() string { return fmt.Sprintf("%d.%d@%d", e.From, e.ID, e.Term) }
