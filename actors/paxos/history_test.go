package paxos

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/quorums"
)

// told is one thing that a history is told.
type told func(h sim.History[Message, Record]) *sim.Violation

func sent(from sim.ID, m Message) told {
	return func(h sim.History[Message, Record]) *sim.Violation { return h.Sent(from, m) }
}

func saved(id sim.ID, r Record) told {
	return func(h sim.History[Message, Record]) *sim.Violation { return h.Saved(id, 0, r) }
}

func decided(id sim.ID, v sim.Value, in Ballot) told {
	return func(h sim.History[Message, Record]) *sim.Violation { return h.Decided(id, 0, v, sim.Round(in)) }
}

func restarted(id sim.ID) told {
	return func(h sim.History[Message, Record]) *sim.Violation { h.Restarted(id); return nil }
}

func crashed(id sim.ID) told {
	return func(h sim.History[Message, Record]) *sim.Violation { h.Crashed(id); return nil }
}

// heard is a message that reaches an actor.
func heard(to sim.ID, m Message) told {
	return func(h sim.History[Message, Record]) *sim.Violation {
		if ear := h.(sim.Hearer[Message]); ear.Hears()>>m.Kind()&1 != 0 {
			ear.Heard(to, m)
		}
		return nil
	}
}

// prepareIn is a sound phase 1: actor begins a ballot, and some promise it,
// reporting what is given.
func prepareIn(by Ballot, promisers ...sim.ID) []told {
	out := []told{saved(by.Actor(), Record{Round: by.Round()}), sent(by.Actor(), prepare(by))}
	for _, id := range promisers {
		out = append(out, saved(id, Record{Promised: by, Round: by.Round()}), sent(id, promise(by, 0, 0)))
	}
	return out
}

// voteIn is a sound vote: asked for, saved, then told.
func voteIn(b Ballot, v sim.Value, voters ...sim.ID) []told {
	var out []told
	for _, id := range voters {
		out = append(out, heard(id, accept(b, v)), saved(id, Record{Promised: b, Accepted: b, Value: v, Round: b.Round()}), sent(id, accepted(b, v)))
	}
	return out
}

