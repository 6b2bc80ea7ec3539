package paxos

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// Slips are mistakes that no reader of the paper would make, and that somebody
// has made in code. Each is there for one bug of the room mutants. In Paxos all
// are nil: so a reader of Paxos needs none of this file. Where a role could make
// one it calls a function below by name.
type Slips struct {
	// SkipPhase1 says whether a proposer proposes in a ballot without a promise. In
	// Paxos it needs answers "from a majority of acceptors" (PMS 2.2, phase 2a). Only
	// a leader that had them before, for many decrees, may skip phase 1 (PMS 3).
	SkipPhase1 func(b Ballot) bool

	// CountNack counts a refusal as if it were a promise, and says whether it is a
	// new one. In Paxos an actor that refuses has promised nothing.
	CountNack func(p *Promises, from sim.ID) bool

	// Electors is how many actors a majority of promises is of, once the Prepare has
	// been repeated. In Paxos that is all members, also those that do not answer.
	Electors func(members, answered int) int

	// ChangeValue is what a proposer proposes after a late promise, in the ballot in
	// which it has proposed already. In Paxos the value stays: "different proposals
	// have different numbers" (PMS 2.2).
	ChangeValue func(own sim.Value, p *Promises) sim.Value

	// FallSilent says whether a proposer that hears too little in a phase does
	// nothing, for ever. In Paxos it sends again.
	FallSilent func(phase2 bool) bool

	// BelieveReports is the value that a proposer takes for chosen because promises
	// report it; 0: none. In Paxos reports show nothing, since they may be of
	// different ballots. To find out, "have a proposer issue a proposal" (PMS 2.3).
	BelieveReports func(p *Promises, members int) sim.Value

	// WriteLearned writes a decision over the vote of the actor's acceptor, and says
	// whether it did. In Paxos a learner changes nothing of that (PMS 2.3).
	WriteLearned func(r *Record, b Ballot, v sim.Value) bool

	// Lifetime is how many ticks an acceptor remembers its last promise or vote. In
	// Paxos they bind it for ever (PMS 2.2, P1a).
	Lifetime func(roundLimit sim.Time) sim.Time
}

// skipsPhase1 says whether the proposer has begun phase 2 instead of phase 1, as
// if everybody had promised.
func (a *Actor) skipsPhase1(env *Env) bool {
	slip := a.set.rules.Slips.SkipPhase1
	if slip == nil || !slip(a.ballot) {
		return false
	}
	for id := sim.ID(1); int(id) <= env.N(); id++ {
		a.promises.From.Add(id)
	}
	a.propose(env)
	return true
}

// countsNack says whether the proposer has counted a refusal as a promise.
func (a *Actor) countsNack(env *Env, from sim.ID) bool {
	slip := a.set.rules.Slips.CountNack
	if slip == nil || !slip(&a.promises, from) {
		return false
	}
	a.promisedMore(env, from)
	return true
}

// electors is how many actors a majority of promises is of: all members.
func (a *Actor) electors() int {
	n := a.set.members.Len()
	if slip := a.set.rules.Slips.Electors; slip != nil && a.repeats > 0 {
		return a.answerers(n, slip)
	}
	return n
}

// answerers is the rest of electors: apart, so that Paxos pays for no call.
func (a *Actor) answerers(n int, slip func(members, answered int) int) int {
	return slip(n, a.promises.From.Len()+a.refusers.Len())
}

// proposesToFew says whether the proposer has begun phase 2 because those who have
// promised are now a majority of fewer electors. Where electors do not change it
// has begun phase 2 before.
func (a *Actor) proposesToFew(env *Env) bool {
	if a.phase != preparing || !a.hasPromises() {
		return false
	}
	a.propose(env)
	return true
}

// changesValue lets the proposer pick another value in phase 2.
func (a *Actor) changesValue() {
	if slip := a.set.rules.Slips.ChangeValue; slip != nil {
		a.value = slip(a.own, &a.promises)
	}
}

// fallsSilent says whether the proposer does not repeat what it sent.
func (a *Actor) fallsSilent() bool {
	slip := a.set.rules.Slips.FallSilent
	return slip != nil && slip(a.phase == accepting)
}

// believesReports lets the proposer take a value for chosen that promises report.
func (a *Actor) believesReports(env *Env) {
	if slip := a.set.rules.Slips.BelieveReports; slip != nil {
		a.believe(env, slip)
	}
}

// believe is the rest of believesReports: apart, so that Paxos pays for no call.
func (a *Actor) believe(env *Env, slip func(*Promises, int) sim.Value) {
	if v := slip(&a.promises, a.set.members.Len()); v != 0 && a.learned == 0 {
		a.learn(env, a.ballot, v)
	}
}

// writesLearned says whether the actor has written a decision over its vote.
func (a *Actor) writesLearned(b Ballot, v sim.Value) bool {
	slip := a.set.rules.Slips.WriteLearned
	return slip != nil && slip(&a.Record, b, v)
}

// withLifetime are the rules of acceptors that see to forgetting what they save.
func withLifetime(rules Rules, roundLimit sim.Time) Rules {
	if rules.Slips.Lifetime == nil {
		return rules
	}
	lifetime := rules.Slips.Lifetime(roundLimit)
	forgetting := func(save func(*Env, *Record)) func(*Env, *Record) {
		return func(env *Env, r *Record) {
			save(env, r)
			env.After(lifetime, sim.Timer{Kind: alarmForget})
		}
	}
	rules.SavePromise, rules.SaveVote = forgetting(rules.SavePromise), forgetting(rules.SaveVote)
	return rules
}

// forget makes the acceptor one that has promised and accepted nothing.
func (a *Actor) forget(env *Env) {
	a.Promised, a.Accepted, a.Value = 0, 0, 0
	env.Save(a.Record)
}

// Report is a value that promises report as accepted, in whatever ballots.
type Report struct {
	Value sim.Value
	Count int // how many promises do
	Place int // for a mutant that reads in which order they came: 1 for the first value heard of; 0: it does not
}

// Reports are the values that promises report, in the order of their numbers, so
// that whoever has heard the same holds the same. The zero Reports has none.
type Reports struct{ list []Report }

// Of is the entry of a value, made empty if it is new. The pointer is good until the
// next call.
func (r *Reports) Of(v sim.Value) *Report {
	i := 0
	for i < len(r.list) && r.list[i].Value < v {
		i++
	}
	if i == len(r.list) || r.list[i].Value != v {
		r.list = slices.Insert(r.list, i, Report{Value: v})
	}
	return &r.list[i]
}

// All lists the entries. The slice is good until the next call of Of.
func (r *Reports) All() []Report { return r.list }

func (r *Reports) clear() { r.list = r.list[:0] }

func (r *Reports) copyFrom(q *Reports) {
	r.list = r.list[:0]
	if len(q.list) != 0 {
		r.list = append(r.list, q.list...)
	}
}
