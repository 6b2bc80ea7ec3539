package paxos

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
)

// The learner: PMS 2.3. Every acceptor tells every learner.

// learner is what an actor knows as a learner.
type learner struct {
	learned sim.Value // the decision; 0: not known. It never changes.
	asks    int       // how often it asked others
}

// Tally is the actors that are known to have accepted in one ballot.
type Tally struct {
	Ballot Ballot
	Value  sim.Value // what was accepted; where a bug gives a ballot several values, the one with the greatest number
	From   ids.Set
	Count  int // how many acceptances count; one an acceptor
}

// accepted is the one place where acceptances are counted. For the learner a quorum
// in one ballot is the decision. For the proposer a quorum of answers to its Accepts
// ends its round. In Paxos both have counted the same in that ballot. With a bug that
// uses a ballot twice they have not: so the proposer's answers are a set of their own.
func (a *Actor) accepted(env *Env, from sim.ID, b Ballot, v sim.Value) {
	if !a.set.counts(from) {
		return
	}
	if a.learned == 0 {
		tally := a.set.rules.CountAccepted(&a.tallies, from, b, v)
		if a.set.isAcceptQuorum(tally.Count) {
			a.learn(env, b, v)
		}
	}
	if a.phase == accepting && b == a.ballot && a.heard.Add(from) &&
		a.set.isAcceptQuorum(a.heard.Len()) {
		a.succeed(env)
	}
}

// learn makes the decision known, first to whoever watches and then to the actor's
// clients. It ends idle spells, but neither a round under way nor what a client asked
// for by the script. The learner counts no more acceptances, and asks nobody.
func (a *Actor) learn(env *Env, b Ballot, v sim.Value) {
	a.learned = v
	a.asks = 0
	a.tallies.clear()
	env.Stop(alarmLearn)
	env.Stop(alarmAsk)
	if !a.open {
		env.Stop(alarmRole)
	}
	if a.set.saveLearned {
		a.Learned, a.LearnedIn = v, b
	}
	if a.writesLearned(b, v) || a.set.saveLearned {
		env.Save(a.Record)
	}
	env.Decide(0, v, sim.Round(b))
	env.AnswerAll(v)
}

// awaitDecision begins the wait for a decision.
func (a *Actor) awaitDecision(env *Env) {
	env.After(a.set.learnTimeout, sim.Timer{Kind: alarmLearn})
}

// learnedNothing is called when the wait is over. The actor then waits for one idle spell
// more, so that late learners do not start all at once. After that it finds out itself, by
// a round of its own (PMS 2.3) or by asking. A round under way goes first.
//
// Asking alone can be in vain for ever: 1, 2 and 3 accept x in 1.1, which makes
// it chosen, then 3 alone accepts x in 2.2. No majority remembers one ballot any
// more. So after as many asks as there are repeats a round must do it.
func (a *Actor) learnedNothing(env *Env) {
	switch {
	case a.phase != idle: // giveUp will wait anew
	case a.set.learn == learnAsk && a.asks < a.set.repeats:
		env.AfterChance(choiceIdle, a.set.idle, a.turn(env), sim.Timer{Kind: alarmAsk})
	default:
		a.wait(env)
	}
}

// askOthers asks all acceptors what they accepted, and waits anew.
func (a *Actor) askOthers(env *Env) {
	a.asks++
	env.Note(noteAsk)
	env.Broadcast(ask())
	a.awaitDecision(env)
}
