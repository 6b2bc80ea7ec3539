package story

import (
	"errors"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// passes makes a draft that keeps the clock as small as it gets. Its end at the limit on
// events is none.
func (x *shrinker) passes() error {
	passes := []func() error{x.plainer, x.calmer, x.fewerByClock, x.two, x.lower}
	if x.fixed {
		passes = []func() error{x.calmer, x.two, x.lower}
	}
	for {
		before := x.timed
		for _, pass := range passes {
			if err := pass(); err != nil {
				if errors.Is(err, errCapped) {
					return nil
				}
				return err
			}
		}
		if !x.timed.smaller(&before) {
			return nil
		}
	}
}

// plainly are what a scenario may go without, one by one.
var plainly = []func(s *sim.Scenario){
	func(s *sim.Scenario) { s.Periods = nil },
	func(s *sim.Scenario) { s.Core, s.SpareQuorum = nil, false },
	func(s *sim.Scenario) { s.Until = 0 },
	func(s *sim.Scenario) { s.Network.Loss = 0 },
	func(s *sim.Scenario) { s.Network.Duplicate, s.Network.Copies = 0, 0 },
	func(s *sim.Scenario) { s.Network.Corrupt = 0 },
	func(s *sim.Scenario) { s.Network.Forge = 0 },
	func(s *sim.Scenario) { s.Network.Bias = 0 },
	func(s *sim.Scenario) { s.Network.Places = nil },
	func(s *sim.Scenario) { s.Network.FIFO = false },
	func(s *sim.Scenario) { s.Network.Capacity, s.Network.EvictOldest = 0, false },
	func(s *sim.Scenario) {
		s.Network = weather.Network{DelayMin: s.Network.DelayMin, DelayMax: s.Network.DelayMax}
	},
	func(s *sim.Scenario) { s.Crashes = faults.Crashes{} },
	func(s *sim.Scenario) { s.Disk.Sync = 0 },
	func(s *sim.Scenario) { s.Limits = sim.Limits{} },
	func(s *sim.Scenario) { s.Outside = nil },
}

// plainer makes the scenario plainer: what it can go without is left out.
func (x *shrinker) plainer() error {
	with := func(edit func(s *sim.Scenario)) error {
		s := *x.timed.s
		edit(&s)
		_, err := x.less(&s, x.timed.given)
		return err
	}
	edits := slices.Clone(plainly)
	if x.breaks.Invariant != sim.PanicInvariant {
		edits = append(edits, func(s *sim.Scenario) { s.Invariants = []string{x.breaks.Invariant} })
	}
	for i, r := range x.timed.s.Requests {
		if r.Spread != nil {
			at := r.At + sim.Time(x.timed.given[asksAt(i)])
			edits = append(edits, func(s *sim.Scenario) {
				s.Requests = slices.Clone(s.Requests)
				s.Requests[i].At, s.Requests[i].Spread = at, nil
			})
		}
		if r.Actor == 0 {
			actor := sim.ID(1 + x.timed.given[picks(i)])
			edits = append(edits, func(s *sim.Scenario) {
				s.Requests = slices.Clone(s.Requests)
				s.Requests[i].Actor = actor
			})
		}
	}
	for _, edit := range edits {
		if err := with(edit); err != nil {
			return err
		}
	}
	for i := len(x.timed.s.Requests) - 1; i >= 0; i-- {
		s := *x.timed.s
		s.Requests = slices.Delete(slices.Clone(s.Requests), i, i+1)
		if err := x.lessOrEarlier(&s, x.timed.given); err != nil {
			return err
		}
	}
	for i := len(x.timed.s.Faults) - 1; i >= 0; i-- {
		if err := with(func(s *sim.Scenario) { s.Faults = slices.Delete(slices.Clone(s.Faults), i, i+1) }); err != nil {
			return err
		}
	}
	for i := len(x.timed.s.Quorums) - 1; i >= 0; i-- {
		if err := with(func(s *sim.Scenario) { s.Quorums = slices.Delete(slices.Clone(s.Quorums), i, i+1) }); err != nil {
			return err
		}
	}
	return plainerSettings(func() *sim.Scenario { return x.timed.s }, with)
}

// calmer lets less go wrong: all questions of a kind, then ever fewer in the order in
// which they are asked, from the end on.
func (x *shrinker) calmer() error {
	var kinds []uint8
	for _, k := range x.timed.order {
		if !slices.Contains(kinds, k.What()) {
			kinds = append(kinds, k.What())
		}
	}
	for _, what := range kinds {
		if _, err := x.less(x.timed.s, x.timed.without(func(_ int, k key) bool { return k.What() == what })); err != nil {
			return err
		}
	}
	for size := max(1, len(x.timed.order)/2); size > 0; size /= 2 {
		for end := len(x.timed.order); end > 0; {
			from := max(0, end-size)
			if _, err := x.less(x.timed.s, x.timed.without(func(i int, _ key) bool { return i >= from && i < end })); err != nil {
				return err
			}
			end = min(from, len(x.timed.order))
		}
	}
	return nil
}

// fewerByClock takes out actors and members.
func (x *shrinker) fewerByClock() error {
	for id := sim.ID(x.timed.s.Actors); id > 0; id-- {
		s, ok := withoutActor(x.timed.s, id)
		if !ok {
			continue
		}
		s.Requests = slices.Clone(x.timed.s.Requests)
		s.Requests = slices.DeleteFunc(s.Requests, func(r sim.ScriptedRequest) bool { return r.Actor == id })
		to := func(a sim.ID) sim.ID {
			switch {
			case a > id:
				return a - 1
			case a == id:
				return 0
			}
			return a
		}
		for i := range s.Requests {
			if a := &s.Requests[i].Actor; *a != 0 {
				*a = to(*a)
			}
		}
		if err := x.lessOrEarlier(s, rekeyed(x.timed.given, to)); err != nil {
			return err
		}
	}
	for _, id := range members(x.timed.s) {
		s := *x.timed.s
		s.Members = slices.DeleteFunc(members(&s), func(m sim.ID) bool { return m == id })
		if len(s.Members) < leastMembers {
			break
		}
		if _, err := x.less(&s, x.timed.given); err != nil {
			return err
		}
	}
	return nil
}

// lessOrEarlier plays a draft in which somebody does less. Then what an actor does for
// the third time it may do for the second, so that is tried too.
func (x *shrinker) lessOrEarlier(s *sim.Scenario, given map[key]uint32) error {
	ok, err := x.less(s, given)
	if ok || err != nil {
		return err
	}
	type asker struct {
		what, kind uint8
		from       uint16
	}
	var askers []asker
	for _, k := range sortedKeys(given) {
		if a := (asker{k.What(), k.Kind(), k.From()}); k.Count() > 1 && !slices.Contains(askers, a) {
			askers = append(askers, a)
		}
	}
	earlier := func(is func(asker) bool) map[key]uint32 {
		out := map[key]uint32{}
		for _, k := range sortedKeys(given) {
			a := given[k]
			if k.Count() > 1 && is(asker{k.What(), k.Kind(), k.From()}) {
				k--
			}
			out[k] = a
		}
		return out
	}
	for i := -1; i < len(askers); i++ {
		if ok, err := x.less(s, earlier(func(a asker) bool { return i < 0 || a == askers[i] })); ok || err != nil {
			return err
		}
	}
	return nil
}

// manyAnswers are too many to try any two of them.
const manyAnswers = 64

// two lets any two answers be calm at once.
func (x *shrinker) two() error {
	for i := len(x.timed.order) - 1; i > 0 && len(x.timed.order) <= manyAnswers; i-- {
		for j := min(i, len(x.timed.order)) - 1; j >= 0 && i < len(x.timed.order); j-- {
			if _, err := x.less(x.timed.s, x.timed.without(func(n int, _ key) bool { return n == i || n == j })); err != nil {
				return err
			}
		}
	}
	return nil
}

// lower lets each number fall as far as it can.
func (x *shrinker) lower() error {
	for i := 0; i < len(x.timed.order); i++ {
		k := x.timed.order[i]
		err := x.fall(int64(x.timed.given[k]), 0, func(v int64) (bool, error) {
			given := x.timed.without(func(_ int, other key) bool { return other == k })
			given[k] = uint32(v)
			return x.less(x.timed.s, given)
		})
		if err != nil {
			return err
		}
	}
	if x.fixed {
		return nil
	}
	for i := range numbers(x.timed.s) {
		n := numbers(x.timed.s)[i]
		err := x.fall(*n.at, n.least, func(v int64) (bool, error) {
			s := owned(x.timed.s)
			*numbers(s)[i].at = v
			return x.less(s, x.timed.given)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// fall looks for the least value that a number can have: it falls by ever smaller steps.
func (x *shrinker) fall(v, least int64, try func(int64) (bool, error)) error {
	if v >= int64(forever) {
		return nil
	}
	for step := v - least; step > 0; step /= 2 {
		for v-step >= least {
			ok, err := try(v - step)
			if err != nil {
				return err
			}
			if !ok {
				break
			}
			v -= step
		}
	}
	return nil
}

// forever is the time that never comes.
const forever = faults.Forever

// number is a number of a scenario that may fall, in ticks.
type number struct {
	at    *int64
	least int64
}

// numbers are those of a scenario, always in the same order. To change one, own the
// scenario first.
func numbers(s *sim.Scenario) (list []number) {
	add := func(t *sim.Time, least sim.Time) { list = append(list, number{(*int64)(t), int64(least)}) }
	add(&s.Network.DelayMax, s.Network.DelayMin)
	add(&s.Network.DelayMin, min(1, s.Network.DelayMin))
	add(&s.Network.Bias, 0)
	add(&s.Disk.Sync, 0)
	add(&s.Crashes.DownMax, s.Crashes.DownMin)
	add(&s.Crashes.DownMin, 0)
	add(&s.Until, 0)
	for i := range s.Requests {
		add(&s.Requests[i].At, 0)
	}
	for i := range s.Faults {
		f := &s.Faults[i]
		add(&f.At, 0)
		add(&f.Until, 0)
		if f.For != nil {
			add(&f.For.Max, f.For.Min)
			add(&f.For.Min, 0)
		}
	}
	return list
}

// owned is a copy of a scenario that shares no number with it.
func owned(s *sim.Scenario) *sim.Scenario {
	c := *s
	c.Requests = slices.Clone(s.Requests)
	c.Faults = slices.Clone(s.Faults)
	for i := range c.Faults {
		if f := &c.Faults[i]; f.For != nil {
			d := *f.For
			f.For = &d
		}
	}
	return &c
}

// things is how much a scenario has that others go without.
func things(s *sim.Scenario) (n int) {
	for _, is := range []bool{
		s.Network.Loss != 0, s.Network.Duplicate != 0, s.Network.Copies != 0, s.Network.Corrupt != 0, s.Network.Forge != 0, s.Network.Bias != 0,
		s.Network.Places != nil, s.Network.FIFO, s.Network.Capacity != 0, s.Network.EvictOldest, s.Network.Shape.Model != 0, s.Crashes != (faults.Crashes{}),
		s.Until != 0, s.Core != nil, s.SpareQuorum, s.ByChance, s.Limits != (sim.Limits{}), s.Outside != nil, len(s.Invariants) != 1, s.Disk.Sync != 0,
	} {
		n += boolToInt(is)
	}
	for i, x := range s.Protocol.Settings() {
		n += boolToInt(s.Settings != nil && s.Settings[i] != x.Default)
	}
	for _, r := range s.Requests {
		n += 1 + boolToInt(r.Actor == 0) + boolToInt(r.Spread != nil)
	}
	return n + 2*len(s.Faults) + len(s.Quorums) + len(s.Periods)
}

// sizes is how large the numbers of a scenario are.
func sizes(s *sim.Scenario) (n int) {
	for _, x := range numbers(s) {
		n += magnitude(*x.at)
	}
	for i, x := range s.Protocol.Settings() {
		if s.Settings != nil && s.Settings[i] != x.Default {
			n += magnitude(max(0, s.Settings[i]))
		}
	}
	return n
}

// magnitude is a number, and no more than many.
func magnitude(v int64) int { return int(min(v, 1<<30)) }
