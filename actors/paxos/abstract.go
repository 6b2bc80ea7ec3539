package paxos

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// abstract is scratch for [history.Abstract].
type abstract struct {
	ballots []*ballotVotes
	values  []sim.Value // in the order in which they come up
}

// Abstract implements [sim.Abstracter]. What remains of a run is, in the order of
// the ballots in which something was proposed, how many voted for it, up to a
// quorum, and which ballots were for the same value; and which of these values
// somebody has decided. So two runs are the same that differ in who it was, in
// the rounds, or in what was only promised.
func (h *history) Abstract() uint64 {
	x := &h.abstract
	x.ballots, x.values = x.ballots[:0], x.values[:0]
	for i := range h.votes.list {
		s := &h.votes.list[i]
		at := len(x.ballots)
		for at > 0 && x.ballots[at-1].ballot > s.ballot {
			at--
		}
		x.ballots = slices.Insert(x.ballots, at, s)
	}
	var d sim.Digest
	for _, s := range x.ballots {
		d.Mix(x.label(s.value)<<16 | uint64(min(s.count, h.quorums.acceptances)))
	}
	decided := uint64(0)
	for i := range h.actors {
		if v := h.actors[i].decided; v != 0 {
			decided |= 1 << x.label(v)
		}
	}
	d.Mix(decided)
	return d.Sum()
}

// label is a number for a value: 1 for the first that comes up, and so on.
func (x *abstract) label(v sim.Value) uint64 {
	i := slices.Index(x.values, v)
	if i < 0 {
		i = len(x.values)
		x.values = append(x.values, v)
	}
	return uint64(i + 1)
}
