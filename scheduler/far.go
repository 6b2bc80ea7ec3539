package scheduler

// The events beyond the horizon of a Queue: a binary heap by time, then by the
// order in which they were pushed.

func (e farEvent) before(f farEvent) bool {
	return e.at < f.at || e.at == f.at && e.seq < f.seq
}

// pushFar files node n (as index+1) at a time beyond the horizon.
func (q *Queue[E]) pushFar(at Time, n uint32) {
	if at < q.now {
		panic("scheduler: an event pushed into the past")
	}
	q.seq++
	h := append(q.far, farEvent{at, q.seq, n})
	i := len(h) - 1
	for i > 0 {
		parent := (i - 1) / 2
		if !h[i].before(h[parent]) {
			break
		}
		h[i], h[parent] = h[parent], h[i]
		i = parent
	}
	q.far = h
}

// popFar takes the first far event out, if there is one, and moves the time to
// it.
func (q *Queue[E]) popFar() (*E, bool) {
	h := q.far
	if len(h) == 0 {
		return nil, false
	}
	first := h[0]
	last := len(h) - 1
	h[0] = h[last]
	h = h[:last]
	for i := 0; ; {
		child := 2*i + 1
		if child >= last {
			break
		}
		if child+1 < last && h[child+1].before(h[child]) {
			child++
		}
		if !h[child].before(h[i]) {
			break
		}
		h[i], h[child] = h[child], h[i]
		i = child
	}
	q.far = h
	q.now = first.at
	e := &q.slab[first.node]
	e.next = q.free
	q.free = first.node
	return &e.event, true
}
