package paxos

import "github.com/paxsim/paxsim/sim"

// Rules are the decisions on which the safety of Paxos rests, one small
// function each. The roles ask them and do the rest. A mutant is these Rules
// with one of them replaced.
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
	IsMember        func(members *sim.Set, id sim.ID) bool
	CountPromise    func(p *Promises, from sim.ID, m Message) bool
	IsPromiseQuorum func(q sim.Quorum, size, n int) bool
	PickValue       func(own sim.Value, p *Promises) sim.Value

	// Phase 2b.
	MayAccept func(r *Record, b Ballot) bool
	CastVote  func(r *Record, b Ballot, v sim.Value)
	SaveVote  func(env *Env, r *Record)

	// Learning.
	CountAccepted  func(t *Tallies, from sim.ID, b Ballot, v sim.Value) *Tally
	IsAcceptQuorum func(q sim.Quorum, size, n int) bool

	// Keeping.
	Recover func(saved Record) Record

	// What nobody would do otherwise, each for one mutant.
	Slips Slips
}

// Sound is Paxos as it should be.
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

// nextBallot is a ballot above all that the actor has seen, promised or used.
// What it has used it remembers on its disk: a proposer begins phase 1 with "a
// higher proposal number than any it has already used" (PMS 2.5).
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

// saveRecord: an acceptor records its answer in stable storage "before actually
// sending the response" (PMS 2.5).
func saveRecord(env *Env, r *Record) { env.Save(*r) }

// report: a promise carries the highest-numbered proposal that the acceptor
// has accepted, if any (PMS 2.2, phase 1b). Leave it out and two values can be
// chosen with no fault at all: the scenario literal-acks.
func report(r *Record) (Ballot, sim.Value) { return r.Accepted, r.Value }

// refusal: a nack names the ballot promised, so that the proposer can go above
// it (PMS 2.2: the acceptor "should probably inform the proposer").
func refusal(r *Record) Ballot { return r.Promised }

// isMember: only members count towards a quorum, whoever else answers.
func isMember(members *sim.Set, id sim.ID) bool { return members.Has(id) }

// countPromise counts one promise for the ballot under way, once an acceptor,
// and keeps the highest proposal reported; a promise of another ballot is late,
// and says nothing about this one (PMS 2.2, phase 2a: a response to "its prepare
// requests (numbered n)"). It says whether the promise counts.
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

// isQuorum: any two majorities of n members share one (PMS 2.2). It serves both
// phases, whose quorums the scenario may make of other sizes; what must meet is
// every quorum of promises and every quorum of acceptances (Howard, Malkhi and
// Spiegelman, "Flexible Paxos", 2016).
func isQuorum(q sim.Quorum, size, n int) bool { return q.Holds(size, n) }

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
	tally.Value = max(tally.Value, v)
	if tally.From.Add(from) {
		tally.Count++
	}
	return tally
}

// recoverRecord: a restarted acceptor remembers all that it saved: stable
// storage is "preserved during failures" (PMS 2.5).
func recoverRecord(saved Record) Record { return saved }
