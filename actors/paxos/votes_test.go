package paxos

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/sim"
)

// TestVotesAreFound: what a history keeps so that it need not look through all that
// was proposed is what looking through it all would say. It is told of sound things
// and of others at random: promises that fall, votes that nobody was free to cast,
// two values in a ballot.
func TestVotesAreFound(t *testing.T) {
	safe, unsettled, shared, long := 0, 0, 0, 0
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 0))
		s := &sim.Scenario{Actors: 5, Protocol: Protocol(), Invariants: []string{SafeAt}}
		h := newHistory(Sound())(s, plainRun).(*history)
		h.Reset()
		top := uint32(1)
		for range 300 {
			if r.IntN(4) == 0 {
				top++
			}
			round := top
			switch r.IntN(10) {
			case 0:
				round = 1 + r.Uint32N(top)
			case 1, 2: // so that much is told of it, late
				round = 1 + r.Uint32N(min(top, 2))
			}
			b, v := MakeBallot(round, sim.ID(1+r.IntN(2))), sim.Value(1+b(round, 1)%3)
			if r.IntN(40) == 0 {
				v = sim.Value(1 + r.IntN(3))
			}
			before := safeOf(h)
			tellAny(h, r, b, v)
			for i, c := range safeOf(h) {
				switch {
				case i < len(before) && c < before[i]:
					unsettled++
				case i < len(before) && c > before[i]:
					safe++
				}
			}
			sameAsAll(t, h)
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
		}
		for i := range h.votes.list {
			if h.votes.list[i].shared {
				shared++
			}
		}
		if len(h.votes.list) > fewBallots {
			long++
		}
	}
	if safe < 500 || unsettled < 500 || shared < 50 || long < 100 {
		t.Errorf("%d times safe, %d times unsettled, %d ballots of two values, %d long lists: this tries too little", safe, unsettled, shared, long)
	}
}

// TestSafeAtAfterDoubleVotes: z was safe at 2.2, since 4 and 5 had voted for x in
// 1.1 and so not for y. Then they vote for y in 1.1 too, and it is chosen.
func TestSafeAtAfterDoubleVotes(t *testing.T) {
	s := &sim.Scenario{Actors: 5, Protocol: Protocol(), Invariants: []string{SafeAt}}
	h := newHistory(Sound())(s, plainRun)
	b11, b22 := b(1, 1), b(2, 2)
	events := then(prepareIn(b11, 1, 2, 3, 4, 5), one(sent(1, accept(b11, x))), one(sent(1, accept(b11, y))),
		voteIn(b11, y, 1), voteIn(b11, x, 4, 5),
		prepareIn(b22, 1, 2, 3), one(sent(2, accept(b22, z))),
		voteIn(b11, y, 4, 5))
	for i, e := range events {
		if got := e(h); got != nil {
			t.Fatalf("line %d: %v", i, got)
		}
	}
	for _, e := range voteIn(b22, z, 3) {
		if got := e(h); got != nil {
			if got.Invariant != SafeAt {
				t.Errorf("noticed as %v", got)
			}
			return
		}
	}
	t.Error("not noticed")
}

// TestTalliesAreFound: a learner that has heard of many ballots knows the tally of
// each, whatever came in which order.
func TestTalliesAreFound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 0))
	for range 100 {
		var tallies Tallies
		want := map[Ballot]int{}
		for range 300 {
			b := MakeBallot(1+r.Uint32N(60), sim.ID(1+r.IntN(2)))
			tally := tallies.Of(b)
			tally.Count++
			want[b]++
			if tally.Ballot != b || tally.Count != want[b] {
				t.Fatalf("the tally of %v is %+v, want the %d-th", b, *tally, want[b])
			}
		}
		if len(tallies.list) != len(want) {
			t.Fatalf("%d tallies of %d ballots", len(tallies.list), len(want))
		}
	}
}

// tellAny tells a history of one thing at random about a value in a ballot.
func tellAny(h *history, r *rand.Rand, b Ballot, v sim.Value) {
	id := sim.ID(1 + r.IntN(5))
	switch r.IntN(9) {
	case 0, 1, 2:
		h.Sent(id, promise(b, 0, 0))
	case 3, 4:
		h.Sent(b.Actor(), accept(b, v))
	case 5, 6:
		h.Heard(id, accept(b, v))
	case 7:
		h.Sent(id, accepted(b, v))
	default:
		switch r.IntN(4) {
		case 0:
			h.Crashed(id)
			h.Restarted(id)
		case 1:
			h.Sent(id, nack(b, b))
		default:
			h.Saved(id, 0, Record{Promised: b, Accepted: b, Value: v})
		}
	}
}

func safeOf(h *history) (out []Ballot) {
	for _, x := range h.values {
		out = append(out, x.safe)
	}
	return out
}

// sameAsAll looks through all that was proposed.
func sameAsAll(t *testing.T, h *history) {
	t.Helper()
	for i := range h.votes.list {
		s := &h.votes.list[i]
		if got := h.votes.find(s.ballot, s.value); got != s {
			t.Errorf("%v=%d is not found", s.ballot, s.value)
		}
		if got := h.votes.find(s.ballot, 7); got != nil {
			t.Errorf("%v=7 is found", s.ballot)
		}
		for id := range h.actors {
			if s.asked.Has(sim.ID(id)) && !s.voters.Has(sim.ID(id)) && s.ballot < h.actors[id].askedFrom {
				t.Errorf("%d is asked for %v, and would not forget it", id, s.ballot)
			}
		}
		for v, x := range h.values {
			if s.ballot < x.safe && s.value != sim.Value(v) && h.choosable(s) {
				t.Errorf("%d was safe at %v, and %d can be chosen in %v", v, x.safe, s.value, s.ballot)
			}
		}
	}
	if !slices.IsSortedFunc(h.votes.list, func(s, u ballotVotes) int {
		return cmp.Or(cmp.Compare(s.ballot, u.ballot), cmp.Compare(s.value, u.value))
	}) {
		t.Errorf("not by ballot and value: %+v", h.votes.list)
	}
	for v := range h.values {
		for _, p := range h.votes.list {
			want := slices.ContainsFunc(h.votes.list, func(s ballotVotes) bool {
				return s.value == sim.Value(v) && s.ballot < p.ballot && s.ballot.Actor() != p.ballot.Actor() && s.voters.Len() > 0
			})
			if got := h.valueOf(sim.Value(v)).votedBelow(p.ballot); got != want {
				t.Errorf("somebody else voted for %d below %v: %v, want %v", v, p.ballot, got, want)
			}
		}
	}
}
