package paxos

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
)

// The proposer: PMS 2.2, phases 1a and 2a. Which actor proposes and when is in turns.go,
// and what is sent again in repeat.go.

// proposer is what an actor knows as a proposer.
type proposer struct {
	own      sim.Value // what its client asked for; 0: nothing
	open     bool      // it is at work on a round that the script asked for
	phase    phase
	ballot   Ballot    // of the round under way
	value    sim.Value // what it proposes, from phase 2 on
	repeats  int       // so far in this phase
	failures int       // rounds lost in a row, for the back-off
	leads    bool      // it knows that it alone keeps the role
}

// answers is who answered what. It may hold memory, see [Actor.CopyFrom].
type answers struct {
	promises Promises // for the proposer's round under way
	refusers ids.Set  // who refused it
	heard    ids.Set  // who has accepted in it, since its phase 2 began
	tallies  Tallies  // of the learner
}

// Promises is what a proposer has heard in phase 1 of its ballot.
type Promises struct {
	Ballot  Ballot    // the ballot under way
	From    ids.Set   // the acceptors that promised it
	Count   int       // how many promises count; one an acceptor
	Highest Ballot    // the highest proposal that they reported; zero: none
	Value   sim.Value // of Highest
	Reports Reports   // for a mutant: how many reported what. Paxos needs the highest alone
}

type phase uint8

const (
	idle      phase = iota
	preparing       // phase 1: Prepare is out
	accepting       // phase 2: Accept is out
)

// stage names a phase of a round, for the alarm that repeats it.
func (p *proposer) stage() uint64 { return uint64(p.ballot)<<2 | uint64(p.phase) }

// takeRole begins a round (PMS 2.2, phase 1a). The round is saved before the
// Prepare leaves, so that it is never used again.
func (a *Actor) takeRole(env *Env) {
	if a.phase != idle || a.barred(env) {
		return
	}
	env.Stop(alarmRole)
	a.ballot = a.set.rules.NextBallot(env.Self(), &a.Record, a.seen)
	a.Round = a.ballot.Round()
	env.Save(a.Record)
	env.Note(noteRound)
	a.enter(env, preparing)
	if !a.skipsPhase1(env) {
		env.Broadcast(prepare(a.ballot))
	}
}

// enter begins a phase of the round. What was known in the round before is
// forgotten, see leave.
func (a *Actor) enter(env *Env, p phase) {
	a.promises.Ballot = a.ballot
	a.phase, a.repeats = p, 0
	env.After(a.set.repeat, sim.Timer{Kind: alarmRepeat, For: a.stage()})
}

// promised counts a promise. The one that makes a quorum begins phase 2; a
// later one gets its Accept too, if the fan-out is to all that acked, or if a
// quorum of acceptances is larger.
func (a *Actor) promised(env *Env, from sim.ID, m Message) {
	if a.phase == idle || !a.set.counts(from) || !a.set.rules.CountPromise(&a.promises, from, m) {
		return // of a round that is over, or of nobody that counts, or known
	}
	a.believesReports(env)
	a.promisedMore(env, from)
}

// promisedMore goes on after one more promise was counted.
func (a *Actor) promisedMore(env *Env, from sim.ID) {
	switch {
	case a.phase == accepting:
		a.changesValue()
		if a.set.fanOut == fanOutAckers || a.set.fanOut == fanOutQuorum && a.promises.Count <= a.set.accepters {
			env.Send(from, accept(a.ballot, a.value))
		}
	case a.hasPromises():
		a.propose(env)
	}
}

// hasPromises says whether a quorum has promised the ballot under way.
func (a *Actor) hasPromises() bool {
	return a.set.rules.IsPromiseQuorum(a.set.promises, a.promises.Count, a.electors())
}

// propose begins phase 2 (PMS 2.2, phase 2a).
func (a *Actor) propose(env *Env) {
	a.value = a.set.rules.PickValue(a.own, &a.promises)
	if a.value == 0 {
		a.giveUp(env) // it wanted to learn, and nothing is there to be learned
		return
	}
	a.enter(env, accepting)
	if a.set.fanOut == fanOutAll {
		env.Broadcast(accept(a.ballot, a.value))
		return
	}
	for id := a.promises.From.Next(0); id != 0; id = a.promises.From.Next(id) {
		env.Send(id, accept(a.ballot, a.value))
	}
}

// succeed ends a round that a quorum has accepted.
func (a *Actor) succeed(env *Env) {
	a.failures = 0
	a.leave(env)
	a.open = false
	env.Busy(false)
}

// leave ends a round, and forgets what only mattered in it.
func (a *Actor) leave(env *Env) {
	a.phase, a.ballot, a.value, a.repeats = idle, 0, 0, 0
	a.promises.clear(0)
	a.refusers.Clear()
	a.heard.Clear()
	env.Stop(alarmRepeat)
}
