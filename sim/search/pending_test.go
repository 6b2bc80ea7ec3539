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
// back alarms and new tags, against a plain list: order, highest tag, who races,
// and what is held back. Places are given out anew on the way.
func TestPendingIsPlain(t *testing.T) {
	const actors = 7
	seed, n := scheduler.NewSeed(1), scheduler.Key(0)
	below := func(k int) int {
		n++
		return int(scheduler.Scale(uint32(seed.Hash(n)>>32), uint32(k)))
	}
	var p Enabled
	renumbered := 0
	for run := range 6 {
		var want plain
		p.Reset(actors)
		alarms := true
		for step := range 12000 {
			for range below(2) + below(64)/63*below(40) { // on the whole as many as go
				x := plainEvent{tag: uint64(below(50)), slot: scheduler.Handle(step), class: Class(below(2))}
				what := uint8(delivered)
				if x.class == Late {
					what = []uint8{timedOut, restarted}[below(2)]
					if what == timedOut && !alarms {
						x.class = Spent
					}
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
			if p.Crowded() {
				renumbered++
				p.Renumber(func(slot scheduler.Handle, to Position) {
					if p.list[to].slot != slot {
						t.Fatalf("run %d: event %d is told another's place", run, slot)
					}
				})
			}
			all := want.enabled()
			if p.Len() != len(all) {
				t.Fatalf("run %d, step %d: %d are enabled, not %d", run, step, p.Len(), len(all))
			}
			if len(all) == 0 {
				continue
			}
			at := below(len(all))
			if place := p.Nth(at); p.Key(place) != all[at].key || !p.Waits(place) {
				t.Fatalf("run %d, step %d: at %d is %v, not %v", run, step, at, p.Key(place), all[at].key)
			}
			if run%2 == 0 { // some runs never ask for this
				best := 0
				for i := range all {
					if all[i].tag > all[best].tag {
						best = i
					}
				}
				if got := p.Highest(); p.Key(got.Position) != all[best].key || got.Tag != all[best].tag {
					t.Fatalf("run %d, step %d: the highest is %v of %d, not %v of %d", run, step, p.Key(got.Position), got.Tag, all[best].key, all[best].tag)
				}
				racing := p.Racing(p.Nth(at))
				for i := range want {
					if x := &want[i]; x.class != Spent && x.key.To() == all[at].key.To() {
						if len(racing) == 0 || p.Key(racing[0].Position) != x.key || racing[0].Tag != x.tag {
							t.Fatalf("run %d, step %d: others race with %v than should", run, step, all[at].key)
						}
						x.tag = uint64(below(50))
						racing[0].Tag = x.tag
						racing = racing[1:]
					}
				}
				if len(racing) != 0 {
					t.Fatalf("run %d, step %d: %d race too many", run, step, len(racing))
				}
			}
			if below(4) == 0 {
				p.deferUntil(p.Nth(at), 7)
				want[slices.IndexFunc(want, func(x plainEvent) bool { return x.key == all[at].key })].until = 7
			}
			gone := below(len(want)) // also what is Spent can be taken back
			i := 0
			for place := range p.all(Spent) {
				if p.Key(place) != want[i].key || p.deferredUntil(place) != want[i].until {
					t.Fatalf("run %d, step %d: at %d of all is %v until %v, not %v until %v", run, step, i, p.Key(place), p.deferredUntil(place), want[i].key, want[i].until)
				}
				if i == gone && below(8) > 0 {
					p.Take(place)
					want = slices.Delete(want, i, i+1)
					break
				}
				i++
			}
		}
	}
	if renumbered < 6 {
		t.Errorf("places were given out anew %d times", renumbered)
	}
}
