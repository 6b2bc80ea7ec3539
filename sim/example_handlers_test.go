package sim_test

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// The handlers of an actor without a world. Nothing that they ask for happens: all of
// it is written down. How the actor stands is a value.
func ExampleHandlers() {
	h, err := sim.NewHandlers[believer, news, sim.NoRecord](asked())
	if err != nil {
		fmt.Println(err)
		return
	}
	var l sim.Local[believer, sim.NoRecord]
	h.New(2, &l)
	for _, x := range []sim.Happening[news]{
		{What: observe.Booted},
		{What: observe.Asked, Request: sim.Request{ID: 1, Value: 5}},
		{What: observe.Delivered, From: 1, Message: news{4}},
	} {
		fmt.Println(x.What)
		for _, e := range h.Handle(2, &l, &x, nil) {
			value := e.Value
			if e.Act == sim.ActBroadcast {
				value = e.Message.value
			}
			fmt.Println("-", e.Act, value)
		}
	}
	fmt.Println("it has learned", l.Actor.learned)
	// Output:
	// boot
	// ask
	// - broadcast 5
	// deliver
	// - decide 4
	// - answer 4
	// it has learned 4
}
