package paxosspec

import (
	"testing"

	"github.com/paxsim/paxsim/sim"
)

// watching is a history of three acceptors that watches all.
func watching() *history {
	return &history{checks: checks{set: &Settings{acceptors: 3, ballots: 3, values: 2}, agreement: true, oneValue: true, safeAt: true, within: true}}
}

// TestNoneOtherAt: in a ballot no value but v can be chosen if a quorum has voted for v
// there, or can no longer vote there: such an acceptor has joined a higher ballot. The
// ballot itself is not higher.
func TestNoneOtherAt(t *testing.T) {
	const v, w = 1, 2
	for _, c := range []struct {
		name   string
		maxBal [3]Ballot
		votes  [3]sim.Value // in ballot 1
		want   bool
	}{
		{"nobody has joined a ballot", [3]Ballot{}, [3]sim.Value{}, false},
		{"two have joined the ballot itself, and can vote there", [3]Ballot{1, 1, 0}, [3]sim.Value{}, false},
		{"two have joined a higher one", [3]Ballot{2, 2, 0}, [3]sim.Value{}, true},
		{"one has joined a higher one", [3]Ballot{2, 1, 0}, [3]sim.Value{}, false},
		{"one has voted for it, and one can no longer vote", [3]Ballot{1, 2, 0}, [3]sim.Value{v}, true},
		{"one has voted for another, and one can no longer vote", [3]Ballot{1, 2, 0}, [3]sim.Value{w}, false},
		{"two have voted for another and joined a higher one", [3]Ballot{2, 2, 0}, [3]sim.Value{w, w}, false},
	} {
		h := watching()
		for i := range 3 {
			h.maxBal[i+1], h.votes[i+1][1] = c.maxBal[i], c.votes[i]
		}
		if got := h.noneOtherAt(1, v); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// named gives every value one name.
type named struct{ sim.Names }

func (named) ValueName(sim.Value) string { return "x" }

// TestOneValueOfABallot: the same 2a again breaks nothing, and another one in its ballot
// breaks [OneValue].
func TestOneValueOfABallot(t *testing.T) {
	h := watching()
	h.run = sim.Watch(named{}, nil)
	for _, c := range []struct {
		ballot Ballot
		value  sim.Value
		breaks string
	}{{1, 1, ""}, {1, 1, ""}, {1, 2, OneValue}} {
		got := ""
		if v := h.isProposed(c.ballot, c.value); v != nil {
			got = v.Invariant
		}
		if got != c.breaks {
			t.Errorf("value %d in ballot %v breaks %q, want %q", c.value, c.ballot, got, c.breaks)
		}
	}
}
