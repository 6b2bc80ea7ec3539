package paxos

import "github.com/paxsim/paxsim/sim"

// Rules are the decisions on which the safety of Paxos rests, one small
// function each. The roles ask them and do the rest. A mutant is these Rules
// with one of them replaced.
type Rules struct {
	NextBallot    func(self sim.ID, r *Record, seen Ballot) Ballot
	MayPromise    func(r *Record, b Ballot) bool
	MakePromise   func(r *Record, b Ballot)
	Report        func(r *Record) (Ballot, sim.Value)
	IsMember      func(members *sim.Set, id sim.ID) bool
	CountPromise  func(p *Promises, from sim.ID, m Message) bool
	IsQuorum      func(size, n int) bool
	PickValue     func(own sim.Value, p *Promises) sim.Value
	MayAccept     func(r *Record, b Ballot) bool
	CastVote      func(r *Record, b Ballot, v sim.Value)
	CountAccepted func(t *Tallies, from sim.ID, b Ballot, v sim.Value) *Tally
	Recover       func(saved Record) Record
}

// Sound is Paxos as it should be.
func Sound() Rules {
	return Rules{
		NextBallot:    nextBallot,
		MayPromise:    mayPromise,
		MakePromise:   makePromise,
		Report:        report,
		IsMember:      isMember,
		CountPromise:  countPromise,
		IsQuorum:      isQuorum,
		PickValue:     pickValue,
		MayAccept:     mayAccept,
		CastVote:      castVote,
		CountAccepted: countAccepted,
		Recover:       recoverRecord,
	}
}

// nextBallot is a ballot above all that the actor has seen, promised or used:
// a proposer "uses a higher-numbered proposal than any it has already used",
// remembered on disk (PMS 2.5).
func nextBallot(self sim.ID, r *Record, seen Ballot) Ballot {
	return MakeBallot(max(seen.Round(), r.Promised.Round(), r.Round)+1, self)
}

// mayPromise: an acceptor answers a Prepare whose ballot is not below the one
// that it has promised (PMS 2.2, phase 1b). An equal one is a repetition of the
// same Prepare, since ballots are unique.
func mayPromise(r *Record, b Ballot) bool { return b >= r.Promised }

// makePromise: from now on it accepts no proposal below this ballot (PMS 2.2,
// phase 1b). What it has accepted stays as it is.
func makePromise(r *Record, b Ballot) { r.Promised = b }

// report: a promise carries the highest-numbered proposal that the acceptor
// has accepted, if any (PMS 2.2, phase 1b). Leave it out and two values can be
// chosen with no fault at all: the scenario literal-acks.
func report(r *Record) (Ballot, sim.Value) { return r.Accepted, r.Value }

// isMember: only members count towards a quorum, whoever else answers.
func isMember(members *sim.Set, id sim.ID) bool { return members.Has(id) }

// countPromise counts one promise for the ballot under way, once an acceptor,
// and keeps the highest proposal reported. It says whether the promise is new.
func countPromise(p *Promises, from sim.ID, m Message) bool {
	if !p.From.Add(from) {
		return false
	}
	if p.Highest < m.Last {
		p.Highest, p.Value = m.Last, m.Value
	}
	return true
}

// isQuorum: any two majorities of n members share one (PMS 2.2).
func isQuorum(size, n int) bool { return 2*size > n }

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
// accept below it (PMS 2.2, phase 2b; leave the promise as it was and a late
// Accept of a lower ballot can undo a choice).
func castVote(r *Record, b Ballot, v sim.Value) { r.Promised, r.Accepted, r.Value = b, b, v }

// countAccepted counts one acceptance, once an acceptor and ballot, and returns
// the tally of its ballot. Acceptances in different ballots never add up
// (PMS 2.3).
func countAccepted(t *Tallies, from sim.ID, b Ballot, v sim.Value) *Tally {
	tally := t.Of(b)
	tally.Value = v
	tally.From.Add(from)
	return tally
}

// recoverRecord: a restarted acceptor remembers all that it saved (PMS 2.4).
func recoverRecord(saved Record) Record { return saved }