func then(parts ...[]told) []told {
	var out []told
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func one(t told) []told { return []told{t} }

const x, y, z = sim.Value(1), sim.Value(2), sim.Value(3) // z: nobody asked for it

// TestEveryInvariant tells a history of 3 actors what must not happen, one
// invariant a case, with only that one switched on; and the same without its
// last line, which is harmless. Each line is an event: the breach names those that
// led to it.
func TestEveryInvariant(t *testing.T) {
	b11, b12, b22, b23 := b(1, 1), b(1, 2), b(2, 2), b(2, 3)
	agreed := then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, x))), voteIn(b11, x, 1, 2))
	covered := map[string]bool{QuorumIntersection: true} // by the test below
	for _, c := range []struct {
		invariant, why string
		events         []told
		speaks         []uint64 // the lines, from 1, of which the breach speaks beside the last
	}{
		{Agreement, "two majorities vote for two values", then(agreed, prepareIn(b22, 2, 3), one(sent(2, accept(b22, y))), voteIn(b22, y, 3, 2)[:5]), []uint64{12}},
		{Agreement, "one decides what is not chosen", then(agreed, one(decided(3, y, b22))), []uint64{12}},
		{Agreement, "one decides what is chosen by nobody, and then another is", then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, x))), one(decided(3, y, b22)), voteIn(b11, x, 1, 2)[:5]), []uint64{8}},
		{Agreement, "two decide, and nothing is chosen", then(one(decided(3, y, b22)), one(decided(2, x, b11))), []uint64{1}},
		{DecidedIsChosen, "only one has voted for it", then(agreed[:len(agreed)-3], one(decided(3, x, b11))), nil},
		{Integrity, "it changes its mind over a restart", then(agreed, one(decided(3, x, b11)), one(restarted(3)), one(decided(3, y, b22))), []uint64{14}},
		{Validity, "no client asked for it", then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, z)))), nil},
		{OneVote, "two votes in one ballot", then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, x))), one(sent(1, accept(b11, y))), voteIn(b11, x, 3), voteIn(b11, y, 3)[:2]), []uint64{10}},
		{OneValue, "the proposer chooses again", then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, x))), one(sent(1, accept(b11, y)))), []uint64{7}},
		{SafeAt, "x may be chosen in 1.1, and 2.2 proposes y", then(agreed, prepareIn(b22, 3, 2), one(sent(2, accept(b22, y)))), []uint64{7, 12}},
		{SafeAt, "only one has promised: the others can vote for anything below", then(prepareIn(b11, 1), one(sent(1, accept(b11, x)))), nil},
		{TruthfulPromise, "it hides its vote", then(agreed, one(saved(2, Record{Promised: b22, Accepted: b11, Value: x})), one(sent(2, promise(b22, 0, 0)))), []uint64{12}},
		{TruthfulPromise, "it reports a vote that it never cast", then(agreed, one(sent(3, promise(b22, b11, x)))), []uint64{7}},
		{PromiseRises, "over a restart", then(prepareIn(b22, 2), one(restarted(2)), one(saved(2, Record{Promised: b12}))), []uint64{3}},
		{PromiseRises, "in a message alone", then(prepareIn(b22, 2), one(sent(2, promise(b12, 0, 0)))), []uint64{3}},
		{AcceptedRises, "the disk forgets", then(agreed, one(saved(2, Record{Promised: b22}))), []uint64{12}},
		{VoteWithinPromise, "Brooker's bug", then(prepareIn(b11, 1, 2), one(saved(2, Record{Promised: b11, Accepted: b12, Value: x}))), []uint64{5}},
		{AcceptedIsHighestVote, "nobody proposed it", then(prepareIn(b11, 1, 2), one(saved(2, Record{Promised: b22, Accepted: b22, Value: x}))), nil},
		{AcceptedIsHighestVote, "the disk goes back to an older vote", then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, x))), voteIn(b11, x, 2),
			prepareIn(b23, 3, 2), one(sent(3, accept(b23, x))), voteIn(b23, x, 2), one(saved(2, Record{Promised: b23, Accepted: b11, Value: x}))), []uint64{19, 7}},
		{AcceptedIsHighestVote, "a promise gives the vote another ballot", then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, x))), voteIn(b11, x, 2),
			prepareIn(b23, 3, 1), one(sent(3, accept(b23, x))), one(saved(2, Record{Promised: b23, Accepted: b23, Value: x}))), []uint64{17}},
		{AcceptedIsHighestVote, "it tells of a vote that nobody asked for", then(agreed, one(sent(3, accepted(b11, x)))), []uint64{7}},
		{DurableBeforeVisible, "a promise that is not on disk", then(prepareIn(b11), one(sent(2, promise(b11, 0, 0)))), nil},
		{DurableBeforeVisible, "a vote that is not on disk", then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, x))), one(sent(2, accepted(b11, x)))), nil},
		{DurableBeforeVisible, "a round that is not on disk", one(sent(1, prepare(b11))), nil},
		{BallotRises, "it prepares a ballot below its last", then(prepareIn(b22), one(sent(2, prepare(b12)))), []uint64{2}},
		{BallotRises, "it uses a ballot again after a restart", then(prepareIn(b22), one(restarted(2)), one(sent(2, prepare(b22)))), []uint64{2}},
		{BallotRises, "the ballot of another", one(sent(3, prepare(b22))), nil},
		{QuorumMembership, "one promise is no majority, however often it is sent", then(prepareIn(b11, 1), one(sent(1, promise(b11, 0, 0))), one(sent(1, accept(b11, x)))), nil},
	} {
		covered[c.invariant] = true
		t.Run(c.invariant+": "+c.why, func(t *testing.T) {
			s := &sim.Scenario{Actors: 3, Protocol: Protocol(), Invariants: []string{c.invariant}}
			event := uint64(0)
			h := newHistory(Sound())(s, sim.Watch(plainNames{}, &event))
			h.Requested(1, sim.Request{Value: x})
			h.Requested(2, sim.Request{Value: y})
			for i, e := range c.events {
				event++
				got := e(h)
				switch last := i == len(c.events)-1; {
				case !last && got != nil:
					t.Fatalf("broken already by line %d: %v", i, got)
				case last && got == nil:
					t.Fatal("not noticed")
				case last && got.Invariant != c.invariant:
					t.Fatalf("noticed as %v", got)
				case last && !slices.Equal(got.Events, c.speaks):
					t.Fatalf("it speaks of the events %d, want %d", got.Events, c.speaks)
				}
			}
		})
	}
	for _, inv := range invariantList {
		if !covered[inv.Name] {
			t.Errorf("nothing shows that %s can break", inv.Name)
		}
	}
}

