package search

import (
	"cmp"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
)

// plain is what Pending does, done plainly: a list in the calm order.
type plain []plainEvent

type plainEvent struct {
	key   scheduler.Key
	tag   uint64
	slot  scheduler.Handle
	class Class
	until scheduler.Key
}

func (l plain) enabled() plain {
	return slices.DeleteFunc(slices.Clone(l), func(x plainEvent) bool { return x.class == Spent })
}

// What events are here.
const (
	delivered = iota + 1
	timedOut
	restarted
)

func isAlarm(k scheduler.Key) bool { return k.What() == timedOut }

// TestPendingIsPlain holds Pending, through 6 runs of random births, picks, taken
// back alarms and new tags, against a plain list: order, where an event is found, the
// highest tag, who races, and what is held back. The list is now of a chunk a class
// and now of many, some of which are given up in its middle.
func TestPendingIsPlain(t *testing.T) {
	const actors = 7
	seed, n := scheduler.NewSeed(1), scheduler.Key(0)
	below := func(k int) int {
		n++
		return int(scheduler.Scale(uint32(seed.Hash(n)>>32), uint32(k)))
	}
	var p Enabled
	d := newDice(1)
	chunks, dropped := 0, 0
	for run := range 6 {
		var want plain
		var free []scheduler.Handle // the slots that are given out next
		slots := scheduler.Handle(0)
		var recorded []Deferral
		p.Reset()
		alarms := true
		for step := range 12000 {
			for range below(2) + below(64)/63*below(40) + step%4000/3999*1000 { // on the whole as many as go, and now and then a flood
				x := plainEvent{tag: uint64(below(50)), class: Class(below(2))}
				what := uint8(delivered)
				if x.class == Late {
					what = []uint8{timedOut, restarted}[below(2)]
					if what == timedOut && !alarms {
						x.class = Spent
					}
				}
				if len(free) > 0 {
					x.slot, free = free[len(free)-1], free[:len(free)-1]
				} else {
					slots++
					x.slot = slots
				}
				x.key = scheduler.MakeKey(what, 0, 0, uint16(below(actors+1)), uint32(n&scheduler.MaxCount))
				i := len(want)
				for i > 0 && want[i-1].class > x.class {
					i--
				}
				want = slices.Insert(want, i, x)
				p.Add(x.key, x.tag, x.slot, x.class)
			}
			if step == 9000 {
				alarms = false
				p.Spend(isAlarm)
				for i := range want {
					if isAlarm(want[i].key) {
						want[i].class = Spent
					}
				}
				slices.SortStableFunc(want, func(a, b plainEvent) int { return cmp.Compare(a.class, b.class) })
			}
			chunks = max(chunks, len(p.chunks))
			all := want.enabled()
			if p.Len() != len(all) {
				t.Fatalf("run %d, step %d: %d are enabled, not %d", run, step, p.Len(), len(all))
			}
			if len(all) == 0 {
				continue
			}
			at := below(len(all))
			if p.Key(at) != all[at].key {
				t.Fatalf("run %d, step %d: at %d is %v, not %v", run, step, at, p.Key(at), all[at].key)
			}
			if run%2 == 0 { // some runs never ask for this
				best := 0
				for i := range all {
					if all[i].tag > all[best].tag {
						best = i
					}
				}
				if got, tag := p.Highest(); got != best || tag != all[best].tag {
					t.Fatalf("run %d, step %d: the highest is %d of %d, not %d of %d", run, step, got, tag, best, all[best].tag)
				}
				if below(2) == 0 {
					want[at].tag = uint64(below(50))
					p.Retag(at, want[at].tag)
				}
				if run > 0 && below(2) == 0 { // not in the first, which so has several of the highest tag
					c, i := p.find(at)
					plainly := d
					p.race(&c.events[i], &d)
					for i := range want {
						if x := &want[i]; x.class != Spent && i != at && x.key.To() == all[at].key.To() {
							x.tag = plainly.next()
						}
					}
					if d != plainly {
						t.Fatalf("run %d, step %d: others race with %v than should", run, step, all[at].key)
					}
				}
				if below(100) == 0 {
					for i := range want {
						if want[i].class != Spent {
							want[i].tag = uint64(want[i].key) % 50
						}
					}
					p.RetagAll(func(k scheduler.Key) uint64 { return uint64(k) % 50 })
				}
			}
			if below(64) == 0 {
				p.Record(at)
				for i := range at {
					want[i].until = want[at].key
				}
			}
			gone := below(len(want)) // also what is Spent can be taken back
			i := 0
			for x := range p.all(Spent) {
				if w := want[i]; x.key != w.key || x.slot != w.slot || x.tag != w.tag || p.deferredUntil(x.slot) != w.until {
					t.Fatalf("run %d, step %d: at %d of all is %v until %v, not %v until %v", run, step, i, x.key, p.deferredUntil(x.slot), w.key, w.until)
				}
				i++
			}
			for range p.all(Late) {
				i++
			}
			if i != len(want)+len(all) {
				t.Fatalf("run %d, step %d: %d wait, not %d", run, step, i-len(all), len(want))
			}
			for range min(1+step%4000/3000*2, len(want)) { // what is left of a flood goes down
				if below(8) == 0 {
					continue
				}
				gone = min(gone, len(want)-1)
				x := want[gone]
				if p.Find(x.slot) != gone {
					t.Fatalf("run %d, step %d: event %d is found at %d", run, step, gone, p.Find(x.slot))
				}
				was := len(p.chunks)
				if p.Take(gone) != x.slot {
					t.Fatalf("run %d, step %d: another is taken than event %d", run, step, gone)
				}
				if len(p.chunks) < was {
					dropped++
				}
				if x.until != 0 {
					recorded = append(recorded, Deferral{x.key, x.until})
				}
				free = append(free, x.slot)
				want = slices.Delete(want, gone, gone+1)
			}
		}
		for _, x := range want {
			if x.until != 0 {
				recorded = append(recorded, Deferral{x.key, x.until})
			}
		}
		if got := p.Recorded(); !slices.Equal(got, recorded) {
			t.Fatalf("run %d: %d are recorded as held back, not %d, or others", run, len(got), len(recorded))
		}
	}
	if chunks < 20 || dropped < 100 {
		t.Errorf("at most %d chunks, and %d were given up", chunks, dropped)
	}
}
