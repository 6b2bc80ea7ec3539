package paxos

import (
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/quorums"
)

func b(round uint32, actor sim.ID) Ballot { return MakeBallot(round, actor) }

// TestRules is a table of the rules: one case each, with the reason why it must
// be so.
func TestRules(t *testing.T) {
	promised := &Record{Promised: b(2, 1)}
	for _, c := range []struct {
		name, why string
		got, want any
	}{
		{"first ballot of actor 3", "the founding text: the first request of actor n is 1.n",
			nextBallot(3, &Record{}, 0), b(1, 3)},
		{"above all seen", "a lower one would be refused", nextBallot(1, &Record{}, b(4, 3)), b(5, 1)},
		{"above the promise", "its own acceptor would refuse it", nextBallot(1, promised, 0), b(3, 1)},
		{"above what it used before a crash", "else two values could be sent in one ballot", nextBallot(1, &Record{Round: 7}, b(4, 3)), b(8, 1)},

		{"promise a higher ballot", "PMS 2.2, phase 1b", mayPromise(promised, b(2, 2)), true},
		{"promise the same ballot again", "the answer may have been lost", mayPromise(promised, b(2, 1)), true},
		{"no promise below the promise", "the promise would be broken", mayPromise(promised, b(1, 3)), false},

		{"accept at the promise", "it is what was promised", mayAccept(promised, b(2, 1)), true},
		{"accept above the promise", "nothing was promised to a higher one", mayAccept(promised, b(3, 1)), true},
		{"no vote below the promise", "else two quorums could choose two values", mayAccept(promised, b(1, 9)), false},

		{"a nack names the promise", "else the proposer climbs to it round by round", refusal(promised), b(2, 1)},
		{"nothing is forgotten over a restart", "what was told must still be so", recoverRecord(*promised), *promised},

		{"1 of 1 is a quorum", "alone it is a majority", isQuorum(quorums.Quorum{}, 1, 1), true},
		{"1 of 2 is none", "the other could be one too", isQuorum(quorums.Quorum{}, 1, 2), false},
		{"2 of 4 is none", "two halves need not meet", isQuorum(quorums.Quorum{}, 2, 4), false},
		{"3 of 5 is a quorum", "any two of them meet", isQuorum(quorums.Quorum{}, 3, 5), true},

		{"own value if none is reported", "PMS 2.2, P2c (a)", pickValue(5, &Promises{}), sim.Value(5)},
		{"the reported value", "it may be chosen already", pickValue(5, &Promises{Highest: b(1, 2), Value: 7}), sim.Value(7)},
		{"nothing to propose", "it came to learn", pickValue(0, &Promises{}), sim.Value(0)},
	} {
		if c.why == "" {
			t.Errorf("%s: a rule without a reason", c.name)
		}
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v (%s)", c.name, c.got, c.want, c.why)
		}
	}
}

// TestCounting: promises and acceptances count once an acceptor, the highest
// report wins in any order, and ballots never add up.
func TestCounting(t *testing.T) {
	reports := []Message{promise(b(5, 1), b(1, 1), 10), promise(b(5, 1), b(3, 2), 30), promise(b(5, 1), 0, 0), promise(b(5, 1), b(2, 3), 20)}
	for shift := range reports {
		p := Promises{Ballot: b(5, 1)}
		for i := range reports {
			k := (i + shift) % len(reports)
			if !countPromise(&p, sim.ID(k+1), reports[k]) {
				t.Fatalf("promise of %d is new", k+1)
			}
		}
		if countPromise(&p, 2, promise(b(5, 1), b(4, 4), 99)) || p.From.Len() != 4 || p.Count != 4 {
			t.Error("a promise counted twice: a doubled message makes a majority")
		}
		if countPromise(&p, 9, promise(b(4, 1), b(4, 4), 99)) || p.Count != 4 {
			t.Error("a promise of another ballot counted")
		}
		if p.Highest != b(3, 2) || p.Value != 30 {
			t.Errorf("highest report is %v=%d, want 3.2=30", p.Highest, p.Value)
		}
	}
	var tallies Tallies
	countAccepted(&tallies, 1, b(1, 1), 7)
	if n := countAccepted(&tallies, 1, b(1, 1), 7).Count; n != 1 {
		t.Errorf("one acceptor counted %d times", n)
	}
	if n := countAccepted(&tallies, 2, b(2, 1), 7).Count; n != 1 {
		t.Errorf("acceptances in two ballots add up to %d", n)
	}
	if n := countAccepted(&tallies, 3, b(1, 1), 7).Count; n != 2 {
		t.Errorf("two acceptors counted as %d", n)
	}
}

// TestBallotsOrder: by round first, then by actor; 1.10 is not 1.1, and 10.1 is
// above 9.1.
func TestBallotsOrder(t *testing.T) {
	order := []Ballot{0, b(1, 1), b(1, 2), b(1, 10), b(2, 1), b(9, 1), b(10, 1), b(1<<32-1, 16383)}
	for i, x := range order {
		for j, y := range order {
			if x < y != (i < j) {
				t.Errorf("%v < %v is %v", x, y, x < y)
			}
		}
		if MakeBallot(x.Round(), x.Actor()) != x {
			t.Errorf("%v does not unpack", x)
		}
	}
}

// TestDigestSeesEveryField: flip any field of a message or a record, and its
// words differ.
func TestDigestSeesEveryField(t *testing.T) {
	sum := func(w interface{ Hash(*sim.Digest) }) uint64 {
		var d sim.Digest
		w.Hash(&d)
		return d.Sum()
	}
	m := Message{kind: Promise, Ballot: b(3, 2), Last: b(1, 1), Value: 4}
	messages := []Message{m, {m.Ballot, m.Last, m.Value, Accept}, {b(4, 2), m.Last, m.Value, m.kind}, {b(3, 3), m.Last, m.Value, m.kind},
		{m.Ballot, b(2, 1), m.Value, m.kind}, {m.Ballot, b(1, 2), m.Value, m.kind}, {m.Ballot, m.Last, 5, m.kind}}
	seen := map[uint64]Message{}
	for _, x := range messages {
		if y, ok := seen[sum(x)]; ok {
			t.Errorf("%+v and %+v have the same words", x, y)
		}
		seen[sum(x)] = x
	}
	r := Record{Promised: b(3, 2), Accepted: b(2, 1), Value: 4, Round: 3, Learned: 4, LearnedIn: b(2, 1)}
	change := []func(*Record){
		func(*Record) {}, func(r *Record) { r.Promised = b(4, 2) }, func(r *Record) { r.Promised++ },
		func(r *Record) { r.Accepted = b(3, 1) }, func(r *Record) { r.Accepted++ }, func(r *Record) { r.Value++ },
		func(r *Record) { r.Round++ }, func(r *Record) { r.Learned++ }, func(r *Record) { r.Learned = 0 },
		func(r *Record) { r.LearnedIn = b(3, 1) }, func(r *Record) { r.LearnedIn++ },
	}
	records := map[uint64]int{}
	for i, f := range change {
		x := r
		f(&x)
		if j, ok := records[sum(x)]; ok {
			t.Errorf("changes %d and %d of a record have the same words", i, j)
		}
		records[sum(x)] = i
	}
}
