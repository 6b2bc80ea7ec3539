package paxos_test

import (
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim/observe"
)

// entries keeps all that an observer sees.
type entries struct{ list []observe.Entry }

func (k *entries) Observe(e observe.Entry) { k.list = append(k.list, e) }

// TestPaxosDoesNotDeviate: in no weather do the actors of Paxos do anything otherwise
// than Paxos would. That mutants do is held in their room.
func TestPaxosDoesNotDeviate(t *testing.T) {
	for seed := range uint64(gate.Of(300, 3000)) {
		s := randomWeather(seed)
		r, err := s.Protocol.New(s)
		if err != nil {
			t.Fatal(err)
		}
		var run entries
		r.Observe(&run)
		r.Reset(seed, nil)
		tally.Run()
		r.Steps(2000)
		for _, d := range s.Protocol.Deviations(s, run.list) {
			t.Fatalf("seed %d: event %d, actor %d: does %v %s, should %v %s", seed, d.Event, d.Actor, d.Does.What, d.Does.Text, d.Should.What, d.Should.Text)
		}
	}
}
