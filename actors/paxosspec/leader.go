package paxosspec

import "github.com/paxsim/paxsim/sim"

// Leader is what the leader of a ballot knows: which messages of the ballot are in
// msgs. That it has sent the 1a is on its disk.
type Leader struct {
	Bal      Ballot    // its ballot; zero: the actor is no leader
	Heard    Reports   `state:"by-actor"` // the 1b
	Proposed sim.Value // the value of the 2a; zero: there is none yet
}

// Reports is the 1b of a ballot, by acceptor.
type Reports [maxAcceptors + 1]Report

// Report is what an acceptor says in a 1b. The zero Report is none.
type Report struct {
	Said bool
	MBal Ballot
	MVal sim.Value
}

// phase1a is Phase1a(b), in the ballot of this leader: it sends the 1a. That it is sent
// once says nothing less than the specification: to send it again changes nothing there.
func (a *Actor) phase1a(env *Env) {
	a.Began = true
	env.Save(a.Record)
	a.toAcceptors(env, Message{kind: kind1a, Bal: a.Bal})
}

// phase2a is Phase2a(b, v), in the ballot of this leader.
//
//	no "2a" of b in msgs        the alarm is set only while there is none
//	\E Q \in Quorum, Q1b, Q1bv  Rules.ShowsSafe
//	Send, a "2a"                to all acceptors
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
