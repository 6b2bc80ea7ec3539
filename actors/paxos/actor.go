package paxos

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// Env is the world as a Paxos actor sees it.
type Env = sim.Env[Message, Record]

// Actor is one node: proposer, acceptor and learner in one.
type Actor struct {
	Record             // survives a crash
	proposer           // all that follows does not
	learner            //
	answers            //
	seen     Ballot    // the highest ballot in any message so far
	set      *settings `state:"fixed"`
}

// Alarms.
const (
	alarmRole   uint8 = iota // the idle spell or the back-off is over: take the role
	alarmRepeat              // no quorum yet: repeat, for Timer.For see proposer.stage
	alarmLearn               // still nothing learned
	alarmAsk                 // the idle spell before asking others is over
	alarmForget              // only in a mutant, see Slips.Lifetime
)

// alarmKinds tells what they are for.
var alarmKinds = []shown.TimerKind{
	{Name: "role", Purpose: shown.BeginsRound, Doc: "the actor becomes a proposer and begins a round, if it knows no decision yet"},
	{Name: "repeat", Purpose: shown.RepeatsRound, Doc: "the proposer asks once more those that have not answered, or gives up its round"},
	{Name: "learn", Purpose: shown.LearnsResult, Doc: "the actor has still learned nothing: it does what the setting learn says"},
	{Name: "ask", Purpose: shown.LearnsResult, Doc: "the actor asks all others what they have accepted"},
	{Name: "forget", Doc: "only in a mutant: the acceptor forgets what it has promised and accepted"},
}

// Choices.
const (
	choiceIdle    uint8 = iota // how long until I take the role? 0: my turn by number
	choiceBackoff              // how long until I try again? 0: my turn by number
)

// Notes.
const (
	noteRound uint8 = iota
	noteRepeat
	noteNack
	noteGiveUp
	noteAsk
)

// Start implements [sim.Actor]: what was saved comes back, and the wait for a
// decision begins.
func (a *Actor) Start(env *Env) {
	a.Record = a.set.rules.Recover(env.Saved())
	if a.Learned != 0 {
		a.learned = a.Learned
		env.Decide(0, a.Learned, sim.Round(a.LearnedIn))
		return
	}
	a.awaitDecision(env)
}

// Receive implements [sim.Actor].
func (a *Actor) Receive(env *Env, from sim.ID, m Message) {
	a.see(m.Ballot)
	switch m.kind {
	case Prepare:
		a.prepare(env, from, m.Ballot)
	case Promise:
		a.promised(env, from, m)
	case Accept:
		a.accept(env, from, m.Ballot, m.Value)
	case Accepted:
		a.accepted(env, from, m.Ballot, m.Value)
	case Nack:
		a.see(m.Last)
		a.refused(env, from, m.Ballot)
	case Ask:
		a.asked(env, from)
	default:
		panic(fmt.Sprintf("paxos: actor %d received %+v from %d", env.Self(), m, from))
	}
}

// Timeout implements [sim.Actor].
func (a *Actor) Timeout(env *Env, t sim.Timer) {
	switch t.Kind {
	case alarmRole:
		if a.learned == 0 || a.open {
			a.takeRole(env)
		}
	case alarmRepeat:
		a.repeat(env, t.For)
	case alarmLearn:
		a.learnedNothing(env)
	case alarmAsk:
		a.askOthers(env)
	case alarmForget:
		a.forget(env)
	default:
		panic(fmt.Sprintf("paxos: actor %d has no alarm %+v", env.Self(), t))
	}
}

// see remembers the highest ballot heard of.
func (a *Actor) see(b Ballot) {
	if a.seen < b {
		a.seen = b
	}
}

// CopyFrom makes a the same as b, in memory of its own. It is the one place
// that knows that sets of many actors hold memory.
func (a *Actor) CopyFrom(b *Actor) {
	a.Record, a.proposer, a.learner, a.seen, a.set = b.Record, b.proposer, b.learner, b.seen, b.set
	a.promises.copyFrom(&b.promises)
	a.refusers.CopyFrom(&b.refusers)
	a.heard.CopyFrom(&b.heard)
	a.tallies.copyFrom(&b.tallies)
}
