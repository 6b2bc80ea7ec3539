package triggers

import (
	"cmp"
	"slices"

	"github.com/paxsim/paxsim/sim/ids"
)

// Awaited is a moment that begins or ends a fault.
type Awaited struct {
	*Moment
	Fault int  // the number of the fault in its scenario, from 0
	Ends  bool // the fault is over then; else it begins
	Due   int  // how often what the moment is about must be done, at least 1

	count int // by which of the counts it comes
	left  int // how often it must still be done once it is waited for; 0: it has come
	due   int // the number that the count must reach, while it is waited for; else 0
}

// Moments are the moments of a world: which have come, and which come next. A moment
// that begins a fault is waited for from the start of a run on. A moment that ends a
// fault is waited for while that fault is in force. Moments are numbered from 0. The
// zero Moments is none.
type Moments struct {
	list   []Awaited // in the order of the file
	counts []count   // of what they are about
}

// count is how often something has been done, and the moments that wait for that. A
// thousand moments may wait for one thing, and it may be done a million times: so
// only the moment that comes next is looked at.
type count struct {
	who   ids.ID // 0: anybody
	does  Doing
	kind  uint8
	done  int
	waits []wait // the next last
	first []wait // the waits at the start of a run
}

// wait is a moment that comes once something has been done so often.
type wait struct{ due, moment int }

// compare puts what comes later before, and of what comes at once what is later in
// the file.
func (x wait) compare(y wait) int {
	return cmp.Or(cmp.Compare(y.due, x.due), cmp.Compare(y.moment, x.moment))
}

func (c count) compare(d count) int {
	return cmp.Or(cmp.Compare(c.does, d.does), cmp.Compare(c.kind, d.kind), cmp.Compare(c.who, d.who))
}

// NewMoments makes the moments of a world of a list, which it keeps. Call
// [Moments.Reset] before the first run.
func NewMoments(list []Awaited) Moments {
	x := Moments{list: list}
	for i := range list {
		m := &list[i]
		x.counts = append(x.counts, count{who: m.Who, does: m.Does, kind: m.Kind})
	}
	slices.SortFunc(x.counts, count.compare)
	x.counts = slices.CompactFunc(x.counts, func(a, b count) bool { return a.compare(b) == 0 })
	for i := range list {
		m := &list[i]
		m.count, _ = slices.BinarySearchFunc(x.counts, count{who: m.Who, does: m.Does, kind: m.Kind}, count.compare)
		if c := &x.counts[m.count]; !m.Ends {
			c.first = append(c.first, wait{m.Due, i})
		}
	}
	for i := range x.counts {
		slices.SortFunc(x.counts[i].first, wait.compare)
	}
	return x
}

// Reset makes all moments ones that have not come, at the start of a run.
func (x *Moments) Reset() {
	for i := range x.counts {
		c := &x.counts[i]
		c.done, c.waits = 0, append(c.waits[:0], c.first...)
	}
	for i := range x.list {
		x.list[i].left, x.list[i].due = x.list[i].Due, 0
	}
}

// At is the moment with a number. It panics if there is none.
func (x *Moments) At(i int) *Awaited { return &x.list[i] }

// Len is how many moments there are.
func (x *Moments) Len() int { return len(x.list) }

// Done counts that an actor has done something, and appends to came the numbers of the
// moments that come by that, in their order.
func (x *Moments) Done(who ids.ID, does Doing, kind uint8, came []int) []int {
	from := len(came)
	for _, who := range [...]ids.ID{0, who} {
		i, is := slices.BinarySearchFunc(x.counts, count{who: who, does: does, kind: kind}, count.compare)
		if !is {
			continue
		}
		c := &x.counts[i]
		c.done++
		for n := len(c.waits); n > 0 && c.waits[n-1].due == c.done; n-- {
			moment := c.waits[n-1].moment
			c.waits = c.waits[:n-1]
			x.list[moment].left, x.list[moment].due = 0, 0
			came = append(came, moment)
		}
	}
	slices.Sort(came[from:])
	return came
}

// Await begins to wait for a moment that ends a fault. Call it when that fault begins.
// It does nothing if the moment has come in this run, or is waited for already.
func (x *Moments) Await(i int) {
	m := &x.list[i]
	if m.left == 0 || m.due != 0 {
		return
	}
	c := &x.counts[m.count]
	m.due = c.done + m.left
	at, _ := slices.BinarySearchFunc(c.waits, wait{m.due, i}, wait.compare)
	c.waits = slices.Insert(c.waits, at, wait{m.due, i})
}

// StopAwaiting ends the wait for a moment that ends a fault. Call it when that fault is
// over. What was done meanwhile still counts when the fault begins again. It does
// nothing if the moment is not waited for.
func (x *Moments) StopAwaiting(i int) {
	m := &x.list[i]
	if m.due == 0 {
		return
	}
	c := &x.counts[m.count]
	at, _ := slices.BinarySearchFunc(c.waits, wait{m.due, i}, wait.compare)
	c.waits = slices.Delete(c.waits, at, at+1)
	m.left, m.due = m.due-c.done, 0
}
