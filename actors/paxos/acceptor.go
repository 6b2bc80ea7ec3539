package paxos

import "github.com/paxsim/paxsim/sim"

// The acceptor: PMS 2.2, phases 1b and 2b. It answers as long as it is up,
// whatever it has learned meanwhile.

// Record is what an actor must still know after a crash. It is saved before
// any answer that rests on it leaves (PMS 2.5).
type Record struct {
	Promised Ballot    // the highest ballot that it has promised
	Accepted Ballot    // the highest ballot in which it has accepted; zero: none
	Value    sim.Value // what it accepted there
	Round    uint32    // the highest round that it has begun as a proposer

	Learned   sim.Value // the decision, if the setting save_learned is on; 0: none
	LearnedIn Ballot    // the ballot of it
}

// prepare answers a Prepare: a promise with what was last accepted, or a nack
// that names the ballot promised. A repeated Prepare gets its answer again.
func (a *Actor) prepare(env *Env, from sim.ID, b Ballot) {
	if !a.set.rules.MayPromise(&a.Record, b) {
		env.Send(from, nack(b, a.set.rules.Refusal(&a.Record)))
		return
	}
	if b != a.Promised {
		a.set.rules.MakePromise(&a.Record, b)
		a.set.rules.SavePromise(env, &a.Record)
	}
	last, v := a.set.rules.Report(&a.Record)
	env.Send(from, promise(b, last, v))
}

// accept answers an Accept: it accepts and tells all, or refuses. Accepting
// raises the promise. A repeated Accept is sent to all again.
func (a *Actor) accept(env *Env, from sim.ID, b Ballot, v sim.Value) {
	if !a.set.rules.MayAccept(&a.Record, b) {
		env.Send(from, nack(b, a.set.rules.Refusal(&a.Record)))
		return
	}
	if b != a.Accepted {
		a.set.rules.CastVote(&a.Record, b, v)
		a.set.rules.SaveVote(env, &a.Record)
	}
	env.Broadcast(accepted(b, v))
}

// asked tells one learner what was last accepted.
func (a *Actor) asked(env *Env, from sim.ID) {
	if a.Accepted != 0 {
		env.Send(from, accepted(a.Accepted, a.Value))
	}
}
