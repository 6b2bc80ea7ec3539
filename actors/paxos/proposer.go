package paxos

import "github.com/paxsim/paxsim/sim"

// The proposer: PMS 2.2, phases 1a and 2a, and the choice of who proposes.

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
	refusers sim.Set  // who refused it
	heard    sim.Set  // who is known to have accepted in it
	tallies  Tallies  // of the learner
}

type phase uint8

const (
	idle      phase = iota
	preparing       // phase 1: Prepare is out
	accepting       // phase 2: Accept is out
)

// stage names a phase of a round, for the alarm that repeats it.
func (p *proposer) stage() uint64 { return uint64(p.ballot)<<2 | uint64(p.phase) }

// Request implements [sim.Actor]: a client asks. Who knows the decision answers. By
// the script the actor takes the role at once, or the round under way serves; by
// chance it waits first.
func (a *Actor) Request(env *Env, r sim.Request) {
	a.own = r.Value
	if a.learned != 0 {
		env.AnswerAll(a.learned)
	}
	switch {
	case a.barred(env):
		return
	case env.Leader() == env.Self() && !a.leads: // what came before is not worth waiting for
		a.leads = true
		a.leave(env)
	}
	if r.Chance {
		if a.learned == 0 {
			a.wait(env)
		}
		return
	}
	a.open = true
	env.Busy(true) // the run lasts until the round is over, also if the decision is known before
	a.takeRole(env)
}

// barred says whether another keeps the role: "a distinguished proposer must be
// selected as the only one to try issuing proposals" (PMS 2.4).
func (a *Actor) barred(env *Env) bool { return env.Leader() != 0 && env.Leader() != env.Self() }

// wait begins an idle spell, if none is under way: one choice says how long it
// lasts. In calm the actors take turns by number, a round limit apart.
func (a *Actor) wait(env *Env) {
	if a.phase == idle && !env.Armed(alarmRole) {
		env.AfterChance(choiceIdle, a.set.idle, a.turn(env), sim.Timer{Kind: alarmRole})
	}
}

// turn is how long an actor waits in calm until it is its turn, by its number.
func (a *Actor) turn(env *Env) sim.Time { return sim.Time(env.Self()-1) * a.set.roundLimit }

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
	if a.set.rules.MaySkipPhase1(a.ballot) {
		for id := sim.ID(1); int(id) <= env.N(); id++ {
			a.promises.From.Add(id) // as if everybody had promised
		}
		a.propose(env)
		return
	}
	env.Broadcast(prepare(a.ballot))
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
	if len(a.promises.Reports.list) > 0 { // a mutant's
		if v := a.set.rules.Reported(&a.promises, a.set.members.Len()); v != 0 && a.learned == 0 {
			a.learn(env, a.ballot, v)
		}
	}
	a.promisedMore(env, from)
}

// promisedMore goes on after one more promise was counted.
func (a *Actor) promisedMore(env *Env, from sim.ID) {
	switch {
	case a.phase == accepting:
		a.value = a.set.rules.KeepValue(a.value, a.own, &a.promises)
		if a.set.fanOut == fanOutAckers || a.set.fanOut == fanOutQuorum && a.promises.Count <= a.set.accepters {
			env.Send(from, accept(a.ballot, a.value))
		}
	case a.hasPromises():
		a.propose(env)
	}
}

// hasPromises says whether a quorum has promised the ballot under way.
func (a *Actor) hasPromises() bool {
	n := a.set.members.Len()
	if a.repeats > 0 {
		n = a.set.rules.Electors(n, a.promises.From.Len()+a.refusers.Len())
	}
	return a.set.rules.IsPromiseQuorum(a.set.promises, a.promises.Count, n)
}

