package story

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// handOver lets another actor do what one began to do for the second time: after a
// crash, a refusal or an alarm. The other is asked by a client instead, so all that it
// took to begin again may go. Where the scenario is fixed the other must have a request in
// it, and the story must get shorter: else it would only tell of others than the find.
func (x *shrinker) handOver() error {
	if x.best.s.ByChance {
		return nil
	}
	start, best := x.best, x.best
	for i := range start.steps {
		first := &start.steps[i]
		switch observe.WhatOf(first.name) {
		case observe.Asked, observe.TimedOut, observe.Restarted, observe.Delivered:
		default:
			continue
		}
		for b := sim.ID(1); int(b) <= start.s.Actors; b++ {
			a := sim.ID(first.name.To())
			if a == b && observe.WhatOf(first.name) != observe.TimedOut || a != b && start.asks(b) {
				continue
			}
			s, n := withRequest(start.s, b)
			if x.fixed && s != start.s {
				continue // nobody asks that actor
			}
			c := start.handedOver(i, a, b)
			c.steps[i].name = scheduler.MakeKey(uint8(observe.Asked)<<2, 0, 0, uint16(b), n)
			c.steps[i].cause, c.steps[i].marks = 0, nil
			c = c.without(func(j int, st *step) bool { return j != i && st.name == c.steps[i].name })
			h, ok, err := x.play(s, c)
			if err != nil {
				x.best = best
				return err
			}
			if !ok {
				continue
			}
			x.best = draft{s: s, schedule: h}
			err = x.cut()
			if x.best.smaller(&best) && (!x.fixed || x.best.size() < best.size()) {
				best = x.best
			}
			if err != nil {
				x.best = best
				return err
			}
		}
	}
	x.best = best
	return nil
}

// asks says whether a client asks an actor.
func (s *schedule) asks(id sim.ID) bool {
	return slices.ContainsFunc(s.steps, func(x step) bool {
		return observe.WhatOf(x.name) == observe.Asked && sim.ID(x.name.To()) == id
	})
}

// withRequest is a scenario in which an actor has a request, and which one that is.
func withRequest(s *sim.Scenario, id sim.ID) (*sim.Scenario, uint32) {
	if i := slices.IndexFunc(s.Requests, func(r sim.ScriptedRequest) bool { return r.Actor == id }); i >= 0 {
		return s, uint32(i)
	}
	c := *s
	c.Requests = append(slices.Clone(s.Requests), sim.ScriptedRequest{Actor: id})
	return &c, uint32(len(s.Requests))
}

// handedOver is the schedule in which an actor does what follows from a step in
// another's place: it sends what the other would have sent, and gets the answers.
func (s *schedule) handedOver(i int, from, to sim.ID) *schedule {
	depth := map[int]int{s.steps[i].id: 0} // by step: how many steps after the first
	return s.edited(func(j int, x *step) {
		if j <= i {
			return
		}
		before, follows := depth[x.cause]
		if !follows {
			return
		}
		depth[x.id] = before + 1
		sends := before%2 == 0
		switch {
		case observe.WhatOf(x.name) != observe.Delivered:
		case sends && sim.ID(x.name.From()) == from:
			x.name = x.name.WithFrom(uint16(to))
		case !sends && sim.ID(x.name.To()) == from:
			x.name = x.name.WithTo(uint16(to))
		}
	})
}
