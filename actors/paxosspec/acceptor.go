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

// phase1b is Phase1b(a), for a 1a that has arrived:
//
//	Phase1b(a) == \E m \in msgs :
//	                /\ m.type = "1a"
//	                /\ m.bal > maxBal[a]
//	                /\ maxBal' = [maxBal EXCEPT ![a] = m.bal]
//	                /\ Send([type |-> "1b", acc |-> a, bal |-> m.bal,
//	                          mbal |-> maxVBal[a], mval |-> maxVal[a]])
//	                /\ UNCHANGED <<maxVBal, maxVal>>
func (a *Actor) phase1b(env *Env, m Message) {
	if !a.set.rules.Promises(&a.Record, m.Bal) {
		return
	}
	a.MaxBal = m.Bal
	env.Save(a.Record)
	env.Send(a.set.leaderOf(m.Bal), Message{kind: kind1b, Bal: m.Bal, MBal: a.MaxVBal, Val: a.MaxVal})
}

// phase2b is Phase2b(a), for a 2a that has arrived:
//
//	Phase2b(a) == \E m \in msgs : /\ m.type = "2a"
//	                              /\ m.bal >= maxBal[a]
//	                              /\ maxBal' = [maxBal EXCEPT ![a] = m.bal]
//	                              /\ maxVBal' = [maxVBal EXCEPT ![a] = m.bal]
//	                              /\ maxVal' = [maxVal EXCEPT ![a] = m.val]
//	                              /\ Send([type |-> "2b", acc |-> a,
//	                                       bal |-> m.bal, val |-> m.val])
func (a *Actor) phase2b(env *Env, m Message) {
	if !a.set.rules.Votes(&a.Record, m.Bal) {
		return
	}
	a.set.rules.Vote(&a.Record, m.Bal, m.Val)
	env.Save(a.Record)
	env.Send(a.set.learner, Message{kind: kind2b, Bal: m.Bal, Val: m.Val})
}
