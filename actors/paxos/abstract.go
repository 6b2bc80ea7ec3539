package paxos

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// abstract is the abstract state that [history.Abstract] tells, and scratch for it.
type abstract struct {
	fresh   bool   // nothing that it rests on has changed since
	sum     uint64 // then: what it is
	ballots []*ballotVotes
	values  []sim.Value // in the order in which they come up
}

// Abstract implements [abilities.Abstracter]. What remains of a run is a list of values,
// in the order of the ballots in which they were proposed. A value is left out if the
// ballot before had it too. For each there is how far it came: proposed, voted for,
// chosen. There is also which of these values somebody has decided. So these differences
// do not count: which actors did it, the rounds, how many voted short of a quorum, what
// was only promised, and a value that was proposed twice in a row.
func (h *history) Abstract() uint64 {
	x := &h.abstract
	if x.fresh {
		return x.sum
	}
	x.sort(&h.votes)
	var d sim.Digest
	for i := 0; i < len(x.ballots); {
		value, far := x.ballots[i].value, 0
		for ; i < len(x.ballots) && x.ballots[i].value == value; i++ {
			far = max(far, h.cameTo(x.ballots[i]))
		}
		d.Mix(x.label(value)<<2 | uint64(far))
	}
	decided := uint64(0)
	for i := range h.actors {
		if v := h.actors[i].decided; v != 0 {
			decided |= 1 << x.label(v)
		}
	}
	d.Mix(decided)
	x.fresh, x.sum = true, d.Sum()
	return x.sum
}

// cameTo is how far a proposal came.
func (h *history) cameTo(s *ballotVotes) int {
	switch {
	case h.quorum(s.count):
		return 2
	case s.count > 0:
		return 1
	}
	return 0
}

// sort brings what was proposed into the order of its ballots. Where a bug gives a
// ballot several values, they come in the order in which they were proposed.
func (x *abstract) sort(v *votes) {
	x.ballots, x.values = x.ballots[:0], x.values[:0]
	for k := range v.list {
		x.ballots = append(x.ballots, &v.list[k])
		for i := k; i > 0 && x.ballots[i-1].ballot == x.ballots[i].ballot && x.ballots[i-1].at > x.ballots[i].at; i-- {
			x.ballots[i-1], x.ballots[i] = x.ballots[i], x.ballots[i-1]
		}
	}
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
