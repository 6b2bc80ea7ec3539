package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// ledger is what a reader of the trace knows of a run of Paxos: who has promised
// and accepted what, what was on which disk, what was heard, chosen and decided.
// The guide says nothing that does not stand here. It reads the words of Paxos;
// of a protocol with others it knows nothing.
type ledger struct {
	scenario *sim.Scenario
	messages []string
	members  []bool // by actor
	size     int    // how many members there are
	actors   []account
	votes    map[proposal]*vote
	promises map[heardBy]*reports
	heard    map[heardBy]*hearing
	proposed map[heardBy]bool // who has sent an Accept in which ballot
	broken   []lapse          // votes below a promise, in their order
	chosen   []fact
	decided  []fact
}

// ballot is a round and an actor; the zero ballot is none.
type ballot struct{ round, actor uint64 }

func (b ballot) below(c ballot) bool {
	return b.round < c.round || b.round == c.round && b.actor < c.actor
}

func (b ballot) String() string {
	return strconv.FormatUint(b.round, 10) + "." + strconv.FormatUint(b.actor, 10)
}

// proposal is a value in a ballot.
type proposal struct {
	ballot ballot
	value  string
}

// account is what is known of an actor.
type account struct {
	asked    []string          // the values that its clients asked for
	promised ballot            // the highest that it has promised, or accepted in
	offered  map[proposal]bool // the Accepts that have come
	votes    []proposal        // all that it has cast, in their order
	disk     diskSays
}

// diskSays is what an actor's disk says of its promise and its vote.
type diskSays struct {
	promised ballot
	accepted proposal
}

// vote is who has voted for a proposal.
type vote struct {
	by     []sim.ID // in their order
	chosen bool
}

// lapse is a vote below what its actor had promised.
type lapse struct {
	actor    sim.ID
	ballot   ballot
	promised ballot
	event    uint64
}

// heardBy names what one actor hears in a ballot.
type heardBy struct {
	actor  sim.ID
	ballot ballot
}

// reports is what the promises say that came to a proposer in its ballot.
type reports struct {
	from    []sim.ID // members
	highest proposal
}

// proposes notes that an actor sends an Accept in a ballot, and says whether it
// is the first there: what promises report later comes too late to matter.
func (l *ledger) proposes(actor sim.ID, b ballot) (first bool) {
	k := heardBy{actor, b}
	first = !l.proposed[k]
	l.proposed[k] = true
	return first
}

// hearing is the acceptances that came to a learner in a ballot.
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
		scenario: s, messages: s.Protocol.Words().Messages, members: make([]bool, s.Actors+1), actors: make([]account, s.Actors+1),
		votes: map[proposal]*vote{}, promises: map[heardBy]*reports{}, heard: map[heardBy]*hearing{}, proposed: map[heardBy]bool{},
	}
	for id := 1; id <= s.Actors; id++ {
		l.members[id] = s.Members == nil || slices.Contains(s.Members, sim.ID(id))
		if l.members[id] {
			l.size++
		}
	}
	return l
}

// kind is the word for the message of an entry.
func (l *ledger) kind(e sim.Entry) string {
	if int(e.Kind) < len(l.messages) {
		return l.messages[e.Kind]
	}
	return ""
}

// The phases of Paxos, in the order in which it lists them.
const (
	toPromise = iota
	toAccept
)

// quorum says whether so many members are one for a phase.
func (l *ledger) quorum(phase, size int) bool { return l.scenario.QuorumOf(phase).Holds(size, l.size) }

// aQuorum is what captions call a quorum of a phase.
func (l *ledger) aQuorum(phase int) string {
	if l.scenario.QuorumOf(phase).Size == 0 {
		return "a majority"
	}
	return "a quorum"
}

// event notes an event that reaches its actor.
func (l *ledger) event(e sim.Entry) {
	switch e.What {
	case sim.Asked:
		l.actors[e.Actor].asked = append(l.actors[e.Actor].asked, e.Text)
	case sim.Delivered:
		l.arrives(l.believed(e))
	}
}

// believed is an arrival as its receiver takes it: where senders are forged, from
// the one that it names.
func (l *ledger) believed(e sim.Entry) sim.Entry {
	const forged = " as if from "
	at := strings.LastIndex(e.Text, forged)
	if at < 0 || len(l.scenario.Outside) == 0 {
		return e
	}
	if n, err := strconv.Atoi(e.Text[at+len(forged):]); err == nil {
		e.Text, e.Peer = e.Text[:at], sim.ID(n)
	}
	return e
}

func (l *ledger) arrives(e sim.Entry) {
	switch l.kind(e) {
	case "Promise":
		b, reported := readPromise(e.Text)
		r := l.promised(e.Actor, b)
		if !l.members[e.Peer] || slices.Contains(r.from, e.Peer) {
			return
		}
		r.from = append(r.from, e.Peer)
		if r.highest.ballot.below(reported.ballot) {
			r.highest = reported
		}
	case "Accept":
		a := &l.actors[e.Actor]
		if a.offered == nil {
			a.offered = map[proposal]bool{}
		}
		a.offered[readProposal(e.Text)] = true
	case "Accepted":
		p := readProposal(e.Text)
		t := l.acceptances(e.Actor, p.ballot)
		if l.members[e.Peer] && !slices.Contains(t.from, e.Peer) {
			t.from = append(t.from, e.Peer)
		}
	}
}

