package sim_test

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
)

// modest is a history with an invariant of its own: nobody sends more than one News.
type modest struct {
	sim.NoHistory[news, sim.NoRecord]
	run  sim.Watched
	sent map[sim.ID]uint64 // the event in which an actor sent its News
}

func (h *modest) Reset() { h.sent = map[sim.ID]uint64{} }

func (h *modest) Sent(from sim.ID, n news) *sim.Violation {
	if before, again := h.sent[from]; again {
		text := fmt.Sprintf("actor %d sends %s as well", from, n.Text(h.run))
		return &sim.Violation{Invariant: "one-each", Text: text, Events: []uint64{before}}
	}
	h.sent[from] = h.run.Event()
	return nil
}

// An invariant of a protocol's own, which breaks when a client asks an actor twice.
func ExampleHistory() {
	p := sim.Define(sim.Spec[believer, news, sim.NoRecord]{
		Name:       "modest gossip",
		Vocabulary: sim.Vocabulary{Messages: []string{"News"}},
		Invariants: []sim.Invariant{{Name: "one-each", Doc: "an actor sends one News"}},
		History: func(_ *sim.Scenario, run sim.Watched) sim.History[news, sim.NoRecord] {
			return &modest{run: run}
		},
	})
	r, err := p.New(&sim.Scenario{
		Tick: 1000, Actors: 2, Protocol: p,
		Requests: []sim.ScriptedRequest{{Actor: 1, Name: "blue"}, {Actor: 1, At: 9, Name: "green"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	v := r.Run().Violation
	fmt.Printf("%s at tick %d: %s; see event %d\n", v.Broke(), v.At, v.Text, v.Earlier()[0])
	// Output:
	// one-each (safety) at tick 9: actor 1 sends green as well; see event 3
}
