package sim_test

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// printer is a function that observes a run.
type printer func(e observe.Entry)

func (p printer) Observe(e observe.Entry) { p(e) }

// asked is a scenario in which a client asks actor 1 for "blue", and actor 2 for
// "green".
func asked() *sim.Scenario {
	return &sim.Scenario{
		Tick: 1000, Actors: 3, Protocol: gossip,
		Network:  weather.Network{DelayMin: 10, DelayMax: 20},
		Requests: []sim.ScriptedRequest{{Actor: 1, Name: "blue"}, {Actor: 2, At: 15, Name: "green"}},
	}
}

// A world that is observed, run event by event, and run again under another seed.
func ExampleRunner() {
	r, err := gossip.New(asked())
	if err != nil {
		fmt.Println(err)
		return
	}
	entries := 0
	r.Observe(printer(func(e observe.Entry) {
		if e.At > 0 && entries < 3 {
			entries++
			fmt.Printf("event %d, tick %d: %v, actor %d, %s\n", e.Event, e.At, e.What, e.Actor, e.Text)
		}
	}))
	r.Reset(7, nil)
	for r.Step() {
	}
	byStep := r.Outcome().Digest
	r.Reset(7, nil)
	fmt.Println("the same run again:", r.Run().Digest == byStep)
	r.Reset(8, nil)
	fmt.Println("the same under another seed:", r.Run().Digest == byStep)
	// Output:
	// event 5, tick 10: deliver, actor 1, blue
	// event 5, tick 10: decide, actor 1, blue (0)
	// event 5, tick 10: answer, actor 1, blue
	// the same run again: true
	// the same under another seed: false
}
