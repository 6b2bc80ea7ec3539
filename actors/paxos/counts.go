package paxos

import (
	"cmp"
	"slices"
)

// What proposers and learners have counted, kept in the same memory from round to
// round and from run to run.

func (p *Promises) clear(b Ballot) {
	p.From.Clear()
	p.Reports.clear()
	p.Ballot, p.Count, p.Highest, p.Value = b, 0, 0, 0
}

func (p *Promises) copyFrom(q *Promises) {
	p.Ballot, p.Count, p.Highest, p.Value = q.Ballot, q.Count, q.Highest, q.Value
	p.From.CopyFrom(&q.From)
	p.Reports.copyFrom(&q.Reports)
}

// Tallies are the tallies of a learner, one a ballot, in the order of their ballots:
// whoever has heard the same holds the same, in whatever order it came. The zero
// Tallies has none.
type Tallies struct{ list []Tally }

// fewBallots is how many of the highest are looked at one by one: what is asked for
// is mostly among them.
const fewBallots = 8

// Of is the tally of a ballot, made empty if it is new. The pointer is good until
// the next call.
func (t *Tallies) Of(b Ballot) *Tally {
	at := 0
	for i := len(t.list) - 1; i >= 0; i-- {
		x := &t.list[i]
		if x.Ballot == b {
			return x
		}
		if x.Ballot < b {
			at = i + 1
			break
		}
		if i == len(t.list)-fewBallots {
			var there bool
			if at, there = t.search(b, i); there {
				return &t.list[at]
			}
			break
		}
	}
	return t.insert(at, b)
}

// search is where among the first n the tally of a ballot is, or belongs. Most
// learners never need it.
func (t *Tallies) search(b Ballot, n int) (int, bool) {
	return slices.BinarySearchFunc(t.list[:n], b, func(x Tally, b Ballot) int { return cmp.Compare(x.Ballot, b) })
}

// insert makes a tally at a place, with the memory of one that was there before.
func (t *Tallies) insert(at int, b Ballot) *Tally {
	n := len(t.list)
	t.grow()
	x := &t.list[at]
	if at < n {
		spare := t.list[n]
		copy(t.list[at+1:], t.list[at:n])
		*x = spare
	}
	x.Ballot, x.Value, x.Count = b, 0, 0
	x.From.Clear()
	return x
}

// All lists the tallies. The slice is good until the next call of Of.
func (t *Tallies) All() []Tally { return t.list }

func (t *Tallies) clear() { t.list = t.list[:0] }

// grow makes room for one more at the end.
func (t *Tallies) grow() {
	if n := len(t.list); n < cap(t.list) {
		t.list = t.list[:n+1]
		return
	}
	t.list = append(t.list, Tally{})
}

func (t *Tallies) copyFrom(u *Tallies) {
	t.clear()
	for i := range u.list {
		t.grow()
		from, to := &u.list[i], &t.list[i]
		to.Ballot, to.Value, to.Count = from.Ballot, from.Value, from.Count
		to.From.CopyFrom(&from.From)
	}
}
