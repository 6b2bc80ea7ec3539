package paxosspec

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// Env is the world as an actor of the specification sees it.
type Env = sim.Env[Message, Record]

// Actor is an acceptor, the leader of a ballot, or the learner.
type Actor struct {
	Record
	Leader
	Learner
	set *Settings `state:"fixed"`
}

// Alarms: the actions of leaders.
const (
	alarmBegin   uint8 = iota // Phase1a
	alarmPropose              // Phase2a
)

var alarmKinds = []shown.TimerKind{
	{Name: "begin", Purpose: shown.BeginsRound, Doc: "the leader of a ballot asks the acceptors to join it: Phase1a"},
	{Name: "propose", Doc: "the leader of a ballot proposes a value that is safe there: Phase2a"},
}

// choiceValue is which of the values that are safe is proposed.
const choiceValue uint8 = 0

// Start implements [sim.Actor].
func (a *Actor) Start(env *Env) {
	a.Record = env.Saved()
	a.Bal = a.set.ballotOf(env.Self())
	if a.Bal != 0 && !a.Began {
		env.After(a.set.gap*sim.Time(a.Bal-1), sim.Timer{Kind: alarmBegin})
	}
}

// Receive implements [sim.Actor].
func (a *Actor) Receive(env *Env, from sim.ID, m Message) {
	switch m.kind {
	case kind1a:
		a.phase1b(env, m)
	case kind1b:
		a.hear1b(env, from, m)
	case kind2a:
		a.phase2b(env, m)
	case kind2b:
		a.hear2b(env, from, m)
	default:
		panic(fmt.Sprintf("paxosspec: actor %d received %+v from %d", env.Self(), m, from))
	}
}

// Timeout implements [sim.Actor].
func (a *Actor) Timeout(env *Env, t sim.Timer) {
	switch t.Kind {
	case alarmBegin:
		a.phase1a(env)
	case alarmPropose:
		a.phase2a(env)
	default:
		panic(fmt.Sprintf("paxosspec: actor %d has no alarm %+v", env.Self(), t))
	}
}

// Request implements [sim.Actor]. Values are a constant of the specification, and
// nobody asks for one.
func (a *Actor) Request(env *Env, r sim.Request) { env.Answer(r.ID, 0) }

// CopyFrom makes a the same as b. The settings are shared: they never change.
func (a *Actor) CopyFrom(b *Actor) { *a = *b }
