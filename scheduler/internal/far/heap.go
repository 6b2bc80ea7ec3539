// Package far keeps the events that lie beyond the horizon of a queue.
package far

import "slices"

// Event is a node of a queue, and when its event is to come.
type Event struct {
	At   int64 // the time, in ticks
	Seq  uint64
	Node uint32
}

func (e Event) before(f Event) bool { return e.At < f.At || e.At == f.At && e.Seq < f.Seq }

// Heap is a binary heap by time and, within a tick, by the order of pushes. The zero
// Heap is empty.
type Heap struct {
	List []Event // the first is the one that comes first
	seq  uint64  // counts pushes
}

// Push adds a node.
func (h *Heap) Push(at int64, node uint32) {
	h.seq++
	l := append(h.List, Event{at, h.seq, node})
	i := len(l) - 1
	for i > 0 {
		parent := (i - 1) / 2
		if !l[i].before(l[parent]) {
			break
		}
		l[i], l[parent] = l[parent], l[i]
		i = parent
	}
	h.List = l
}

// Pop takes the first event out; ok: there was one.
func (h *Heap) Pop() (first Event, ok bool) {
	l := h.List
	if len(l) == 0 {
		return Event{}, false
	}
	first = l[0]
	last := len(l) - 1
	l[0] = l[last]
	l = l[:last]
	for i := 0; ; {
		child := 2*i + 1
		if child >= last {
			break
		}
		if child+1 < last && l[child+1].before(l[child]) {
			child++
		}
		if !l[child].before(l[i]) {
			break
		}
		l[i], l[child] = l[child], l[i]
		i = child
	}
	h.List = l
	return first, true
}

// Reset empties it, and keeps the memory.
func (h *Heap) Reset() { h.List, h.seq = h.List[:0], 0 }

// Sorted lists the events in the order in which they come, in memory of its own.
func (h *Heap) Sorted() []Event {
	list := slices.Clone(h.List)
	slices.SortFunc(list, func(a, b Event) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	return list
}
