package paxos

import "github.com/paxsim/paxsim/sim"

// Promises is what a proposer has heard in phase 1 of its ballot.
type Promises struct {
	Ballot  Ballot    // the ballot under way
	From    sim.Set   // the acceptors that promised it
	Count   int       // how many promises count; one an acceptor
	Highest Ballot    // the highest proposal that they reported; zero: none
	Value   sim.Value // of Highest
	Reports Tallies   // for a mutant: who reported what. Paxos needs the highest alone
}

func (p *Promises) clear(b Ballot) {
	p.From.Clear()
	p.Reports.list = p.Reports.list[:0]
	p.Ballot, p.Count, p.Highest, p.Value = b, 0, 0, 0
}

func (p *Promises) copyFrom(q *Promises) {
	p.Ballot, p.Count, p.Highest, p.Value = q.Ballot, q.Count, q.Highest, q.Value
	p.From.CopyFrom(&q.From)
	p.Reports.copyFrom(&q.Reports)
}

// Tally is who is known to have accepted in one ballot.
type Tally struct {
	Ballot Ballot
	Value  sim.Value
	From   sim.Set
	Count  int // how many acceptances count; one an acceptor
}

// Tallies are the tallies of a learner, one a ballot, in the order in which
// the ballots were first heard of. The zero Tallies has none.
type Tallies struct{ list []Tally }

// Of is the tally of a ballot, made empty if it is new. The pointer is good
// until the next call.
func (t *Tallies) Of(b Ballot) *Tally {
	for i := len(t.list) - 1; i >= 0; i-- { // the newest is asked for most
		if t.list[i].Ballot == b {
			return &t.list[i]
		}
	}
	tally := t.add()
	tally.Ballot, tally.Value, tally.Count = b, 0, 0
	tally.From.Clear()
	return tally
}

func (t *Tallies) clear() { t.list = t.list[:0] }

// All lists the tallies. The slice is good until the next call of Of.
func (t *Tallies) All() []Tally { return t.list }

// add makes room for one more, with the memory of one that was there before.
func (t *Tallies) add() *Tally {
	n := len(t.list)
	if n < cap(t.list) {
		t.list = t.list[:n+1]
	} else {
		t.list = append(t.list, Tally{})
	}
	return &t.list[n]
}

func (t *Tallies) copyFrom(u *Tallies) {
	t.clear()
	for i := range u.list {
		from := &u.list[i]
		to := t.add()
		to.Ballot, to.Value, to.Count = from.Ballot, from.Value, from.Count
		to.From.CopyFrom(&from.From)
	}
}
