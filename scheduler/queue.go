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
	len     int
	slab    []node[E]
	free    int32 // head of the list of free nodes, as index+1; 0: none
	summary uint64
	bitmap  [Horizon / 64]uint64
	head    [Horizon]int32 // as index+1; valid where the bit is set
	tail    [Horizon]int32
	far     []farEvent // a binary heap
	seq     uint64     // counts pushes into far
}

type node[E any] struct {
	event E
	next  int32 // as index+1; 0: none
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

// Len is how many events wait.
func (q *Queue[E]) Len() int { return q.len }

// Cap is how many events the memory of the queue can hold without growing.
func (q *Queue[E]) Cap() int { return cap(q.slab) }

// At is the waiting event h, to read or change in place.
func (q *Queue[E]) At(h Handle) *E { return &q.slab[h].event }

// Push adds an event at a time, which must not lie before [Queue.Now], and
// returns where to fill it in. The pointer is good until the next Push; what it
// points to holds whatever an earlier event left there.
func (q *Queue[E]) Push(at Time) (Handle, *E) {
	n := q.free
	switch {
	case n != 0:
		q.free = q.slab[n-1].next
	case len(q.slab) < cap(q.slab): // as after a Reset: no need to zero it
		q.slab = q.slab[:len(q.slab)+1]
		n = int32(len(q.slab))
	default:
		q.slab = append(q.slab, node[E]{})
		n = int32(len(q.slab))
	}
	e := &q.slab[n-1]
	e.next = 0
	q.len++
	ahead := at - q.now
	if uint64(ahead) >= Horizon {
		q.pushFar(at, n)
		return Handle(n - 1), &e.event
	}
	slot := uint(at) % Horizon
	word, bit := slot/64, uint64(1)<<(slot%64)
	if q.bitmap[word]&bit != 0 {
		q.slab[q.tail[slot]-1].next = n
	} else {
		q.bitmap[word] |= bit
		q.summary |= 1 << word
		q.head[slot] = n
	}
	q.tail[slot] = n
	return Handle(n - 1), &e.event
}

// Pop takes the first event out, moves the time to it and returns it, or false
// if nothing waits. The pointer is good until the next Push.
func (q *Queue[E]) Pop() (*E, bool) {
	if q.len == 0 {
		return nil, false
	}
	q.len--
	slot, ok := q.nextSlot()
	if len(q.far) > 0 {
		if !ok || q.far[0].at <= q.timeOf(slot) {
			return q.popFar(), true
		}
	}
	q.now = q.timeOf(slot)
	n := q.head[slot]
	e := &q.slab[n-1]
	if e.next == 0 {
		word := slot / 64
		q.bitmap[word] &^= 1 << (slot % 64)
		if q.bitmap[word] == 0 {
			q.summary &^= 1 << word
		}
	} else {
		q.head[slot] = e.next
	}
	e.next = q.free
	q.free = n
	return &e.event, true
}

// timeOf is the time for which a list of the wheel stands: the first tick from
// now on that falls on it.
func (q *Queue[E]) timeOf(slot uint) Time {
	return q.now + Time((slot-uint(q.now))%Horizon)
}

// nextSlot finds the first list from now on, around the wheel, that is not
// empty.
func (q *Queue[E]) nextSlot() (uint, bool) {
	if q.summary == 0 {
		return 0, false
	}
	at := uint(q.now) % Horizon
	word := at / 64
	if b := q.bitmap[word] >> (at % 64); b != 0 {
		return at + uint(bits.TrailingZeros64(b)), true
	}
	// Words after this one, then from the start up to and including this one.
	s := q.summary &^ (1<<(word+1) - 1)
	if s == 0 {
		s = q.summary
	}
	word = uint(bits.TrailingZeros64(s))
	return word*64 + uint(bits.TrailingZeros64(q.bitmap[word])), true
}

// Reset empties the queue and sets the time to 0, keeping its memory.
func (q *Queue[E]) Reset() {
	for s := q.summary; s != 0; s &= s - 1 {
		q.bitmap[bits.TrailingZeros64(s)] = 0
	}
	q.now, q.len, q.free, q.summary, q.seq = 0, 0, 0, 0, 0
	q.slab = q.slab[:0]
	q.far = q.far[:0]
}
