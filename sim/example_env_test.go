package sim_test

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// letter carries a value, and receipt says that it is saved.
type letter struct {
	receipt bool
	value   sim.Value
}

func (l letter) Kind() uint8 {
	if l.receipt {
		return 1
	}
	return 0
}
func (l letter) Hash(d *sim.Digest)      { d.Mix(uint64(l.Kind())<<32 | uint64(l.value)) }
func (l letter) Text(x sim.Names) string { return x.ValueName(l.value) }

// saved is the record of an actor that has a letter.
type saved struct{ value sim.Value }

func (s saved) Hash(d *sim.Digest)      { d.Mix(uint64(s.value)) }
func (s saved) Text(x sim.Names) string { return x.ValueName(s.value) }

// courier sends a value to actor 2 again and again, until actor 2 says that it has
// saved it.
type courier struct {
	sim.Base[letter, saved]
	value sim.Value
}

func (c *courier) Request(env *sim.Env[letter, saved], r sim.Request) {
	c.value = r.Value
	c.Timeout(env, sim.Timer{})
}

func (c *courier) Timeout(env *sim.Env[letter, saved], t sim.Timer) {
	env.Send(2, letter{value: c.value})
	env.After(50, t)
}

func (c *courier) Receive(env *sim.Env[letter, saved], from sim.ID, l letter) {
	if !l.receipt {
		env.Save(saved{l.value}) // before the receipt: a crash must not take it back
		env.Send(from, letter{true, l.value})
	} else {
		env.Stop(0)
	}
	if c.value == 0 || l.receipt {
		c.value = l.value
		env.Decide(0, l.value, 0)
		env.AnswerAll(l.value)
	}
}

// What the handlers of two actors ask of the world, and what happens. The alarm of
// actor 1 goes off before the receipt can arrive, so it sends its letter again.
func ExampleEnv() {
	post := sim.Define(sim.Spec[courier, letter, saved]{
		Name:       "post",
		Vocabulary: sim.Vocabulary{Messages: []string{"Letter", "Receipt"}, Timers: []shown.TimerKind{{Name: "again"}}},
	})
	r, err := post.New(&sim.Scenario{
		Tick: 1000, Actors: 2, Protocol: post,
		Network:  weather.Network{DelayMin: 30, DelayMax: 30},
		Requests: []sim.ScriptedRequest{{Actor: 1, Name: "blue"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	r.Observe(printer(func(e observe.Entry) {
		if e.What != observe.Booted {
			fmt.Println("tick", e.At, "actor", e.Actor, e.What)
		}
	}))
	r.Reset(1, nil)
	fmt.Println(r.Run().Verdict)
	// Output:
	// tick 0 actor 1 ask
	// tick 0 actor 1 send
	// tick 30 actor 2 deliver
	// tick 30 actor 2 save
	// tick 30 actor 2 send
	// tick 30 actor 2 decide
	// tick 50 actor 1 timeout
	// tick 50 actor 1 send
	// tick 60 actor 1 deliver
	// tick 60 actor 1 decide
	// tick 60 actor 1 answer
	// decided
}
