package load_test

import (
	"fmt"

	"github.com/paxsim/paxsim/scenarios/load"
)

// What a saved run does, in numbers.
func ExampleRun_Counts() {
	r, err := load.File("testdata/lossy.run.json")
	if err != nil {
		panic(err)
	}
	o, c, err := r.Counts()
	if err != nil {
		panic(err)
	}
	accepts := c.Of(r.Scenario.Protocol.Vocabulary(), "Accept")
	fmt.Printf("%d events, at most %d messages on their way\n", o.Events, c.Most)
	fmt.Printf("Accept: %d arrived, %d lost\n", accepts.Arrived, accepts.Lost)
	// Output:
	// 92 events, at most 11 messages on their way
	// Accept: 5 arrived, 3 lost
}
