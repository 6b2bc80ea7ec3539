package paxos_test

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
)

// calm is n actors, a constant delay of 10 ticks, and one request of any actor.
func calm(n int) *sim.Scenario {
	return &sim.Scenario{
		Name: "calm", Tick: 100_000, Actors: n, Protocol: paxos.Protocol(),
		Network:  sim.Network{DelayMin: 10, DelayMax: 10},
		Requests: []sim.Ask{{}},
	}
}

func TestHappyPathCounts(t *testing.T) {
	for n, sent := range map[int]uint64{1: 0, 2: 5, 3: 12, 4: 21, 5: 32, 7: 60, 9: 96, 1001: 1000 * 1004} {
		r, err := calm(n).Protocol.New(calm(n))
		if err != nil {
			t.Fatal(err)
		}
		r.Reset(7, nil)
		o := r.Run()
		if o.Verdict != sim.VerdictDecided || o.Sent != sent || o.DecideTime != 40 || o.LearnedTime != 40 || o.Delays != 4 {
			t.Errorf("N=%d: %+v, want %d sent", n, o, sent)
		}
	}
}

// literal is the founding text word for word: acks carry nothing, and a second
// proposer comes after the first acceptances.
func literal(adopt int64) *sim.Scenario {
	s := calm(3)
	s.Requests = []sim.Ask{{Actor: 1, Name: "x"}, {Actor: 2, At: 40, Name: "y"}}
	s.Invariants = []string{paxos.Agreement}
	setting(s, "adopt", adopt)
	return s
}

// TestLiteralAcks: without the report in the ack two values are chosen, with
// no fault at all; with it they are not.
func TestLiteralAcks(t *testing.T) {
	r := newRunner(t, literal(0))
	r.Reset(1, nil)
	o := r.Run()
	if o.Verdict != sim.VerdictViolated || o.Violation.Invariant != paxos.Agreement || o.Dropped+o.Duplicated+o.Crashes != 0 {
		t.Fatalf("%+v", o)
	}
	if want := "two values are chosen: x in 1.1 by 1, 2, 3, and y in 2.2 by 1, 2"; o.Violation.Text != want {
		t.Errorf("got  %s\nwant %s", o.Violation.Text, want)
	}
	r = newRunner(t, literal(1))
	r.Reset(1, nil)
	if o := r.Run(); o.Verdict != sim.VerdictDecided || r.ValueName(o.Value) != "x" {
		t.Errorf("with adoption: %+v", o)
	}
}

// TestMajorityCut: where no side holds a majority nothing is decided before
// the heal, and everything after it.
func TestMajorityCut(t *testing.T) {
	s := calm(5)
	s.Network.DelayMax = 50
	s.Requests = []sim.Ask{{Actor: 1}, {Actor: 3}, {Actor: 5}}
	s.Faults = []sim.Fault{{Name: "cut1", At: 0, Until: 20_000, Split: [][]sim.ID{{1, 2}, {3, 4}, {5}}}}
	r := newRunner(t, s)
	for seed := range uint64(200) {
		r.Reset(seed, nil)
		if o := r.Run(); o.Verdict != sim.VerdictDecided || o.DecideTime < 20_000 {
			t.Fatalf("seed %d: %+v", seed, o)
		}
	}
}

// TestRoughWeather: every family at once, safe always, and decided since all
// faults heal or leave a chance.
func TestRoughWeather(t *testing.T) {
	for seed := range uint64(3000) {
		s := rough(seed)
		r := newRunner(t, s)
		r.Reset(seed, nil)
		if o := r.Run(); o.Verdict != sim.VerdictDecided {
			t.Errorf("seed %d: %+v", seed, o)
		}
	}
}
