package paxosspec

import "github.com/paxsim/paxsim/sim"

// Record is the variables of an acceptor. The specification knows no crash, so an
// acceptor saves them before it says anything. A leader saves that it has begun, so
// that it never acts for its ballot again after a crash.
type Record struct {
	MaxBal  Ballot    // maxBal: the highest ballot that it has heard of
	MaxVBal Ballot    // maxVBal: the highest ballot in which it has voted
	MaxVal  sim.Value // maxVal: what it voted for there
	Began   bool      // of a leader: it has sent its 1a
}

// phase1b is Phase1b(a), for a 1a that has arrived.
//
//	m.bal > maxBal[a]  Rules.Promises
//	maxBal'            a.MaxBal, which is saved
//	Send, a "1b"       with mbal = maxVBal[a] and mval = maxVal[a], to the leader of m.bal
func (a *Actor) phase1b(env *Env, m Message) {
	if !a.set.rules.Promises(&a.Record, m.Bal) {
		return
	}
	a.MaxBal = m.Bal
	env.Save(a.Record)
	env.Send(a.set.leaderOf(m.Bal), Message{kind: kind1b, Bal: m.Bal, MBal: a.MaxVBal, Val: a.MaxVal})
}

// phase2b is Phase2b(a), for a 2a that has arrived.
//
//	m.bal >= maxBal[a]         Rules.Votes
//	maxBal', maxVBal', maxVal' Rules.Vote, and they are saved
//	Send, a "2b"               to the learner
func (a *Actor) phase2b(env *Env, m Message) {
	if !a.set.rules.Votes(&a.Record, m.Bal) {
		return
	}
	a.set.rules.Vote(&a.Record, m.Bal, m.Val)
	env.Save(a.Record)
	env.Send(a.set.learner, Message{kind: kind2b, Bal: m.Bal, Val: m.Val})
}
