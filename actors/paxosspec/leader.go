package paxosspec

import "github.com/paxsim/paxsim/sim"

// Leader is what the leader of a ballot knows: which messages of the ballot are in
// msgs. That it has sent the 1a is on its disk.
type Leader struct {
	Bal      Ballot                   // its ballot; zero: the actor is no leader
	Heard    [maxAcceptors + 1]Report `state:"by-actor"` // the 1b, by acceptor
	Proposed sim.Value                // the value of the 2a; zero: there is none yet
}

// Report is what an acceptor says in a 1b. The zero Report is none.
type Report struct {
	Said bool
	MBal Ballot
	MVal sim.Value
}

// phase1a is Phase1a(b), in the ballot of this leader:
//
//	Phase1a(b) == /\ Send([type |-> "1a", bal |-> b])
//	              /\ UNCHANGED <<maxBal, maxVBal, maxVal>>
func (a *Actor) phase1a(env *Env) {
	a.Began = true
	env.Save(a.Record)
	a.toAcceptors(env, Message{kind: kind1a, Bal: a.Bal})
}

// phase2a is Phase2a(b, v), in the ballot of this leader:
//
//	Phase2a(b, v) ==
//	  /\ ~ \E m \in msgs : m.type = "2a" /\ m.bal = b
//	  /\ \E Q \in Quorum :
//	        LET Q1b == {m \in msgs : /\ m.type = "1b"
//	                                 /\ m.acc \in Q
//	                                 /\ m.bal = b}
//	            Q1bv == {m \in Q1b : m.mbal >= 0}
//	        IN  /\ \A a \in Q : \E m \in Q1b : m.acc = a
//	            /\ \/ Q1bv = {}
//	               \/ \E m \in Q1bv :
//	                    /\ m.mval = v
//	                    /\ \A mm \in Q1bv : m.mbal >= mm.mbal
//	  /\ Send([type |-> "2a", bal |-> b, val |-> v])
//	  /\ UNCHANGED <<maxBal, maxVBal, maxVal>>
//
// The value is one of those for which this holds, by choice.
func (a *Actor) phase2a(env *Env) {
	var safe []sim.Value
	for v := range a.set.eachValue() {
		if a.set.rules.ShowsSafe(a.set, &a.Heard, v) {
			safe = append(safe, v)
		}
	}
	if len(safe) == 0 {
		return
	}
	a.Proposed = safe[0]
	if len(safe) > 1 {
		a.Proposed = safe[env.Choose(choiceValue, sim.Equal(uint32(len(safe))))]
	}
	a.toAcceptors(env, Message{kind: kind2a, Bal: a.Bal, Val: a.Proposed})
}

// hear1b puts a 1b into msgs. The one that makes a quorum enables Phase2a.
func (a *Actor) hear1b(env *Env, from sim.ID, m Message) {
	if int(from) > a.set.acceptors || m.Bal != a.Bal {
		return
	}
	a.Heard[from] = Report{true, m.MBal, m.Val}
	if a.Proposed == 0 && a.set.rules.IsQuorum(a.set, a.saying()) {
		env.After(0, sim.Timer{Kind: alarmPropose})
	}
}

// saying is how many acceptors have sent a 1b.
func (a *Actor) saying() (n int) {
	for _, r := range a.Heard {
		if r.Said {
			n++
		}
	}
	return n
}

// toAcceptors puts a 1a or a 2a into msgs.
func (a *Actor) toAcceptors(env *Env, m Message) {
	for id := sim.ID(1); int(id) <= a.set.acceptors; id++ {
		env.Send(id, m)
	}
}
