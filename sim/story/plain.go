package story

import (
	"math"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// candidate is a scenario in which a find may be played, and its schedule there.
type candidate struct {
	s *sim.Scenario
	c *schedule
}

// candidates are the scenarios in which a find may be played as a schedule, the
// plainest first. Whom a client asks is as the schedule has it.
func candidates(s *sim.Scenario, c *schedule, invariant string, fixed bool) []candidate {
	opened := open(s)
	if fixed {
		return []candidate{{opened, c}}
	}
	watched := *opened
	watched.Invariants = []string{invariant}
	if invariant == sim.PanicInvariant {
		watched.Invariants = s.Invariants
	}
	calm := watched
	calm.Network = weather.Network{Duplicate: watched.Network.Duplicate, Forge: s.Network.Forge}
	calm.Until, calm.Periods, calm.Core, calm.SpareQuorum, calm.Outside = 0, nil, nil, false, nil
	calm.Limits = sim.Limits{}
	calm.Crashes = faults.Crashes{Chance: hardly, DownMin: 1, DownMax: 1}
	scripted := calm
	if s.ByChance {
		scripted.ByChance, scripted.Requests = false, nil
		for id := sim.ID(1); int(id) <= s.Actors; id++ {
			scripted.Requests = append(scripted.Requests, sim.ScriptedRequest{Actor: id})
		}
	} else {
		scripted.Requests = slices.Clone(s.Requests)
		for i := range scripted.Requests {
			r := &scripted.Requests[i]
			if r.At, r.Spread = 0, nil; r.Actor == 0 {
				r.Actor = sim.ID(1 + c.given[picks(i)])
			}
		}
	}
	if leader := c.leader(s); leader != 0 {
		scripted.Requests = append(scripted.Requests, sim.ScriptedRequest{Actor: leader})
	}
	asked := c.answering(&scripted)
	unhindered, listed := withoutFaults(&scripted, asked, func(i int) bool { return s.Faults[i].Family() != faults.FamilyDown })
	return []candidate{{unhindered, listed.proposing(s)}, {unhindered, listed}, {&scripted, asked}, {&calm, c}, {&watched, c}, {opened, c}}
}

// proposing is the schedule in which a client asks only where the actor begins with it.
// Where chance says when actors propose, they wait for an alarm first.
func (s *schedule) proposing(of *sim.Scenario) *schedule {
	if !of.ByChance {
		return s
	}
	begins := map[int]step{} // by the step in which the client asks: the one in which its actor begins
	for _, x := range s.steps {
		if _, ok := begins[x.cause]; !ok && observe.WhatOf(x.name) == observe.TimedOut && x.cause != 0 {
			begins[x.cause] = x
		}
	}
	asks := map[int]step{} // the other way round
	for _, x := range s.steps {
		if observe.WhatOf(x.name) == observe.Asked && int(x.name.Count()) < of.Actors {
			if b, ok := begins[x.id]; ok {
				asks[b.id] = x
			}
		}
	}
	return s.without(func(_ int, x *step) bool {
		b, ok := begins[x.id]
		return ok && asks[b.id].id == x.id
	}).edited(func(_ int, x *step) {
		if a, ok := asks[x.id]; ok {
			x.name, x.cause = a.name, a.cause
		}
	})
}

// withoutFaults is a scenario without some of its faults, and a schedule without the
// steps in which they begin and end. What others by chance do is no longer answered.
func withoutFaults(s *sim.Scenario, c *schedule, out func(i int) bool) (*sim.Scenario, *schedule) {
	less, number := *s, make([]int, len(s.Faults))
	less.Faults = nil
	for i := range s.Faults {
		if number[i] = len(less.Faults); !out(i) {
			less.Faults = append(less.Faults, s.Faults[i])
		}
	}
	is := func(st *step) bool {
		what := observe.WhatOf(st.name)
		return what == observe.FaultBegins || what == observe.FaultEnds
	}
	c = c.without(func(_ int, st *step) bool { return is(st) && out(int(st.name.Count())) }).edited(func(_ int, st *step) {
		if is(st) {
			st.name = scheduler.MakeKey(st.name.What(), 0, 0, 0, uint32(number[st.name.Count()]))
		}
	})
	c.given = kept(c.given, func(k key) bool { return k.What() == chance.Pick })
	return &less, c
}

// kept are some of the answers; nil: none.
func kept(given map[key]uint32, is func(key) bool) map[key]uint32 {
	var out map[key]uint32
	for _, k := range sortedKeys(given) {
		if is(k) {
			if out == nil {
				out = map[key]uint32{}
			}
			out[k] = given[k]
		}
	}
	return out
}

// leader is the actor that is asked when the weather has calmed for a core; 0: nobody is.
func (s *schedule) leader(of *sim.Scenario) sim.ID {
	n := len(of.Requests)
	if of.ByChance {
		n += of.Actors
	}
	for _, st := range s.steps {
		if observe.WhatOf(st.name) == observe.Asked && int(st.name.Count()) == n {
			return sim.ID(st.name.To())
		}
	}
	return 0
}

// picks is the question whom the client of a request asks.
func picks(request int) key { return scheduler.MakeKey(chance.Pick, 0, 0, 0, uint32(request+1)) }

// asksAt is the question how much later than its earliest time the client of a request
// asks.
func asksAt(request int) key { return scheduler.MakeKey(chance.When, 0, 0, 0, uint32(request+1)) }

// answering is the schedule without the answers that nobody asks for in a scenario: whom
// a client asks whose actor is named, and when one asks whose time is.
func (s *schedule) answering(x *sim.Scenario) *schedule {
	c := *s
	c.given = kept(s.given, func(k key) bool {
		i := int(k.Count()) - 1
		if k.What() == chance.When {
			return i < len(x.Requests) && x.Requests[i].Spread != nil
		}
		return k.What() != chance.Pick || i >= len(x.Requests) || x.Requests[i].Actor == 0
	})
	return &c
}

// open is a scenario in which the faults are possible that a step may be marked with.
func open(s *sim.Scenario) *sim.Scenario {
	c := *s
	c.Network.Duplicate = max(c.Network.Duplicate, hardly)
	c.Crashes.Chance = max(c.Crashes.Chance, hardly)
	return &c
}

// weight is how much a scenario says beyond what every scenario does: the fewer
// settings are other than usual the better.
func weight(s *sim.Scenario) (n int) {
	for i, x := range s.Protocol.Settings() {
		if s.Settings != nil && s.Settings[i] != x.Default {
			n += 1 + bits(s.Settings[i])
		}
	}
	n += len(s.Requests) + 2*len(s.Faults) + len(s.Quorums) + len(s.Periods)
	if s.Disk.Sync != 0 {
		n += 1 + bits(int64(s.Disk.Sync))
	}
	if s.Network.Forge != 0 {
		n++
	}
	return n
}

// bits is how large a number is: half of it has one less.
func bits(v int64) (n int) {
	if v == sim.Auto || v == math.MinInt64 {
		return 0
	}
	if v < 0 {
		v = -v
	}
	for ; v != 0; v /= 2 {
		n++
	}
	return n
}

// scenarios makes the scenario plainer: faults that nobody needs, requests that nobody
// makes, settings that are other than usual.
func (x *shrinker) scenarios() error {
	if x.fixed {
		return nil
	}
	with := func(edit func(s *sim.Scenario)) error {
		s := *x.best.s
		edit(&s)
		_, err := x.try(&s, x.best.schedule)
		return err
	}
	if x.best.s.Disk.Sync != 0 {
		if err := with(func(s *sim.Scenario) { s.Disk.Sync = 0 }); err != nil {
			return err
		}
	}
	if x.best.s.Network.Forge != 0 {
		if err := with(func(s *sim.Scenario) { s.Network.Forge = 0 }); err != nil {
			return err
		}
	}
	for i := len(x.best.s.Requests) - 1; i >= 0; i-- {
		if _, err := x.withoutRequest(i); err != nil {
			return err
		}
	}
	for i := len(x.best.s.Faults) - 1; i >= 0; i-- {
		if err := x.withoutFault(i); err != nil {
			return err
		}
	}
	for i := range x.best.s.Quorums {
		if i >= len(x.best.s.Quorums) {
			break
		}
		if err := with(func(s *sim.Scenario) { s.Quorums = slices.Delete(slices.Clone(s.Quorums), i, i+1) }); err != nil {
			return err
		}
	}
	return plainerSettings(func() *sim.Scenario { return x.best.s }, with)
}

// plainerSettings tries plainer values for each setting of the scenario that now gives,
// which changes as tries are kept.
func plainerSettings(now func() *sim.Scenario, with func(edit func(*sim.Scenario)) error) error {
	if now().Settings == nil {
		return nil
	}
	for i, setting := range now().Protocol.Settings() {
		for _, v := range plainer(now().Settings[i], &setting) {
			if err := with(func(s *sim.Scenario) {
				s.Settings = slices.Clone(s.Settings)
				s.Settings[i] = v
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// plainer are the values that a setting may have instead, the plainest first.
func plainer(v int64, s *sim.Setting) []int64 {
	if v == s.Default {
		return nil
	}
	out := []int64{s.Default}
	if s.Kind == sim.Word || s.Kind == sim.Bool || v == sim.Auto {
		return out
	}
	for half := int64(0); half < v; half = half + max(1, (v-half)/2) {
		if half >= s.Min {
			out = append(out, half)
		}
	}
	return out
}

// withoutRequest leaves out a request and the steps in which it is made; or another of
// the same actor is made in its place, once more after a crash.
func (x *shrinker) withoutRequest(i int) (bool, error) {
	s := *x.best.s
	s.Requests = slices.Delete(slices.Clone(s.Requests), i, i+1)
	first := 0
	if s.ByChance {
		first = s.Actors
	}
	at := uint32(first + i)
	is := func(st *step) bool { return observe.WhatOf(st.name) == observe.Asked }
	of := func(to int) *schedule { // the place of the other; -1: none
		c := x.best.without(func(_ int, st *step) bool { return to < 0 && is(st) && st.name.Count() == at })
		for j := range c.steps {
			switch st := &c.steps[j]; {
			case !is(st):
				continue
			case st.name.Count() == at:
				st.name += scheduler.Key(uint32(first+to)) - scheduler.Key(at)
				fallthrough
			default:
				if st.name.Count() > at {
					st.name--
				}
			}
		}
		return c
	}
	if ok, err := x.try(&s, of(-1)); ok || err != nil {
		return ok, err
	}
	for to := range x.best.s.Requests {
		if to == i || x.best.s.Requests[to].Actor != x.best.s.Requests[i].Actor {
			continue
		}
		if ok, err := x.try(&s, of(to)); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// withoutFault leaves out a fault and the steps in which it begins and ends.
func (x *shrinker) withoutFault(i int) error {
	s, c := withoutFaults(x.best.s, x.best.schedule, func(j int) bool { return i == j })
	_, err := x.try(s, c)
	return err
}
