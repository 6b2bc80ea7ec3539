package far

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestHeapIsAList: what comes out of a heap comes by time and, within a tick, in the
// order in which it went in; Sorted tells that before.
func TestHeapIsAList(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var h Heap
	for range 200 {
		h.Reset()
		if _, ok := h.Pop(); ok {
			t.Fatal("an empty heap gives something")
		}
		var want []Event
		for node := range uint32(r.IntN(40)) {
			at := int64(r.IntN(8))
			h.Push(at, node)
			want = append(want, Event{at, uint64(node) + 1, node})
			if r.IntN(3) == 0 {
				slices.SortStableFunc(want, func(a, b Event) int { return int(a.At - b.At) })
				if got, ok := h.Pop(); !ok || got != want[0] {
					t.Fatalf("got %v, %v, not %v", got, ok, want[0])
				}
				want = want[1:]
			}
		}
		slices.SortStableFunc(want, func(a, b Event) int { return int(a.At - b.At) })
		if got := h.Sorted(); !slices.Equal(got, want) {
			t.Fatalf("sorted %v, not %v", got, want)
		}
		for _, w := range want {
			if got, ok := h.Pop(); !ok || got != w {
				t.Fatalf("got %v, %v, not %v", got, ok, w)
			}
		}
	}
}
