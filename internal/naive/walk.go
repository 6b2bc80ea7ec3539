package naive

import (
	"encoding/binary"
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// vector is a world in the numbers of a [sim.Model].
type vector struct {
	locals  []uint32 // by actor, from 1 on
	history uint32
	crashes int
	doubled int      // how many messages were
	packets []uint32 // in order; in a growing set all that ever were
}

func (v *vector) clone() *vector {
	return &vector{slices.Clone(v.locals), v.history, v.crashes, v.doubled, slices.Clone(v.packets)}
}

func (v *vector) key() string {
	var b []byte
	for _, x := range v.locals {
		b = binary.AppendUvarint(b, uint64(x))
	}
	for _, x := range []uint64{uint64(v.history), uint64(v.crashes), uint64(v.doubled)} {
		b = binary.AppendUvarint(b, x)
	}
	for _, x := range v.packets {
		b = binary.AppendUvarint(b, uint64(x))
	}
	return string(b)
}

// walker visits all states of a model, the nearest first.
type walker struct {
	m      sim.Model
	scope  sim.Scope
	broken *sim.Violation
	failed error
}

// Walk visits all states of the [sim.Model] of a scenario within a scope, the nearest
// first, up to those that are as deep as the first violation. There is no reduction here
// either: a world is its numbers, and a map remembers it. So it says whether a model is
// the same as the acting engine, whatever the fast explorer makes of it. Of the options it
// looks at Most.
func Walk(s *sim.Scenario, scope sim.Scope, o Options) (r Result, err error) {
	m, err := s.Protocol.Model(s, scope, nil, false)
	if err != nil {
		return r, err
	}
	start, err := m.Start()
	if err != nil || start.Broken != nil {
		r.Violation = start.Broken
		return r, err
	}
	w := &walker{m: m, scope: scope}
	seen, level := map[string]bool{}, []*vector{}
	add := func(v *vector) {
		r.Steps++
		if k := v.key(); !seen[k] {
			seen[k] = true
			level = append(level, v)
		}
	}
	w.send(&vector{locals: start.Locals, history: start.History}, start.Sent, add)
	for len(level) > 0 && w.broken == nil && w.failed == nil && (o.Most == 0 || len(seen) <= o.Most) {
		now := level
		level = nil
		for _, v := range now {
			w.next(v, add)
		}
		if len(level) > 0 || w.broken != nil {
			r.Depth++
		}
	}
	r.States, r.Violation, r.Runs = len(seen), w.broken, m.Calls()
	r.Whole = len(level) == 0 || w.broken != nil
	return r, w.failed
}

// next yields the states that are a step away.
func (w *walker) next(v *vector, yield func(*vector)) {
	for id := 1; id < len(v.locals); id++ {
		for _, e := range slices.Clone(w.m.Events(v.locals[id])) {
			w.happen(v, id, e, 0, yield)
		}
		if v.crashes < w.scope.Crashes {
			w.happen(v, id, sim.CrashOf(), 0, yield)
		}
	}
	heads := map[[2]sim.ID]bool{}
	for i, p := range v.packets {
		from, to, _ := w.m.Packet(p)
		switch w.scope.Network {
		case sim.InOrder:
			if heads[[2]sim.ID{from, to}] {
				continue
			}
			heads[[2]sim.ID{from, to}] = true
			c := v.clone()
			c.packets = slices.Delete(c.packets, i, i+1)
			w.happen(c, int(to), sim.ArrivalOf(p), 0, yield)
		default:
			if i == 0 || v.packets[i-1] != p {
				w.happen(v, int(to), sim.ArrivalOf(p), p+1, yield)
				if from != to && v.doubled < w.scope.Duplicates {
					c := v.clone()
					c.doubled++
					w.happen(c, int(to), sim.ArrivalOf(p), 0, yield)
				}
			}
		}
	}
}

// happen lets an event happen at an actor. arrived is 1 above the packet that it takes
// off the network; 0: none.
func (w *walker) happen(v *vector, id int, e sim.ModelEvent, arrived uint32, yield func(*vector)) {
	hops, err := w.m.Hop(v.locals[id], e)
	if err != nil {
		w.failed = err
		return
	}
	leaves := e.IsArrival() && w.scope.Network == sim.InOrder // whatever it does
	if len(hops) == 0 && leaves {
		yield(v)
	}
	for _, h := range hops {
		c := v.clone()
		if c.crashes += h.Crashes; c.crashes > w.scope.Crashes {
			continue
		}
		c.locals[id] = h.Next
		next, broken := w.m.Step(c.history, h.Trail)
		if broken != nil {
			w.broken = broken
			continue
		}
		c.history = next
		w.send(c, h.Sent, func(c *vector) {
			if c.history == v.history && slices.Equal(c.locals, v.locals) && slices.Equal(c.packets, v.packets) && !leaves {
				return
			}
			if i, there := slices.BinarySearch(c.packets, arrived-1); arrived > 0 && there && w.scope.Network == sim.AtMostOnce {
				c.packets = slices.Delete(c.packets, i, i+1)
			}
			yield(c)
		})
	}
}

// send puts packets on the network, or lets those arrive that are instant.
func (w *walker) send(v *vector, sent []uint32, yield func(*vector)) {
	var instant []uint32
	for _, p := range sent {
		from, to, _ := w.m.Packet(p)
		if slices.Contains(w.scope.Instant, to) || from == to && w.scope.Inline {
			instant = append(instant, p)
			continue
		}
		at, there := slices.BinarySearch(v.packets, p)
		if w.scope.Network == sim.InOrder {
			at, there = w.behind(v.packets, from, to), false
		}
		if !there || w.scope.Network != sim.AnyTimes {
			v.packets = slices.Insert(v.packets, at, p)
		}
	}
	w.deliver(v, instant, yield)
}

// behind is the place of a packet behind those of its link.
func (w *walker) behind(packets []uint32, from, to sim.ID) int {
	for i, p := range packets {
		if f, t, _ := w.m.Packet(p); f > from || f == from && t > to {
			return i
		}
	}
	return len(packets)
}

// deliver lets instant packets arrive, in their order.
func (w *walker) deliver(v *vector, instant []uint32, yield func(*vector)) {
	if len(instant) == 0 {
		yield(v)
		return
	}
	_, to, _ := w.m.Packet(instant[0])
	hops, err := w.m.Hop(v.locals[to], sim.ArrivalOf(instant[0]))
	if err != nil {
		w.failed = err
		return
	}
	if len(hops) == 0 {
		w.deliver(v, instant[1:], yield)
		return
	}
	for _, h := range hops {
		c := v.clone()
		if c.crashes += h.Crashes; c.crashes > w.scope.Crashes {
			continue
		}
		c.locals[to] = h.Next
		next, broken := w.m.Step(c.history, h.Trail)
		if broken != nil {
			w.broken = broken
			continue
		}
		c.history = next
		w.send(c, h.Sent, func(c *vector) { w.deliver(c, instant[1:], yield) })
	}
}
