package scheduler

import (
	"container/heap"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// item is an event of these tests.
type item struct {
	id, note int
}

// planned is an event as the reference keeps it.
type planned struct {
	at     Time
	seq    int
	item   item
	handle Handle
}

// reference is a queue too simple to be wrong: a list, searched from end to
// end.
type reference struct {
	now  Time
	seq  int
	list []planned
}

func (r *reference) push(at Time, h Handle, it item) {
	r.seq++
	r.list = append(r.list, planned{at, r.seq, it, h})
}

func (r *reference) pop() (planned, bool) {
	if len(r.list) == 0 {
		return planned{}, false
	}
	first := 0
	for i, p := range r.list {
		if f := r.list[first]; p.at < f.at || p.at == f.at && p.seq < f.seq {
			first = i
		}
	}
	p := r.list[first]
	r.list = slices.Delete(r.list, first, first+1)
	r.now = p.at
	return p, true
}

// pair drives a Queue and the reference side by side.
type pair struct {
	q    Queue[item]
	ref  reference
	next int
}

func (p *pair) push(at Time) {
	p.next++
	h, ev := p.q.Push(at)
	*ev = item{id: p.next}
	p.ref.push(at, h, item{id: p.next})
}

func (p *pair) pop(t rapid.TB) {
	t.Helper()
	got, ok := p.q.Pop()
	want, wantOK := p.ref.pop()
	if ok != wantOK {
		t.Fatalf("Pop: %v, the reference: %v", ok, wantOK)
	}
	if ok && *got != want.item {
		t.Fatalf("popped %+v at %d, want %+v at %d", *got, p.q.Now(), want.item, want.at)
	}
	p.check(t)
}

func (p *pair) reset() {
	p.q.Reset()
	p.ref = reference{}
}

func (p *pair) edit(i int) {
	p.next++
	w := &p.ref.list[i]
	w.item.note = p.next
	p.q.At(w.handle).note = p.next
}

func (p *pair) check(t rapid.TB) {
	t.Helper()
	if p.q.Now() != p.ref.now || p.q.Len() != len(p.ref.list) {
		t.Fatalf("now %d, %d queued; want now %d, %d queued", p.q.Now(), p.q.Len(), p.ref.now, len(p.ref.list))
	}
	for _, w := range p.ref.list {
		if got := *p.q.At(w.handle); got != w.item {
			t.Fatalf("waiting: %+v, want %+v", got, w.item)
		}
	}
}

// aheads are the distances at which a wheel can go wrong.
var aheads = []Time{0, 1, 2, 62, 63, 64, 65, Horizon - 65, Horizon - 64, Horizon - 1, Horizon, Horizon + 1, 2*Horizon - 1, 2 * Horizon, 3*Horizon + 5, MaxTime / 4}

func TestQueueAgainstReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p pair
		t.Repeat(map[string]func(*rapid.T){
			"":            func(t *rapid.T) { p.check(t) },
			"push near":   func(t *rapid.T) { p.push(p.ref.now + Time(rapid.IntRange(0, 100).Draw(t, "ahead"))) },
			"push at all": func(t *rapid.T) { p.push(p.ref.now + Time(rapid.Int64Range(0, 3*Horizon).Draw(t, "ahead"))) },
			"push on edge": func(t *rapid.T) {
				p.push(p.ref.now + rapid.SampledFrom(aheads).Draw(t, "ahead"))
			},
			"push on a waiting one's tick": func(t *rapid.T) {
				if n := len(p.ref.list); n > 0 {
					p.push(p.ref.list[rapid.IntRange(0, n-1).Draw(t, "which")].at)
				}
			},
			"pop":  func(t *rapid.T) { p.pop(t) },
			"pop2": func(t *rapid.T) { p.pop(t); p.pop(t) },
			"edit": func(t *rapid.T) {
				if n := len(p.ref.list); n > 0 {
					p.edit(rapid.IntRange(0, n-1).Draw(t, "which"))
				}
			},
			"reset": func(t *rapid.T) {
				if rapid.IntRange(0, 9).Draw(t, "really") == 9 {
					p.reset()
				}
			},
		})
		for p.q.Len() > 0 {
			p.pop(t)
		}
		p.pop(t) // empty
	})
}

