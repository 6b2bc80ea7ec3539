package scheduler_test

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
)

func ExampleQueue() {
	var q scheduler.Queue[string]
	for _, e := range []struct {
		at   scheduler.Time
		name string
	}{{7, "late"}, {3, "early"}, {7, "later"}} {
		_, event := q.Push(e.at)
		*event = e.name
	}
	for event, ok := q.Pop(); ok; event, ok = q.Pop() {
		fmt.Println(q.Now(), *event)
	}
	// Output:
	// 3 early
	// 7 late
	// 7 later
}

func ExampleKey() {
	k := scheduler.MakeKey(4, 2, 1, 3, 7)
	fmt.Println(k)
	again, err := scheduler.ParseKey("4.2 1>3 #7")
	fmt.Println(again == k, err)
	// Output:
	// 4.2 1>3 #7
	// true <nil>
}

func ExampleEdited() {
	// The seed's run, but for one message that is not lost and one choice that
	// the run does not ask.
	kept, gone := scheduler.MakeKey(1, 0, 2, 3, 1), scheduler.MakeKey(1, 0, 2, 3, 9)
	e := scheduler.Edited{Answers: map[scheduler.Key]uint32{kept: 0, gone: 1}}
	fmt.Println(e.Answer(kept, 2, 1))
	fmt.Println("no longer applies:", e.Unused())
	// Output:
	// 0
	// no longer applies: [1.0 2>3 #9]
}

func ExampleDigest() {
	var a, b scheduler.Digest
	a.Mix(1)
	a.Mix(2)
	b.Mix(2)
	b.Mix(1)
	fmt.Println(a.Sum() == b.Sum())
	// Output: false
}

func ExampleGeometric() {
	idle := scheduler.NewGeometric(scheduler.FractionOf(1, 4))
	seed := scheduler.NewSeed(1)
	for n := range uint32(5) {
		u := seed.Hash(scheduler.MakeKey(1, 0, 1, 0, n+1))
		fmt.Println(idle.Seeded(u)-1, "idle ticks")
	}
	// Output:
	// 1 idle ticks
	// 0 idle ticks
	// 0 idle ticks
	// 1 idle ticks
	// 6 idle ticks
}

func ExampleNewLogNormal() {
	// Delays of 10 ms in the middle, of which one in 40 takes longer than 48 ms,
	// in ticks of 100 us.
	w := scheduler.NewLogNormal(100, 800, 10_000)
	for _, u := range []uint64{0, 1 << 62, 1 << 63, 3 << 62, 1<<64 - 1<<64/40, 1<<64 - 1} {
		fmt.Println(w.Seeded(u))
	}
	// Output:
	// 1
	// 58
	// 100
	// 172
	// 480
	// 10000
}
