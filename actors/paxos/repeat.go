package paxos

import "github.com/paxsim/paxsim/sim"

// Retransmission: a message "can be lost" (PMS 2.1), so a proposer sends it again.

// repeat sends again what was not answered, or gives up after so many times.
func (a *Actor) repeat(env *Env, stage uint64) {
	if a.phase == idle || stage != a.stage() || a.fallsSilent() {
		return
	}
	if a.repeats == a.set.repeats || a.barred(env) {
		a.giveUp(env)
		return
	}
	a.repeats++
	if a.proposesToFew(env) {
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

// tooFew says whether Accepts go only to actors that have promised, and these are too
// few for a quorum of acceptances. It may be larger than a quorum of promises.
func (a *Actor) tooFew() bool {
	return a.set.fanOut != fanOutAll && a.promises.Count < a.set.accepters
}
