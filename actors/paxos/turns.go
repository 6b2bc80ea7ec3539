package paxos

import "github.com/paxsim/paxsim/sim"

// Turns: when an actor takes the role of the proposer, and when it gives it up. Safety
// does not depend on any of this; progress does (PMS 2.4).

// Request implements [sim.Actor]: a client asks. An actor that knows the decision
// answers. If the script made the request, the actor takes the role at once, or the
// round under way serves. If chance made it, the actor waits first.
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

// barred says whether another actor keeps the role: "a distinguished proposer must be
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

// refused handles a nack. One of an older ballot is only noted.
func (a *Actor) refused(env *Env, from sim.ID, b Ballot) {
	env.Note(noteNack)
	if a.phase == idle || b != a.ballot {
		return
	}
	if a.set.counts(from) {
		a.refusers.Add(from)
		if a.countsNack(env, from) {
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
