package search

import (
	"cmp"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
)

// Deferred is the deferrals of a run that has no picker. The zero Deferred is none.
type Deferred struct {
	list []pendingDeferral // in the order of their events
}

// pendingDeferral is a deferral, and what has become of it so far.
type pendingDeferral struct {
	Deferral
	met, over bool // its event waited; the other came
}

// Reset makes it ready for a run.
func (d *Deferred) Reset(deferrals []Deferral) {
	d.list = d.list[:0]
	for _, h := range deferrals {
		d.list = append(d.list, pendingDeferral{Deferral: h})
	}
	slices.SortStableFunc(d.list, func(a, b pendingDeferral) int { return cmp.Compare(a.Event, b.Event) })
}

// Next is the first event that is not held back; if all are, the first. It releases
// what was held back until that event. It panics if no event is enabled.
func (d *Deferred) Next(p *Pending) int {
	if len(d.list) == 0 {
		return 0
	}
	next, at := -1, 0
	for x := range p.all(Late) {
		if !d.waits(x.key) && next < 0 {
			next = at
		}
		at++
	}
	next = max(next, 0)
	d.Release(p.Key(next))
	return next
}

// Release ends the deferrals that last until an event, which is the next.
func (d *Deferred) Release(k scheduler.Key) {
	for j := range d.list {
		if d.list[j].Until == k {
			d.list[j].over = true
		}
	}
}

// waits says whether an event is held back.
func (d *Deferred) waits(k scheduler.Key) bool {
	j, _ := slices.BinarySearchFunc(d.list, k, func(h pendingDeferral, k scheduler.Key) int { return cmp.Compare(h.Event, k) })
	for ; j < len(d.list) && d.list[j].Event == k; j++ {
		if h := &d.list[j]; !h.over {
			h.met = true
			return true
		}
	}
	return false
}

// Void lists the deferrals that did not apply: the event never waited, or the event
// that it waited for never came.
func (d *Deferred) Void() (deferrals []Deferral) {
	for _, h := range d.list {
		if !h.met || !h.over {
			deferrals = append(deferrals, h.Deferral)
		}
	}
	return deferrals
}
