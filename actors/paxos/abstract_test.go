package paxos

import (
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/abilities"
)

// TestAbstract: which runs are in the same abstract state, and which are not.
func TestAbstract(t *testing.T) {
	b11, b12, b22, b23, b52 := b(1, 1), b(1, 2), b(2, 2), b(2, 3), b(5, 2)
	minority := then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, x))), voteIn(b11, x, 1))
	second := then(minority, prepareIn(b22, 2, 3), one(sent(2, accept(b22, y))))
	chosen := then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, x))), voteIn(b11, x, 1, 2))
	both := func(first, second sim.Value) []told {
		return then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, first))), one(sent(1, accept(b11, second))))
	}
	for _, c := range []struct {
		why  string
		a, b []told
		same bool
	}{
		{"another actor", minority, then(prepareIn(b12, 1, 2), one(sent(2, accept(b12, y))), voteIn(b12, y, 2)), true},
		{"another round", second, then(minority, prepareIn(b52, 2, 3), one(sent(2, accept(b52, y)))), true},
		{"what is only promised", minority, then(minority, prepareIn(b23, 3)), true},
		{"the third vote beyond a quorum", chosen, then(chosen, voteIn(b11, x, 3)), true},
		{"told in another order", second, then(prepareIn(b22, 2, 3), one(sent(2, accept(b22, y))), minority), true},
		{"nothing yet", nil, prepareIn(b11, 1, 2), true},
		{"a vote", minority, then(minority, voteIn(b11, x, 2)), false},
		{"a proposal", minority, second, false},
		{"the same value again", second, then(minority, prepareIn(b22, 2, 3), one(sent(2, accept(b22, x)))), false},
		{"in which ballot the vote was", second, then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, x))), prepareIn(b22, 2, 3), one(sent(2, accept(b22, y))), voteIn(b22, y, 3)), false},
		{"which of two values of a ballot was proposed first", then(both(x, y), voteIn(b11, x, 1)), then(both(y, x), voteIn(b11, x, 1)), false},
		{"a decision", chosen, then(chosen, one(decided(1, x, b11))), false},
		{"a decision for another", then(second, one(decided(1, x, b11))), then(second, one(decided(1, y, b22))), false},
	} {
		var got [2]uint64
		for i, events := range [][]told{c.a, c.b} {
			event := uint64(1000 * i) // when something happened makes no state another
			h := newHistory(Sound())(&sim.Scenario{Actors: 3, Protocol: Protocol(), Invariants: []string{Agreement}}, sim.Watch(plainNames{}, &event))
			h.Reset()
			h.Requested(1, sim.Request{Value: x})
			h.Requested(2, sim.Request{Value: y})
			for _, tell := range events {
				event++
				tell(h)
				got[i] = h.(abilities.Abstracter).Abstract() // also in between: what it knows must not grow old
			}
			if len(events) == 0 {
				got[i] = h.(abilities.Abstracter).Abstract()
			}
		}
		if (got[0] == got[1]) != c.same {
			t.Errorf("%s: %x and %x", c.why, got[0], got[1])
		}
	}
}
