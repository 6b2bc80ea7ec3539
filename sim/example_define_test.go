package sim_test

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/weather"
)

// news is the only kind of message of this protocol. It carries a value.
type news struct{ value sim.Value }

func (news) Kind() uint8               { return 0 }
func (n news) Hash(d *sim.Digest)      { d.Mix(uint64(n.value)) }
func (n news) Text(x sim.Names) string { return x.ValueName(n.value) }

// believer tells everybody what a client asks for, and decides the first value that it
// hears of.
type believer struct {
	sim.Base[news, sim.NoRecord]
	learned sim.Value
}

func (b *believer) Request(env *sim.Env[news, sim.NoRecord], r sim.Request) {
	env.Broadcast(news{r.Value})
}

func (b *believer) Receive(env *sim.Env[news, sim.NoRecord], _ sim.ID, n news) {
	if b.learned == 0 {
		b.learned = n.value
		env.Decide(0, n.value, 0)
	}
	env.AnswerAll(b.learned)
}

// gossip is the protocol. Two who are asked at once can split the decision.
var gossip = sim.Define(sim.Spec[believer, news, sim.NoRecord]{
	Name:       "gossip",
	Vocabulary: sim.Vocabulary{Messages: []string{"News"}},
	Invariants: sim.ConsensusInvariants(),
	History:    sim.WatchConsensus[news, sim.NoRecord],
})

// A protocol of one kind of message, defined and run once.
func ExampleDefine() {
	r, err := gossip.New(&sim.Scenario{
		Tick: 1000, Actors: 3, Protocol: gossip,
		Network:  weather.Network{DelayMin: 10, DelayMax: 20},
		Requests: []sim.ScriptedRequest{{Actor: 2, Name: "blue"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	o := r.Run()
	fmt.Println(o.Verdict, r.ValueName(o.Value), "at tick", o.LearnedTime)
	// Output:
	// decided blue at tick 16
}
