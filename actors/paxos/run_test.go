package paxos_test

import (
	"fmt"
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

type printer struct{}

func (printer) Observe(e sim.Entry) { fmt.Println(e.Event, e.At, e.What, e.Actor, e.Peer, e.Kind, e.N, e.Text) }

func TestLook(t *testing.T) {
	s := calm(3)
	s.Network = sim.Network{DelayMin: 10, DelayMax: 200, Loss: sim.Certain / 3, Duplicate: sim.Certain / 20}
	s.ByChance = true
	s.Requests = nil
	r, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(10) {
		r.Reset(seed, nil)
		o := r.Run()
		t.Logf("%+v %s", o, r.ValueName(o.Value))
	}
	r.Observe(printer{})
	r.Reset(1, nil)
	r.Run()
}
