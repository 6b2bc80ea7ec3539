package sim_test

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
)

// Two clients ask at once, and the decision is split. The violation names both
// decisions, and the events in which they were made known.
func ExampleViolation() {
	s := asked()
	s.Requests[1].At = 0
	r, err := gossip.New(s)
	if err != nil {
		fmt.Println(err)
		return
	}
	v := r.Run().Violation
	fmt.Println(v.Broke())
	fmt.Println(v.Text)
	for _, c := range v.Chosen {
		fmt.Println("decided:", r.ValueName(c.Value))
	}
	fmt.Println("events", v.Events)
	// Output:
	// agreement (safety)
	// actor 2 decides green, and actor 1 has decided blue
	// decided: blue
	// decided: green
	// events [6 7]
}

// What an outcome tells of a run: how it ended, who has learned, what it cost, and what
// became of each client's request.
func ExampleOutcome() {
	r, err := gossip.New(asked())
	if err != nil {
		fmt.Println(err)
		return
	}
	r.Reset(1, nil)
	o := r.Run()
	fmt.Printf("%v (%v): %d of %d actors learned %s\n", o.Verdict, o.End, o.Learned, o.Awaited, r.ValueName(o.Value))
	fmt.Printf("first at tick %d, all at tick %d\n", o.DecideTime, o.LearnedTime)
	fmt.Printf("%d messages sent, %d arrived, %d events\n", o.Sent, o.Delivered, o.Events)
	for _, x := range o.Operations {
		fmt.Printf("%s, asked at %d: %s at %d\n", r.ValueName(x.Value), x.Asked, r.ValueName(x.Result), x.Answered)
	}
	// Output:
	// decided (goal): 3 of 3 actors learned blue
	// first at tick 10, all at tick 20
	// 4 messages sent, 4 arrived, 9 events
	// blue, asked at 0: blue at 10
	// green, asked at 15: blue at 25
}

// The name of a choice, as files write it, and back.
func ExampleVocabulary() {
	words := gossip.Vocabulary()
	k := scheduler.MakeKey(chance.Lost, 0, 2, 3, 1)
	text := words.KeyText(k)
	fmt.Println(text)
	again, err := words.ParseKey(text)
	fmt.Println(again == k, err)
	_, err = words.ParseKey("lost Gossip 2>3 #1")
	fmt.Println(err)
	// Output:
	// lost News 2>3 #1
	// true <nil>
	// choice "lost Gossip 2>3 #1": no message is called "Gossip"
}
