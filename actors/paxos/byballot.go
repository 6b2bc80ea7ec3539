package paxos

import (
	"cmp"
	"slices"
)

// byBallot finds the entries of a list by their ballots. The list stays in the
// order in which its entries came, and a duel makes it long. The zero byBallot
// knows of none.
type byBallot struct{ list []place }

// place is where the entry of a ballot is.
type place struct {
	ballot Ballot
	at     int
}

func (x *byBallot) clear() { x.list = x.list[:0] }

// add notes the next entry of the list. Of those of one ballot the first stays
// first.
func (x *byBallot) add(b Ballot) {
	n := len(x.list)
	if b >= x.highest() {
		x.list = append(x.list, place{b, n})
		return
	}
	x.list = slices.Insert(x.list, x.past(b), place{b, n})
}

// highest is the highest ballot; 0: there is none.
func (x *byBallot) highest() Ballot {
	if n := len(x.list); n > 0 {
		return x.list[n-1].ballot
	}
	return 0
}

// past is how many places are of a ballot or of one below it. So a loop over those
// of the ballot is
//
//	for i := x.past(b) - 1; i >= 0 && x.list[i].ballot == b; i-- {
func (x *byBallot) past(b Ballot) int {
	n := len(x.list)
	for i := n - 1; i >= 0; i-- {
		if x.list[i].ballot <= b {
			return i + 1
		}
		if i == n-fewBallots {
			return x.search(b, i)
		}
	}
	return 0
}

// search is past among the first n places.
func (x *byBallot) search(b Ballot, n int) int {
	i, _ := slices.BinarySearchFunc(x.list[:n], b+1, func(p place, b Ballot) int { return cmp.Compare(p.ballot, b) })
	return i
}
