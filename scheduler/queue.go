package scheduler

import (
	"errors"
	"math/bits"

	"github.com/paxsim/paxsim/scheduler/internal/far"
)

const (
	wheelBits = 12
	// Horizon is how many ticks ahead the wheel of a [Queue] reaches.
	Horizon = 1 << wheelBits
)

// Queue holds the events that are to come and gives them back in one total
// order: by time, and within a tick first in, first out. The zero Queue is
// empty, at time 0, and ready to use.
//
// It is a flat timing wheel: a list for each of the next [Horizon] ticks, a bit
// for each list that is not empty, a bit for each word of those that is not
// zero. What lies beyond the horizon waits in a small heap. A heap event was
// pushed before every wheel event of its tick (when it was pushed the tick lay
// beyond the horizon, and time does not run back), so it comes first on a tie.
//
// An event lives in a slab and is filled in place: storing it whole would cost
// a second copy of the message.
type Queue[E any] struct {
	Most    int // how many events may wait: one more panics with ErrFull; 0: no bound
	now     Time
	slab    []node[E] // from 1; 0 is nobody
	free    uint32    // head of the list of free nodes; 0: none
	summary uint64
	bitmap  [Horizon / 64]uint64
	lists   [Horizon]list // valid where the bit is set
	far     far.Heap
}

type node[E any] struct {
	event E
	next  uint32 // 0: none
}

// list is the events of a tick in their order.
type list struct {
	head, tail uint32
}

// ErrFull is the panic of a push into a queue in which Most events wait.
var ErrFull = errors.New("scheduler: too many events wait")

// Handle finds an event that waits in a queue. It is never 0, and good until the
// event is popped.
type Handle uint32

// Now is the time of the event popped last.
func (q *Queue[E]) Now() Time { return q.now }

// Keep makes room for an event that waits without a time: [Queue.Pop] never
// returns it. The pointer is good until the next Push or Keep.
func (q *Queue[E]) Keep() (Handle, *E) {
	n := q.free
	if n == 0 {
		n = q.grow()
	}
	e := &q.slab[n]
	q.free, e.next = e.next, 0
	return Handle(n), &e.event
}

// Drop gives back the room of an event that was kept. What it points to is good
// until the next Push or Keep.
func (q *Queue[E]) Drop(h Handle) {
	q.slab[h].next = q.free
	q.free = uint32(h)
}

// Jump sets the time. The queue must be empty.
func (q *Queue[E]) Jump(to Time) { q.now = to }

// Len counts the events that wait.
func (q *Queue[E]) Len() int {
	n := max(len(q.slab)-1, 0)
	for i := q.free; i != 0; i = q.slab[i].next {
		n--
	}
	return n
}

// Cap is how many events the memory of the queue can hold without growing.
func (q *Queue[E]) Cap() int { return cap(q.slab) }

// At is the waiting event h, to read or change in place.
func (q *Queue[E]) At(h Handle) *E { return &q.slab[h].event }

// Push adds an event at a time, which must not lie before [Queue.Now], and
// returns where to fill it in. The pointer is good until the next Push; what it
// points to holds whatever an earlier event left there.
func (q *Queue[E]) Push(at Time) (Handle, *E) {
	n := q.free
	if n == 0 {
		n = q.grow()
	}
	e := &q.slab[n]
	q.free = e.next
	e.next = 0
	if uint64(at-q.now) >= Horizon {
		q.pushFar(at, n)
		return Handle(n), &e.event
	}
	slot := uint(at) % Horizon
	l := &q.lists[slot]
	word, bit := slot/64, uint64(1)<<(slot%64)
	if q.bitmap[word]&bit != 0 {
		q.slab[l.tail].next = n
	} else {
		q.bitmap[word] |= bit
		q.summary |= 1 << word
		l.head = n
	}
	l.tail = n
	return Handle(n), &e.event
}

// grow makes one more node, and returns it as if it were the only free one. It
// stays out of Push, which would have to keep more than it needs for it.
//
//go:noinline
func (q *Queue[E]) grow() uint32 {
	if q.Most > 0 && len(q.slab) > q.Most {
		panic(ErrFull)
	}
	if len(q.slab) == 0 {
		q.slab = append(q.slab, node[E]{}) // nobody
	}
	q.slab = append(q.slab, node[E]{})
	return uint32(len(q.slab) - 1)
}

// Pop takes the first event out, moves the time to it and returns it, or false
// if nothing waits. The pointer is good until the next Push.
func (q *Queue[E]) Pop() (*E, bool) {
	slot := uint(q.now) % Horizon
	word := slot / 64
	at := q.now
	if b := q.bitmap[word] >> (slot % 64); b != 0 {
		ahead := uint(bits.TrailingZeros64(b))
		at += Time(ahead)
		slot += ahead
	} else if q.summary != 0 {
		next := q.nextSlot(word)
		at += Time((next - slot) % Horizon)
		slot, word = next, next/64
	} else {
		return q.popFar()
	}
	if len(q.far.List) > 0 && Time(q.far.List[0].At) <= at {
		return q.popFar()
	}
	q.now = at
	l := &q.lists[slot%Horizon]
	n := l.head
	e := &q.slab[n]
	l.head = e.next
	if e.next == 0 {
		w := &q.bitmap[word%(Horizon/64)]
		if *w &^= 1 << (slot % 64); *w == 0 {
			q.summary &^= 1 << (word % 64)
		}
	}
	e.next = q.free
	q.free = n
	return &e.event, true
}

// pushFar files a node at a time beyond the horizon.
func (q *Queue[E]) pushFar(at Time, node uint32) {
	if at < q.now {
		panic("scheduler: an event pushed into the past")
	}
	q.far.Push(int64(at), node)
}

// popFar takes the first far event out, if there is one, and moves the time to
// it.
func (q *Queue[E]) popFar() (*E, bool) {
	first, ok := q.far.Pop()
	if !ok {
		return nil, false
	}
	q.now = Time(first.At)
	e := &q.slab[first.Node]
	e.next = q.free
	q.free = first.Node
	return &e.event, true
}

// nextSlot finds the first list that is not empty in the words of the bitmap
// after word, and around up to and including it. There must be one.
func (q *Queue[E]) nextSlot(word uint) uint {
	s := q.summary &^ (1<<(word+1) - 1)
	if s == 0 {
		s = q.summary
	}
	word = uint(bits.TrailingZeros64(s))
	return word*64 + uint(bits.TrailingZeros64(q.bitmap[word%(Horizon/64)]))
}

// Reset empties the queue and sets the time to 0, keeping its memory. It takes
// a step for each list that is not empty and each far event.
func (q *Queue[E]) Reset() {
	for s := q.summary; s != 0; s &= s - 1 {
		word := bits.TrailingZeros64(s)
		for b := q.bitmap[word]; b != 0; b &= b - 1 {
			l := q.lists[word*64+bits.TrailingZeros64(b)]
			q.slab[l.tail].next = q.free
			q.free = l.head
		}
		q.bitmap[word] = 0
	}
	for _, f := range q.far.List {
		q.slab[f.Node].next = q.free
		q.free = f.Node
	}
	q.far.Reset()
	q.now, q.summary = 0, 0
}
