package paxos

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/quorums"
)

// Rules are the decisions on which the safety of Paxos rests. Each is a small
// function below, with its place in the paper. The roles ask them and do the rest.
// A mutant is these Rules with one of them replaced. No rule calls another: so
// whatever a mutant replaces, the others stay as they are.
type Rules struct {
	// Phase 1a.
	NextBallot func(self sim.ID, r *Record, seen Ballot) Ballot

	// Phase 1b.
	MayPromise  func(r *Record, b Ballot) bool
	MakePromise func(r *Record, b Ballot)
	SavePromise func(env *Env, r *Record)
	Report      func(r *Record) (Ballot, sim.Value)
	Refusal     func(r *Record) Ballot

	// Phase 2a.
	IsMember        func(members *ids.Set, id sim.ID) bool
	CountPromise    func(p *Promises, from sim.ID, m Message) bool
	IsPromiseQuorum func(q quorums.Quorum, size, n int) bool
	PickValue       func(own sim.Value, p *Promises) sim.Value

	// Phase 2b.
	MayAccept func(r *Record, b Ballot) bool
	CastVote  func(r *Record, b Ballot, v sim.Value)
	SaveVote  func(env *Env, r *Record)

	// Learning.
	CountAccepted  func(t *Tallies, from sim.ID, b Ballot, v sim.Value) *Tally
	IsAcceptQuorum func(q quorums.Quorum, size, n int) bool

	// Keeping.
	Recover func(saved Record) Record

	// For mutants alone, see slips.go.
	Slips Slips
}

// Sound is Paxos as it should be: every rule, and no slip.
func Sound() Rules {
	return Rules{
		NextBallot:      nextBallot,
		MayPromise:      mayPromise,
		MakePromise:     makePromise,
		SavePromise:     saveRecord,
		Report:          report,
		Refusal:         refusal,
		IsMember:        isMember,
		CountPromise:    countPromise,
		IsPromiseQuorum: isQuorum,
		PickValue:       pickValue,
		MayAccept:       mayAccept,
		CastVote:        castVote,
		SaveVote:        saveRecord,
		CountAccepted:   countAccepted,
		IsAcceptQuorum:  isQuorum,
		Recover:         recoverRecord,
	}
}

// isAcceptQuorum says whether acceptances of so many members are a decision.
func (set *settings) isAcceptQuorum(size int) bool {
	return set.rules.IsAcceptQuorum(set.accepts, size, set.members.Len())
}

// counts says whether what an actor answers counts towards a quorum.
func (set *settings) counts(id sim.ID) bool { return set.rules.IsMember(&set.members, id) }

// nextBallot is a ballot above all that the actor has seen, promised or used
// (PMS 2.2, phase 1a). The number of the actor is in it, so no other actor uses it.
// What it has used it remembers on its disk: a proposer begins phase 1 with "a
// higher proposal number than any it has already used" (PMS 2.5).
func nextBallot(self sim.ID, r *Record, seen Ballot) Ballot {
	return MakeBallot(max(seen.Round(), r.Promised.Round(), r.Round)+1, self)
}

// mayPromise: an acceptor answers a Prepare whose ballot is not below the one
// that it has promised (PMS 2.2, phase 1b). An equal one is a repetition of the
// same Prepare, since ballots are unique.
func mayPromise(r *Record, b Ballot) bool { return b >= r.Promised }

// makePromise: from now on the acceptor accepts no proposal below this ballot
// (PMS 2.2, phase 1b). What it has accepted stays as it is.
func makePromise(r *Record, b Ballot) { r.Promised = b }

// saveRecord: an acceptor records its answer in stable storage "before actually
// sending the response" (PMS 2.5).
func saveRecord(env *Env, r *Record) { env.Save(*r) }

// report: a promise carries the highest-numbered proposal that the acceptor
// has accepted, if any (PMS 2.2, phase 1b). Without it two values can be chosen
// with no fault at all: see the scenario literal-acks.
func report(r *Record) (Ballot, sim.Value) { return r.Accepted, r.Value }

// refusal: a nack names the ballot promised, so that the proposer can go above
// it (PMS 2.2: the acceptor "should probably inform the proposer").
func refusal(r *Record) Ballot { return r.Promised }

// isMember: a quorum is a set of members, the acceptors of the paper (PMS 2.2).
// Other actors may answer, but do not count.
func isMember(members *ids.Set, id sim.ID) bool { return members.Has(id) }

// countPromise counts a promise for the ballot under way, once an acceptor, and
// keeps the highest proposal reported. It says whether the promise counts. A
// promise of another ballot is late and does not: phase 2 needs responses to "its
// prepare requests (numbered n)" (PMS 2.2, phase 2a).
func countPromise(p *Promises, from sim.ID, m Message) bool {
	if m.Ballot != p.Ballot || !p.From.Add(from) {
		return false
	}
	p.Count++
	if p.Highest < m.Last {
		p.Highest, p.Value = m.Last, m.Value
	}
	return true
}

// isQuorum: any two majorities of n members share one (PMS 2.2 for promises, and
// PMS 2.3 for what learners count). A scenario may give both phases other sizes.
// Every quorum of promises must meet every quorum of acceptances, and that is
// enough (Howard, Malkhi and Spiegelman, "Flexible Paxos", 2016).
func isQuorum(q quorums.Quorum, size, n int) bool { return q.Holds(size, n) }

// pickValue: the value of the highest-numbered proposal among the promises, or
// the proposer's own if they report none (PMS 2.2, P2c and phase 2a). It is 0
// if there is neither.
func pickValue(own sim.Value, p *Promises) sim.Value {
	if p.Highest == 0 {
		return own
	}
	return p.Value
}

// mayAccept: an acceptor accepts "unless it has already responded to a prepare
// request having a number greater than" this one (PMS 2.2, P1a, phase 2b).
func mayAccept(r *Record, b Ballot) bool { return b >= r.Promised }

// castVote: the acceptor keeps the proposal, and with it the promise not to
// accept below it (PMS 2.2, phase 2b). If the promise stayed as it was, a late
// Accept of a lower ballot could undo a choice.
func castVote(r *Record, b Ballot, v sim.Value) { r.Promised, r.Accepted, r.Value = b, b, v }

// countAccepted counts an acceptance, once an acceptor and ballot, and returns the
// tally of its ballot. Acceptances in different ballots never add up (PMS 2.3).
func countAccepted(t *Tallies, from sim.ID, b Ballot, v sim.Value) *Tally {
	tally := t.Of(b)
	tally.Value = max(tally.Value, v)
	if tally.From.Add(from) {
		tally.Count++
	}
	return tally
}

// recoverRecord: a restarted acceptor remembers all that it saved: stable
// storage is "preserved during failures" (PMS 2.5).
func recoverRecord(saved Record) Record { return saved }
