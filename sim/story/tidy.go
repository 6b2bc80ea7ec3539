package story

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/observe"
)

// The passes that make a story no shorter, and easier to read.

// copyOf is which copy of a message arrives in a step: 0 the message itself.
func (x *step) copyOf() uint8 {
	if observe.WhatOf(x.name) != observe.Delivered {
		return 0
	}
	return x.name.What() & 3
}

// original is the name of a step with another copy of its message.
func (x *step) original(copy uint8) scheduler.Key {
	return x.name.WithWhat(x.name.What()&^3 | copy)
}

// originals lets the message itself arrive first, and a copy of it only after that. It
// is tried even where the limit is reached: a line cannot tell a copy that comes first.
func (x *shrinker) originals() error {
	type message struct {
		name  scheduler.Key
		cause int
	}
	arrived := map[message][]uint8{} // the copies in the order in which they arrive
	for i := range x.best.steps {
		st := &x.best.steps[i]
		m := message{st.original(0), st.cause}
		if observe.WhatOf(st.name) == observe.Delivered && !slices.Contains(arrived[m], st.copyOf()) {
			arrived[m] = append(arrived[m], st.copyOf())
		}
	}
	changed := false
	number := func(m message, copy uint8) uint8 {
		order := slices.Clone(arrived[m])
		for other := range uint8(4) { // that never arrive
			if !slices.Contains(order, other) {
				order = append(order, other)
			}
		}
		i := slices.Index(order, copy)
		changed = changed || i != int(copy)
		return uint8(i)
	}
	c := x.best.edited(func(_ int, st *step) {
		if observe.WhatOf(st.name) == observe.Delivered {
			st.name = st.original(number(message{st.original(0), st.cause}, st.copyOf()))
		}
		for i, m := range st.marks { // of the messages that it sends
			what := m.ask.What()
			if what >= chance.Forged && what < chance.Protocol {
				sent := scheduler.MakeKey(uint8(observe.Delivered)<<2, m.ask.Kind(), m.ask.From(), m.ask.To(), 0)
				if to := what&^3 | number(message{sent, st.id}, what&3); to != what {
					st.marks = slices.Clone(st.marks)
					st.marks[i].ask = m.ask.WithWhat(to)
				}
			}
		}
	})
	if !changed {
		return nil
	}
	h, ok, err := x.replay(x.best.s, c)
	if ok && h.size() <= x.best.size() {
		x.best.schedule = h
	}
	return err
}

// tidy moves what fits in one line together, and puts actors and requests into the order
// of their numbers, as far as the story stays what it is.
func (x *shrinker) tidy() error {
	for better := true; better; {
		better = false
		for i := 1; i < len(x.best.steps); i++ {
			for j := i - 1; j >= 0; j-- {
				c := x.best.edited(func(int, *step) {})
				st := c.steps[i]
				c.steps = slices.Insert(slices.Delete(c.steps, i, i+1), j, st)
				if c.untidy() >= x.best.untidy() {
					continue
				}
				h, ok, err := x.play(x.best.s, c)
				if err != nil {
					return err
				}
				if ok && len(h.steps) == len(c.steps) && h.size() == x.best.size() && h.untidy() < x.best.untidy() {
					x.best.schedule, better = h, true
					break
				}
			}
		}
	}
	return x.orderRequests()
}

// untidy is how many lines a schedule takes, and how often numbers in one are out of
// their order.
func (s *schedule) untidy() (n int) {
	first := 0 // of the line
	for i := range s.steps {
		if i == 0 || !s.steps[i-1].joins(&s.steps[i]) {
			n += 1000
			first = i
		}
		for j := first; j < i; j++ {
			before, after := s.steps[j].name, s.steps[i].name
			if before.From() > after.From() || before.To() > after.To() {
				n++
			}
		}
	}
	return n
}

// joins says whether two steps that follow one another can be one line.
func (x *step) joins(next *step) bool {
	what := observe.WhatOf(x.name)
	return what == observe.Delivered && what == observe.WhatOf(next.name) && x.name.What() == next.name.What() && x.name.Kind() == next.name.Kind() && x.round == next.round &&
		len(x.marks)+len(next.marks) == 0 && !x.slow && !next.slow && (x.name.From() == next.name.From()) != (x.name.To() == next.name.To())
}

// orderRequests puts the requests of the scenario into the order in which they are made.
func (x *shrinker) orderRequests() error {
	if x.fixed || x.best.s.ByChance {
		return nil
	}
	var order []uint32
	for _, st := range x.best.steps {
		if n := st.name.Count(); observe.WhatOf(st.name) == observe.Asked && !slices.Contains(order, n) {
			order = append(order, n)
		}
	}
	if len(order) != len(x.best.s.Requests) || slices.IsSorted(order) {
		return nil
	}
	s := *x.best.s
	s.Requests = nil
	for _, n := range order {
		s.Requests = append(s.Requests, x.best.s.Requests[n])
	}
	c := x.best.edited(func(_ int, st *step) {
		if observe.WhatOf(st.name) == observe.Asked {
			st.name = scheduler.MakeKey(st.name.What(), 0, 0, st.name.To(), uint32(slices.Index(order, st.name.Count())))
		}
	})
	h, ok, err := x.play(&s, c)
	if err == nil && ok && h.size() == x.best.size() {
		x.best = draft{s: &s, schedule: h}
	}
	return err
}

// disorder is how far the numbers of the actors are from the order in which clients
// ask them.
func (s *schedule) disorder() (n int) {
	var seen []sim.ID
	for i := range s.steps {
		if id := sim.ID(s.steps[i].name.To()); observe.WhatOf(s.steps[i].name) == observe.Asked && !slices.Contains(seen, id) {
			seen = append(seen, id)
			d := int(id) - len(seen)
			n += max(d, -d)
		}
	}
	return n
}

// copies is how many steps are copies of messages.
func (s *schedule) copies() (n int) {
	for i := range s.steps {
		if s.steps[i].copyOf() > 0 {
			n++
		}
	}
	return n
}