// propose begins phase 2 (PMS 2.2, phase 2a).
func (a *Actor) propose(env *Env) {
	a.value = a.set.rules.PickValue(a.own, &a.promises)
	if a.value == 0 {
		a.giveUp(env) // it came to learn, and nothing is there to be learned
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

// refused handles a nack. One of an older ballot is only noted.
func (a *Actor) refused(env *Env, from sim.ID, b Ballot) {
	env.Note(noteNack)
	if a.phase == idle || b != a.ballot {
		return
	}
	if a.set.counts(from) {
		a.refusers.Add(from)
		if a.set.rules.CountNack(&a.promises, from) {
			a.promisedMore(env, from)
			return
		}
	}
	switch a.set.onNack {
	case onNackGiveUp:
		a.giveUp(env)
	case onNackWhenLost:
		if !a.canWin(a.set.members.Len() - a.refusers.Len()) {
			a.giveUp(env)
		}
	case onNackRetry:
		a.backOff(env)
	}
}

// canWin says whether so many members are a quorum of the phase under way.
func (a *Actor) canWin(size int) bool {
	if a.phase == preparing {
		return a.set.rules.IsPromiseQuorum(a.set.promises, size, a.set.members.Len())
	}
	return a.set.isAcceptQuorum(size)
}

// repeat sends again what was not answered, or gives up after so many times.
func (a *Actor) repeat(env *Env, stage uint64) {
	if a.phase == idle || stage != a.stage() || !a.set.rules.MayRepeat(a.phase == accepting) {
		return
	}
	if a.repeats == a.set.repeats || a.barred(env) {
		a.giveUp(env)
		return
	}
	a.repeats++
	if a.phase == preparing && a.hasPromises() {
		a.propose(env) // only where a quorum is of those who have answered by now
		return
	}
	env.Note(noteRepeat)
	env.After(a.set.repeat, sim.Timer{Kind: alarmRepeat, For: stage})
	for id := sim.ID(1); int(id) <= env.N(); id++ {
		switch {
		case a.refusers.Has(id):
		case (a.phase == preparing || a.tooFew()) && !a.promises.From.Has(id):
			env.Send(id, prepare(a.ballot))
		case a.phase == accepting && !a.heard.Has(id) && (a.set.fanOut == fanOutAll || a.promises.From.Has(id)):
			env.Send(id, accept(a.ballot, a.value))
		}
	}
}

// tooFew says whether an Accept goes to those who have promised, and they are no
// quorum of acceptances: which may be larger than one of promises.
func (a *Actor) tooFew() bool {
	return a.set.fanOut != fanOutAll && a.promises.Count < a.set.accepters
}

// succeed ends a round that a quorum has accepted.
func (a *Actor) succeed(env *Env) {
	a.failures = 0
	a.leave(env)
	a.open = false
	env.Busy(false)
}

// giveUp ends a round without success. The request stays: unless a decision is
// learned first, the actor takes the role again after an idle spell.
func (a *Actor) giveUp(env *Env) {
	env.Note(noteGiveUp)
	a.failures++
	a.leave(env)
	if env.Leader() == env.Self() { // nobody else will try
		a.takeRole(env)
		return
	}
	a.open = false
	env.Busy(false)
	if a.learned != 0 {
		return
	}
	a.awaitDecision(env)
	if a.own != 0 {
		a.wait(env)
	}
}

// backOff ends a round that was refused and tries again above it, after a wait
// drawn from a window that doubles with every failure, up to a cap.
func (a *Actor) backOff(env *Env) {
	window := a.set.backoffs[min(a.failures, len(a.set.backoffs)-1)]
	a.failures++
	a.leave(env)
	env.AfterChance(choiceBackoff, window, a.turn(env), sim.Timer{Kind: alarmRole})
}

// leave ends a round, and forgets what only mattered in it.
func (a *Actor) leave(env *Env) {
	a.phase, a.ballot, a.value, a.repeats = idle, 0, 0, 0
	a.promises.clear(0)
	a.refusers.Clear()
	a.heard.Clear()
	env.Stop(alarmRepeat)
}