// byTime is a container/heap of planned events, for runs too long for the list.
type byTime []planned

func (h byTime) Len() int { return len(h) }
func (h byTime) Less(i, j int) bool {
	return h[i].at < h[j].at || h[i].at == h[j].at && h[i].seq < h[j].seq
}
func (h byTime) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *byTime) Push(x any)   { *h = append(*h, x.(planned)) }
func (h *byTime) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}

// TestQueueLong holds half a million pops against container/heap, with a few
// to thousands queued and the memory of one queue reused throughout.
func TestQueueLong(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var q Queue[item]
	far := 0
	for _, depth := range []int{1, 3, 50, 700, 6000} {
		for _, reach := range []int64{1, 100, Horizon, 3 * Horizon, 40 * Horizon} {
			q.Reset()
			var ref byTime
			var now Time
			id := 0
			push := func() {
				id++
				at := now + Time(r.Int64N(reach))
				if len(ref) > 0 && r.IntN(4) == 0 {
					at = ref[r.IntN(len(ref))].at
				}
				if at-now >= Horizon {
					far++
				}
				_, ev := q.Push(at)
				*ev = item{id: id}
				heap.Push(&ref, planned{at: at, seq: id, item: item{id: id}})
			}
			for range depth {
				push()
			}
			for step := range 20_000 {
				got, ok := q.Pop()
				want := heap.Pop(&ref).(planned)
				now = want.at
				if !ok || *got != want.item || q.Now() != now {
					t.Fatalf("depth %d reach %d step %d: %+v at %d, want %+v at %d", depth, reach, step, got, q.Now(), want.item, want.at)
				}
				push()
			}
		}
	}
	if far < 100_000 {
		t.Errorf("only %d events beyond the horizon: the test proves too little", far)
	}
}

// A far event and a wheel event on one tick: the far one was pushed first.
func TestQueueFarBeforeWheelOnTie(t *testing.T) {
	var p pair
	p.push(Horizon + 10) // far
	p.push(20)
	p.pop(t)             // now 20: Horizon+10 is within reach
	p.push(Horizon + 10) // wheel, same tick
	p.push(Horizon + 9)  // wheel, before
	p.push(Horizon + 11)
	for range 4 {
		p.pop(t)
	}
}

// Far events of one tick keep their order among many of other ticks.
func TestQueueFarOrder(t *testing.T) {
	var p pair
	for i := range 500 {
		p.push(Horizon + Time(i*7919%13))
	}
	for range 501 {
		p.pop(t)
	}
}

// Every tick of the wheel from every phase of it: a search that skips a word,
// or wraps at the wrong place, pops the wrong one.
func TestQueueEveryPhase(t *testing.T) {
	for phase := Time(0); phase < Horizon; phase += 61 {
		var p pair
		if phase > 0 {
			p.push(phase)
			p.pop(t)
		}
		for _, ahead := range aheads {
			p.push(phase + ahead)
		}
		for range aheads {
			p.pop(t)
		}
	}
}

func TestQueuePushIntoThePast(t *testing.T) {
	var q Queue[item]
	q.Push(5)
	q.Pop()
	defer func() {
		if recover() == nil {
			t.Error("pushed at 4 when it was 5")
		}
	}()
	q.Push(4)
}

func TestQueueResetKeepsMemory(t *testing.T) {
	var q Queue[item]
	fill := func() {
		q.Reset()
		for i := range Time(1000) {
			q.Push(i * 13 % 9000)
		}
		for range 300 {
			q.Pop()
		}
	}
	fill()
	capacity := q.Cap()
	if capacity < 1000 {
		t.Errorf("Cap is %d with 1000 events pushed", capacity)
	}
	if allocs := testing.AllocsPerRun(20, fill); allocs != 0 {
		t.Errorf("%v allocations a reuse, want 0", allocs)
	}
	if q.Cap() != capacity {
		t.Errorf("Cap went from %d to %d", capacity, q.Cap())
	}
	q.Reset()
	if _, ok := q.Pop(); ok || q.Len() != 0 || q.Now() != 0 {
		t.Errorf("after Reset: len %d, now %d", q.Len(), q.Now())
	}
}
