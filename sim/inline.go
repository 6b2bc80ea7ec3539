package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/weather"
)

// inlined is called by nobody. The code of [World] is generic, so it is compiled in the
// package of the protocol that it is made for. There the compiler knows few bodies of
// functions of other packages: those that this package has inlined itself, in code that is
// not generic. Here it does so with all that is small and on the way of a message. Without
// it the searched engine takes 3 % more instructions an event.
//
//nolint:unused // the compiler alone uses it
func inlined(s *ids.Set, d *chance.Door, o *weather.Odds, q *search.Enabled, k scheduler.Key) {
	s.Has(s.Next(0))
	s.Len()
	d.Flip(k, 1)
	d.Pick(k, 1)
	d.Choose(k, nil)
	d.Ask(k, 1, 1)
	o.Smooth(uint64(k))
	o.LosesCopy(d, k, 1)
	o.Delay(d, k)
	o.Fate(d, k)
	q.Find(0)
	q.Key(0)
	q.Len()
	q.Add(k, 0, 0, search.Early)
	q.Take(0)
	for range q.Each(true) {
		q.Reset()
	}
	_ = observe.WhatOf(k).Waits()
	var h search.Deferred
	h.Reset(nil)
	h.Release(k)
	h.Next(&q.Pending)
	h.Void()
}
