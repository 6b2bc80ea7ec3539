package story

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/observe"
)

// renumber gives the actors other numbers: where a proposer has a greater number than
// the one before it, its first ballot is the higher one.
func (x *shrinker) renumber() error {
	n := x.best.s.Actors
	if x.fixed || n > 5 || len(x.best.s.Faults) > 0 {
		return nil
	}
	start, best := x.best, x.best
	for _, order := range permutations(n) {
		s := permuted(start.s, order)
		c := renumbered(start.s, start.schedule, func(a sim.ID) sim.ID {
			if a == 0 {
				return 0
			}
			return order[a-1]
		})
		h, ok, err := x.play(s, c)
		if err != nil {
			x.best = best
			return err
		}
		if !ok {
			continue
		}
		x.best = draft{s: s, schedule: h}
		err = x.groups()
		if err == nil {
			err = x.cut()
		}
		if x.best.smaller(&best) {
			best = x.best
		}
		if err != nil {
			x.best = best
			return err
		}
	}
	x.best = best
	return nil
}

// permuted is a scenario with other numbers for its actors.
func permuted(s *sim.Scenario, order []sim.ID) *sim.Scenario {
	c := *s
	if s.Members != nil {
		c.Members = make([]sim.ID, len(s.Members))
		for i, m := range s.Members {
			c.Members[i] = order[m-1]
		}
		slices.Sort(c.Members)
	}
	c.Network.Places = s.Network.Places.Renumbered(s.Actors, func(a uint16) uint16 { return uint16(order[a-1]) })
	c.Requests = slices.Clone(s.Requests)
	for i := range c.Requests {
		if a := &c.Requests[i].Actor; *a != 0 {
			*a = order[*a-1]
		}
	}
	return &c
}

// permutations are the orders of n actors, except the one that they have.
func permutations(n int) (out [][]sim.ID) {
	var grow func(order []sim.ID)
	grow = func(order []sim.ID) {
		if len(order) == n {
			if !slices.IsSorted(order) {
				out = append(out, slices.Clone(order))
			}
			return
		}
		for id := sim.ID(1); int(id) <= n; id++ {
			if !slices.Contains(order, id) {
				grow(append(order, id))
			}
		}
	}
	grow(nil)
	return out
}

// renumbered is a schedule with other numbers for the actors of its scenario. Steps
// and marks of an actor that becomes 0 are left out.
func renumbered(s *sim.Scenario, c *schedule, to func(sim.ID) sim.ID) *schedule {
	out := &schedule{given: c.given}
	move := func(k scheduler.Key, from, at bool) (scheduler.Key, bool) {
		if from && k.From() != 0 {
			a := to(sim.ID(k.From()))
			if a == 0 {
				return k, false
			}
			k = k.WithFrom(uint16(a))
		}
		if at && k.To() != 0 {
			a := to(sim.ID(k.To()))
			if a == 0 {
				return k, false
			}
			k = k.WithTo(uint16(a))
		}
		return k, true
	}
	for _, x := range c.steps {
		what := observe.WhatOf(x.name)
		var ok bool
		if x.name, ok = move(x.name, what == observe.Delivered, what != observe.FaultBegins && what != observe.FaultEnds); !ok {
			continue
		}
		if what == observe.Asked && s.ByChance {
			x.name = scheduler.MakeKey(x.name.What(), 0, 0, x.name.To(), uint32(x.name.To()-1))
		}
		var marks []mark
		for _, m := range x.marks {
			was := m.ask
			if m.ask, ok = move(m.ask, true, aboutLink(m.ask)); !ok {
				continue
			}
			if what := was.What(); what >= chance.Forger && what < chance.Protocol {
				if m.answer, ok = forgerBy(was, m.ask, m.answer, to); !ok {
					continue
				}
			}
			marks = append(marks, m)
		}
		x.marks = marks
		out.steps = append(out.steps, x)
	}
	return out
}

// aboutLink says whether a question is about a message from one actor to another.
func aboutLink(ask scheduler.Key) bool {
	what := ask.What()
	return what <= chance.Crash || what >= chance.Damaged && what < chance.Protocol
}

// forgerBy is the answer that names the same forger of a message under other numbers.
// An answer counts the actors without the sender.
func forgerBy(was, is scheduler.Key, answer uint32, to func(sim.ID) sim.ID) (uint32, bool) {
	as := sim.ID(1 + answer)
	if as >= sim.ID(was.From()) {
		as++
	}
	as = to(as)
	if as == 0 || as == sim.ID(is.From()) {
		return 0, false
	}
	if as > sim.ID(is.From()) {
		as--
	}
	return uint32(as - 1), as > 1
}