// promised is what came to a proposer for a ballot.
func (l *ledger) promised(actor sim.ID, b ballot) *reports {
	k := heardBy{actor, b}
	if l.promises[k] == nil {
		l.promises[k] = &reports{}
	}
	return l.promises[k]
}

// acceptances is what came to a learner for a ballot.
func (l *ledger) acceptances(actor sim.ID, b ballot) *hearing {
	k := heardBy{actor, b}
	if l.heard[k] == nil {
		l.heard[k] = &hearing{}
	}
	return l.heard[k]
}

// effect notes something that happens during an event. isNew says whether it is
// a vote that was not there before; chose whether it completes a quorum.
func (l *ledger) effect(e sim.Entry) (isNew, chose bool) {
	a := &l.actors[e.Actor]
	switch {
	case e.What == sim.Saved:
		a.disk = readRecord(e.Text)
		if p := a.disk.accepted; a.offered[p] {
			isNew, chose = l.cast(e.Actor, p, e.Event)
		}
		a.promised = higher(a.promised, a.disk.promised)
	case e.What == sim.Decided:
		l.decided = append(l.decided, fact{readDecision(e.Text), e.Actor, e.Event})
	case e.What != sim.Sent && e.What != sim.Broadcast:
	case l.kind(e) == "Promise":
		b, _ := readPromise(e.Text)
		a.promised = higher(a.promised, b)
	case l.kind(e) == "Accepted":
		if p := readProposal(e.Text); a.offered[p] {
			isNew, chose = l.cast(e.Actor, p, e.Event)
		}
	}
	return isNew, chose
}

func higher(a, b ballot) ballot {
	if a.below(b) {
		return b
	}
	return a
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
	if p.ballot.below(a.promised) {
		l.broken = append(l.broken, lapse{actor, p.ballot, a.promised, event})
	}
	a.promised = higher(a.promised, p.ballot)
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
func (l *ledger) owed(promise sim.Entry) (highest proposal) {
	b, reported := readPromise(promise.Text)
	for _, p := range l.actors[promise.Actor].votes {
		switch {
		case p == reported && p.ballot == b:
			return p
		case !p.ballot.below(b):
		case highest.ballot.below(p.ballot), highest.ballot == p.ballot && p == reported:
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

// other is the first fact that is about another value; nil: there is none.
func other(list []fact, value string) *fact {
	for i := range list {
		if list[i].value != value {
			return &list[i]
		}
	}
	return nil
}

// The texts of messages and records, as Paxos writes them.

// readBallot reads a ballot at the begin of a text.
func readBallot(text string) (b ballot, rest string) {
	round, rest := digits(text)
	dot, ok := strings.CutPrefix(rest, ".")
	if round == "" || !ok {
		return ballot{}, text
	}
	actor, rest := digits(dot)
	b.round, _ = strconv.ParseUint(round, 10, 64)
	b.actor, _ = strconv.ParseUint(actor, 10, 64)
	return b, rest
}

// digits parts a text behind the digits that it begins with.
func digits(text string) (number, rest string) {
	n := len(text) - len(strings.TrimLeft(text, "0123456789"))
	return text[:n], text[n:]
}

// readProposal reads "1.1=x".
func readProposal(text string) proposal {
	b, rest := readBallot(text)
	return proposal{b, strings.TrimPrefix(rest, "=")}
}

// readPromise reads "2.1 (accepted 1.1=x)" and "2.1 (nothing accepted)".
func readPromise(text string) (b ballot, reported proposal) {
	b, rest := readBallot(text)
	if inner, ok := strings.CutPrefix(rest, " (accepted "); ok {
		reported = readProposal(strings.TrimSuffix(inner, ")"))
	}
	return b, reported
}

// readDecision reads "x (1.1)".
func readDecision(text string) proposal {
	at := strings.LastIndex(text, " (")
	if at < 0 {
		return proposal{}
	}
	b, _ := readBallot(text[at+2:])
	return proposal{b, text[:at]}
}

// readRecord reads "promised 2.1, accepted 1.1=x, round 1, learned x", of which
// any part may be missing. A value may look like the parts behind it; then it is
// what a vote is for that is known.
func readRecord(text string) (r diskSays) {
	if rest, ok := strings.CutPrefix(text, "promised "); ok {
		r.promised, text = readBallot(rest)
		text = strings.TrimPrefix(text, ", ")
	}
	if rest, ok := strings.CutPrefix(text, "accepted "); ok {
		for _, next := range []string{", learned ", ", round "} {
			if at := strings.LastIndex(rest, next); at >= 0 {
				rest = rest[:at]
			}
		}
		r.accepted = readProposal(rest)
	}
	return r
}