// TestVoteAnswersAnAccept: what is on a disk, or told of, counts as a vote if the
// acceptor has been asked for it and did not refuse; and nothing else does. 1 has
// voted for x in 1.1: whether x is chosen is up to 2.
func TestVoteAnswersAnAccept(t *testing.T) {
	b11, b22 := b(1, 1), b(2, 2)
	ask := heard(2, accept(b11, x))
	save := saved(2, Record{Promised: b11, Accepted: b11, Value: x})
	tell := sent(2, accepted(b11, x))
	for _, c := range []struct {
		why    string
		events []told
		chosen bool
	}{
		{"asked, and on its disk", []told{ask, save}, true},
		{"asked, and told of: a disk may be skipped", []told{ask, tell}, true},
		{"asked, and on its disk much later: disks are slow", []told{ask, heard(2, prepare(b22)), heard(2, accept(b22, x)), save}, true},
		{"asked twice", []told{ask, ask, save}, true},
		{"on its disk at the moment of a crash", []told{ask, save, crashed(2), restarted(2)}, true},
		{"asked again after a crash", []told{ask, crashed(2), restarted(2), ask, save}, true},
		{"refused, and then asked again", []told{ask, sent(2, nack(b11, b22)), ask, save}, true},
		{"voted, and then a repetition refused", []told{ask, save, sent(2, nack(b11, b22))}, true},
		{"another ballot refused", []told{ask, sent(2, nack(b22, b22)), save}, true},
		{"never asked, and on its disk", []told{save}, false},
		{"never asked, and told of", []told{tell}, false},
		{"asked for another value", []told{heard(2, accept(b11, y)), save}, false},
		{"asked in another ballot", []told{heard(2, accept(b22, x)), save}, false},
		{"another was asked", []told{heard(3, accept(b11, x)), save}, false},
		{"a learner was told, and wrote it down", []told{heard(2, accepted(b11, x)), save}, false},
		{"refused, and a learner then wrote it down", []told{ask, sent(2, nack(b11, b22)), save}, false},
		{"asked before a crash, answered by nothing, and written down after it", []told{ask, crashed(2), restarted(2), save}, false},
		{"asked after it was written down", []told{save, ask}, false},
		{"asked after it was written down, and told of", []told{save, ask, tell}, true},
	} {
		t.Run(c.why, func(t *testing.T) {
			s := &sim.Scenario{Actors: 3, Protocol: Protocol(), Invariants: []string{Agreement, DecidedIsChosen}}
			h := newHistory(Sound())(s, plainRun)
			h.Requested(1, sim.Request{Value: x})
			h.Requested(2, sim.Request{Value: y})
			before := then(one(sent(1, accept(b11, x))), voteIn(b11, x, 1), one(sent(2, accept(b22, x))), one(sent(2, accept(b11, y))))
			for i, e := range then(before, c.events) {
				if got := e(h); got != nil {
					t.Fatalf("line %d: %v", i, got)
				}
			}
			if got := h.Decided(3, 0, x, sim.Round(b11)); (got == nil) != c.chosen {
				t.Errorf("then 3 decides x: %v, want that it is chosen: %v", got, c.chosen)
			}
		})
	}
}

// TestQuorumIntersection: majorities meet; halves do not; and a quorum of
// acceptances may be smaller where one of promises is larger.
func TestQuorumIntersection(t *testing.T) {
	atLeast := func(k int) func(q quorums.Quorum, size, n int) bool {
		return func(_ quorums.Quorum, size, _ int) bool { return size >= k }
	}
	majorities := &sim.Scenario{}
	half := func(_ quorums.Quorum, size, n int) bool { return 2*size >= n }
	for n := 1; n <= 10; n++ {
		rules := Sound()
		if q := quorumsOf(rules, majorities, n); !q.meet || q.promises != n/2+1 || q.acceptances != n/2+1 {
			t.Errorf("majorities of %d: %+v", n, q)
		}
		rules.IsPromiseQuorum, rules.IsAcceptQuorum = half, half
		if q, want := quorumsOf(rules, majorities, n), n%2 == 1; q.meet != want || q.acceptances != n/2+1 {
			t.Errorf("halves of %d meet: %+v", n, q)
		}
		for k := 1; k <= n; k++ {
			rules.IsPromiseQuorum, rules.IsAcceptQuorum = atLeast(n+1-k), atLeast(k)
			if q := quorumsOf(rules, majorities, n); !q.meet || q.acceptances != k {
				t.Errorf("%d of %d to promise and %d to accept: %+v", n+1-k, n, k, q)
			}
		}
	}
}

type plainNames struct{}

func (plainNames) ValueName(v sim.Value) string { return string(rune('w' + v)) }

// plainRun is a run in which no events are counted.
var plainRun = sim.Watch(plainNames{}, nil)
