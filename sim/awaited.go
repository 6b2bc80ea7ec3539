package sim

import (
	"cmp"
	"slices"
)

// awaited is a moment that is waited for.
type awaited struct {
	*Moment
	fault int
	ends  bool // the fault is over then; else it begins
	count int  // by which of the counts it comes
	left  int  // how often it must still be done once it is waited for; 0: it has come
	due   int  // what the count must come to, while it is waited for; else 0
}

// count is how often something has been done, and the moments that wait for that. A
// thousand moments may wait for one thing, and it may be done a million times: so
// only the moment that comes next is looked at.
type count struct {
	who   ID // 0: anybody
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

// await notes the moments of a scenario.
func (f *faults) await(s *Scenario) {
	for i := range s.Faults {
		x := &s.Faults[i]
		for j, m := range []*Moment{x.When, x.UntilWhen} {
			if m == nil {
				continue
			}
			f.moments = append(f.moments, awaited{Moment: m, fault: i, ends: j == 1})
			f.counts = append(f.counts, count{who: m.Who, does: m.Does, kind: m.Kind})
			if j == 1 {
				f.list[i].until = len(f.moments)
			}
		}
	}
	slices.SortFunc(f.counts, count.compare)
	f.counts = slices.CompactFunc(f.counts, func(a, b count) bool { return a.compare(b) == 0 })
	for i := range f.moments {
		m := &f.moments[i]
		m.count, _ = slices.BinarySearchFunc(f.counts, count{who: m.Who, does: m.Does, kind: m.Kind}, count.compare)
		if c := &f.counts[m.count]; !m.ends {
			c.first = append(c.first, wait{m.times(s), i})
		}
	}
	for i := range f.counts {
		slices.SortFunc(f.counts[i].first, wait.compare)
	}
}

// times is how often what a moment is about must be done.
func (m *Moment) times(s *Scenario) int {
	if m.Most {
		return s.Actors/2 + 1
	}
	if m.Quorum {
		return s.quorumFor(m.Does, m.Kind)
	}
	return max(m.Times, 1)
}

// awaitAnew makes all moments ones that have not come, at the start of a run.
func (f *faults) awaitAnew(s *Scenario) {
	for i := range f.counts {
		c := &f.counts[i]
		c.done, c.waits = 0, append(c.waits[:0], c.first...)
	}
	for i := range f.moments {
		f.moments[i].left, f.moments[i].due = f.moments[i].times(s), 0
	}
}

// done counts that an actor has done something, and adds the moments that come by
// that to a list, in the order of the file.
func (f *faults) done(who ID, does Doing, kind uint8, came []int) []int {
	from := len(came)
	for _, who := range [...]ID{0, who} {
		i, is := slices.BinarySearchFunc(f.counts, count{who: who, does: does, kind: kind}, count.compare)
		if !is {
			continue
		}
		c := &f.counts[i]
		c.done++
		for n := len(c.waits); n > 0 && c.waits[n-1].due == c.done; n-- {
			moment := c.waits[n-1].moment
			c.waits = c.waits[:n-1]
			f.moments[moment].left, f.moments[moment].due = 0, 0
			came = append(came, moment)
		}
	}
	slices.Sort(came[from:])
	return came
}

// awaitEnd begins to wait for the moment that ends a fault, since that begins.
func (f *faults) awaitEnd(fault int) {
	i := f.list[fault].until - 1
	if i < 0 {
		return
	}
	m := &f.moments[i]
	if m.left == 0 || m.due != 0 {
		return
	}
	c := &f.counts[m.count]
	m.due = c.done + m.left
	at, _ := slices.BinarySearchFunc(c.waits, wait{m.due, i}, wait.compare)
	c.waits = slices.Insert(c.waits, at, wait{m.due, i})
}

// leaveEnd ends that, since the fault is over. What was done counts if it begins again.
func (f *faults) leaveEnd(fault int) {
	i := f.list[fault].until - 1
	if i < 0 {
		return
	}
	m := &f.moments[i]
	if m.due == 0 {
		return
	}
	c := &f.counts[m.count]
	at, _ := slices.BinarySearchFunc(c.waits, wait{m.due, i}, wait.compare)
	c.waits = slices.Delete(c.waits, at, at+1)
	m.left, m.due = m.due-c.done, 0
}
