package paxosspec

import "github.com/paxsim/paxsim/sim"

// Rules are what the safety of the specification rests on, a function each, so that a
// test can replace one and see what breaks.
type Rules struct {
	Promises  func(r *Record, b Ballot) bool
	Votes     func(r *Record, b Ballot) bool
	Vote      func(r *Record, b Ballot, v sim.Value)
	ShowsSafe func(set *Settings, heard *Reports, v sim.Value) bool
	IsQuorum  func(set *Settings, n int) bool
}

// Sound is the rules of the specification.
func Sound() Rules { return Rules{promises, votes, vote, showsSafe, isQuorum} }

// promises is m.bal > maxBal[a] of Phase1b.
func promises(r *Record, b Ballot) bool { return b > r.MaxBal }

// votes is m.bal >= maxBal[a] of Phase2b.
func votes(r *Record, b Ballot) bool { return b >= r.MaxBal }

// vote is what Phase2b changes.
func vote(r *Record, b Ballot, v sim.Value) { r.MaxBal, r.MaxVBal, r.MaxVal = b, b, v }

// isQuorum is \E Q \in Quorum, for so many acceptors: a quorum is a majority.
func isQuorum(set *Settings, n int) bool { return 2*n > set.acceptors }

// showsSafe is \E Q \in Quorum of Phase2a: each acceptor of Q has sent a 1b, and none
// of these reports a vote, or the highest vote reported is for v.
func showsSafe(set *Settings, heard *Reports, v sim.Value) bool {
	for q := uint32(0); q < 1<<set.acceptors; q++ { // bit i is acceptor i+1
		size, all := 0, true
		var highest Report
		for i := range set.acceptors {
			if q>>i&1 == 0 {
				continue
			}
			r := heard[i+1]
			size, all = size+1, all && r.Said
			if r.MBal > highest.MBal {
				highest = r
			}
		}
		if all && isQuorum(set, size) && (highest.MBal == 0 || highest.MVal == v) {
			return true
		}
	}
	return false
}
