package sim_test

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/quorums"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// A scenario with one mistake. A protocol makes no world of it until Check finds
// nothing wrong.
func ExampleScenario() {
	s := sim.Scenario{
		Name:     "a lossy network",
		Tick:     1000, // nanoseconds
		Actors:   3,
		Protocol: gossip,
		Network:  weather.Network{DelayMin: 10, DelayMax: 20, Loss: scheduler.Certain / 10},
		Requests: []sim.ScriptedRequest{{Actor: 4, Name: "blue"}},
	}
	for _, p := range s.Check() {
		fmt.Printf("%s: %s\n", p.Path, p.Text)
	}
	s.Requests[0].Actor = 3
	fmt.Println("problems left:", len(s.Check()))
	// Output:
	// requests.1.actor: there is no actor 4: actors is 3
	// problems left: 0
}

// Quorums that need not meet. The protocol says which must, and the scenario how large
// they are.
func ExampleScenario_quorums() {
	voting := sim.Define(sim.Spec[believer, news, sim.NoRecord]{
		Name:       "voting",
		Vocabulary: sim.Vocabulary{Messages: []string{"News"}},
		Phases:     []quorums.Phase{{Name: "reads"}, {Name: "writes", Meets: []string{"reads", "writes"}}},
	})
	s := sim.Scenario{Tick: 1000, Actors: 5, Protocol: voting}
	fmt.Println("a majority:", s.QuorumOf(1).Least(s.MemberCount()))
	s.Quorums = []quorums.Quorum{{Size: 1}, {Size: 4}}
	fmt.Println(s.QuorumOf(0).Holds(1, 5), s.QuorumOf(1).Holds(3, 5))
	fmt.Println(s.Missing())
	// Output:
	// a majority: 3
	// true false
	// of 5 members, a quorum of 4 for writes and one of 1 for reads need not meet
}

// A fault with a name. From the moment when actor 2 sends News, nobody reaches actor 3.
// That is over at tick 50, but the message is lost.
func ExampleScenario_faults() {
	r, err := gossip.New(&sim.Scenario{
		Tick: 1000, Actors: 3, Protocol: gossip,
		Requests: []sim.ScriptedRequest{{Actor: 2, Name: "blue"}},
		Limits:   sim.Limits{Time: 100},
		Faults: []faults.Fault{{
			Name:  "alone",
			When:  &triggers.Moment{Who: 2, Does: triggers.Sends, Kind: 0},
			Until: 50,
			Cut:   &partitions.Cut{Shape: partitions.Isolate, Who: aims.These(3)},
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	r.Observe(printer(func(e observe.Entry) {
		if e.What == observe.FaultStruck || e.What == observe.Dropped || e.What == observe.FaultEnds {
			fmt.Println("tick", e.At, e.What, e.Text)
		}
	}))
	r.Reset(1, nil)
	fmt.Println(r.Run().Verdict)
	// Output:
	// tick 0 strike alone
	// tick 0 drop cut when sent
	// tick 50 heal alone
	// partial
}
