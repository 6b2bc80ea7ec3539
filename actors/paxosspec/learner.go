package paxosspec

import "github.com/paxsim/paxsim/sim"

// Learner is what the learner knows: the 2b in msgs, as the value for which each
// acceptor has voted in each ballot. Zero: it has not voted there.
type Learner struct {
	Votes Votes `state:"by-actor"`
}

// Votes is the 2b, by acceptor and ballot.
type Votes [maxAcceptors + 1]Ballots

// Ballots is a value for each ballot. The zero value is none.
type Ballots [maxBallots + 1]sim.Value

// hear2b puts a 2b into msgs. A value is chosen once a quorum has voted for it in one
// ballot: VotedFor and ChosenAt of Voting.tla.
func (a *Actor) hear2b(env *Env, from sim.ID, m Message) {
	if int(from) > a.set.acceptors {
		return
	}
	a.Votes[from][m.Bal] = m.Val
	if a.set.rules.IsQuorum(a.set, votedFor(&a.Votes, m.Bal, m.Val)) {
		env.Decide(0, m.Val, sim.Round(m.Bal))
	}
}

// votedFor is how many acceptors have voted for a value in a ballot.
func votedFor(votes *Votes, b Ballot, v sim.Value) (n int) {
	for _, of := range votes {
		if of[b] == v {
			n++
		}
	}
	return n
}
