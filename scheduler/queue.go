package scheduler

import "math/bits"

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
	now     Time
	slab    []node[E]
	free    int32 // head of the list of free nodes, as index+1; 0: none
	summary uint64
	bitmap  [Horizon / 64]uint64
	lists   [Horizon]list // valid where the bit is set
	far     []farEvent    // a binary heap
	seq     uint64        // counts pushes into far
}

type node[E any] struct {
	event E
	next  int32 // as index+1; 0: none
}

// list is the events of a tick in their order.
type list struct {
	head, tail int32 // as index+1
}

type farEvent struct {
	at   Time
	seq  uint64
	node int32
}

// Handle finds an event that waits in a queue: it is valid until the event is
// popped.
type Handle int32

// Now is the time of the event popped last.
func (q *Queue[E]) Now() Time { return q.now }

// Len counts the events that wait.
func (q *Queue[E]) Len() int {
	n := len(q.slab)
	for i := q.free; i != 0; i = q.slab[i-1].next {
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
	e := &q.slab[n-1]
	q.free = e.next
	e.next = 0
	if uint64(at-q.now) >= Horizon {
		q.pushFar(at, n)
		return Handle(n - 1), &e.event
	}
	slot := uint(at) % Horizon
	l := &q.lists[slot]
	word, bit := slot/64, uint64(1)<<(slot%64)
	if q.bitmap[word]&bit != 0 {
		q.slab[l.tail-1].next = n
	} else {
		q.bitmap[word] |= bit
		q.summary |= 1 << word
		l.head = n
	}
	l.tail = n
	return Handle(n - 1), &e.event
}

// grow makes one more node, and returns it as if it were the only free one.
func (q *Queue[E]) grow() int32 {
	if len(q.slab) < cap(q.slab) { // as after a Reset: no need to zero it
		q.slab = q.slab[:len(q.slab)+1]
		q.slab[len(q.slab)-1].next = 0
	} else {
		q.slab = append(q.slab, node[E]{})
	}
	return int32(len(q.slab))
}

// Pop takes the first event out, moves the time to it and returns it, or false
// if nothing waits. The pointer is good until the next Push.
func (q *Queue[E]) Pop() (*E, bool) {
	slot := uint(q.now) % Horizon
	word := slot / 64
	ahead := uint(0) // ticks to the first list that is not empty
	if b := q.bitmap[word] >> (slot % 64); b != 0 {
		ahead = uint(bits.TrailingZeros64(b))
		slot += ahead
	} else if q.summary != 0 {
		slot = q.nextSlot(word)
		ahead = (slot - uint(q.now)) % Horizon
		word = slot / 64
	} else if len(q.far) == 0 {
		return nil, false
	} else {
		ahead = Horizon
	}
	if len(q.far) > 0 && q.far[0].at <= q.now+Time(ahead) || ahead == Horizon {
		return q.popFar(), true
	}
	q.now += Time(ahead)
	l := &q.lists[slot%Horizon]
	n := l.head
	e := &q.slab[n-1]
	l.head = e.next
	if l.head == 0 {
		if q.bitmap[word] &^= 1 << (slot % 64); q.bitmap[word] == 0 {
			q.summary &^= 1 << word
		}
	}
	e.next = q.free
	q.free = n
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

// Reset empties the queue and sets the time to 0, keeping its memory.
func (q *Queue[E]) Reset() {
	for s := q.summary; s != 0; s &= s - 1 {
		q.bitmap[bits.TrailingZeros64(s)] = 0
	}
	q.now, q.free, q.summary, q.seq = 0, 0, 0, 0
	q.slab = q.slab[:0]
	q.far = q.far[:0]
}
