package scheduler

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Waiting foretells what Pop does, whatever was pushed and popped before, near
// and far.
func TestWaitingIsTheOrderOfPops(t *testing.T) {
	type seen struct {
		at Time
		id int
	}
	rapid.Check(t, func(t *rapid.T) {
		var q Queue[int]
		id := 0
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			if rapid.IntRange(0, 2).Draw(t, "pop") == 0 {
				q.Pop()
				continue
			}
			ahead := rapid.SampledFrom([]Time{0, 1, 2, Horizon - 1, Horizon, Horizon + 1, 3 * Horizon}).Draw(t, "ahead")
			_, e := q.Push(q.Now() + ahead)
			id++
			*e = id
		}
		var told, popped []seen
		for at, e := range q.Waiting() {
			told = append(told, seen{at, *e})
		}
		if len(told) != q.Len() {
			t.Errorf("%d told of %d", len(told), q.Len())
		}
		for range q.Waiting() {
			break
		}
		for {
			e, ok := q.Pop()
			if !ok {
				break
			}
			popped = append(popped, seen{q.Now(), *e})
		}
		if !slices.Equal(told, popped) {
			t.Errorf("told %v, popped %v", told, popped)
		}
	})
}
