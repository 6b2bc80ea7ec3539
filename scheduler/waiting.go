package scheduler

import "iter"

// Waiting lists what waits in the queue, in the order in which it will be
// popped if nothing is pushed meanwhile. It is for a person who looks: it costs
// what sorting the far events costs, and changes nothing. The queue must not
// change while somebody ranges over it.
func (q *Queue[E]) Waiting() iter.Seq2[Time, *E] {
	return func(yield func(Time, *E) bool) {
		far := q.far.Sorted()
		for ahead := Time(0); ahead < Horizon; ahead++ {
			at := q.now + ahead
			for len(far) > 0 && Time(far[0].At) <= at { // first on a tie
				if !yield(Time(far[0].At), &q.slab[far[0].Node].event) {
					return
				}
				far = far[1:]
			}
			slot := uint(at) % Horizon
			if q.bitmap[slot/64]&(1<<(slot%64)) == 0 {
				continue
			}
			for n := q.lists[slot].head; n != 0; n = q.slab[n].next {
				if !yield(at, &q.slab[n].event) {
					return
				}
			}
		}
		for _, f := range far {
			if !yield(Time(f.At), &q.slab[f.Node].event) {
				return
			}
		}
	}
}
