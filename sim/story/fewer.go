package story

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// leastMembers stay: where one member is a quorum nobody has to agree with anybody.
const leastMembers = 2

// fewer takes out actors, and makes others non-members: a non-member may still propose.
func (x *shrinker) fewer() error {
	if x.fixed {
		return nil
	}
	for _, out := range x.leaving() {
		if ok, err := x.withoutActors(out); err != nil || ok {
			return err
		}
	}
	for id := sim.ID(x.best.s.Actors); id > 0; id-- {
		s := *x.best.s
		s.Members = slices.DeleteFunc(members(&s), func(m sim.ID) bool { return m == id })
		if len(s.Members) < leastMembers || len(s.Members) == len(members(x.best.s)) {
			continue
		}
		if _, err := x.try(&s, x.best.schedule); err != nil {
			return err
		}
	}
	return nil
}

// manyActors are more than are tried one by one from the start.
const manyActors = 16

// crowds takes out many actors at once, ever fewer, as long as there are many.
func (x *shrinker) crowds() error {
	if x.fixed {
		return nil
	}
	for size := x.best.s.Actors / 2; size > 0; size /= 2 {
		for last := x.best.s.Actors; last > 0 && x.best.s.Actors > manyActors; last = min(last-size, x.best.s.Actors) {
			var out []leaves
			for id := last; id > max(0, last-size); id-- {
				out = append(out, leaves{id: sim.ID(id)})
			}
			if _, err := x.withoutActors(out); err != nil {
				return err
			}
		}
	}
	return nil
}

// leaves is an actor that is taken out, and who takes its place in what happened: an
// actor that stays; 0: nobody.
type leaves struct{ id, to sim.ID }

// leaving lists who may be taken out together, what is simple first: one; two, since it
// may matter whether they are even; and these with others in their places. Of two, the
// one of the greater number is first.
func (x *shrinker) leaving() (list [][]leaves) {
	n := sim.ID(x.best.s.Actors)
	for a := n; a > 0; a-- {
		list = append(list, []leaves{{a, 0}})
	}
	for a := n; a > 0; a-- {
		for b := a - 1; b > 0; b-- {
			list = append(list, []leaves{{a, 0}, {b, 0}})
		}
	}
	if n > mostMerged {
		return list
	}
	for a := n; a > 0; a-- {
		for to := n; to > 0; to-- {
			if to != a {
				list = append(list, []leaves{{a, to}})
			}
		}
	}
	for a := n; a > 0; a-- {
		for b := a - 1; b > 0; b-- {
			for to := n; to > 0; to-- {
				for bTo := n; bTo > 0; bTo-- {
					if to != a && to != b && bTo != a && bTo != b {
						list = append(list, []leaves{{a, to}, {b, bTo}})
					}
				}
			}
		}
	}
	return list
}

// mostMerged is with how many actors it is still tried to let one take another's place.
const mostMerged = 5

// withoutActors takes out actors, and says whether that could be done. What both an actor
// and its stand-in did is done once. What can no longer be had is left out.
func (x *shrinker) withoutActors(out []leaves) (bool, error) {
	s := x.best.s
	for _, l := range out { // the greater numbers first
		less, ok := withoutActor(s, l.id)
		if !ok {
			return false, nil
		}
		s = less
	}
	is := make([]sim.ID, x.best.s.Actors+1)
	for id := range is {
		is[id] = sim.ID(id)
		for _, l := range out {
			if sim.ID(id) > l.id {
				is[id]--
			}
		}
	}
	for _, l := range out {
		is[l.id] = 0
		if l.to != 0 {
			is[l.id] = is[l.to]
		}
	}
	return x.try(s, renumbered(x.best.s, x.best.schedule, func(a sim.ID) sim.ID { return is[a] }))
}

// members lists the members.
func members(s *sim.Scenario) []sim.ID {
	if s.Members != nil {
		return slices.Clone(s.Members)
	}
	all := make([]sim.ID, s.Actors)
	for i := range all {
		all[i] = sim.ID(i + 1)
	}
	return all
}

// withoutActor is a scenario without an actor; the greater numbers fall by one. ok is
// false if it cannot be left out.
func withoutActor(s *sim.Scenario, id sim.ID) (_ *sim.Scenario, ok bool) {
	if s.Actors < 2 || len(s.Faults) > 0 {
		return nil, false
	}
	c := *s
	c.Actors--
	left := slices.DeleteFunc(members(s), func(m sim.ID) bool { return m == id })
	if len(left) < min(leastMembers, len(members(s))) {
		return nil, false
	}
	for i := range left {
		if left[i] > id {
			left[i]--
		}
	}
	if c.Members = left; len(left) == c.Actors {
		c.Members = nil
	}
	c.Network.Places = s.Network.Places.Renumbered(c.Actors, func(a uint16) uint16 {
		switch a := sim.ID(a); {
		case a == id:
			return 0
		case a > id:
			return uint16(a - 1)
		}
		return a
	})
	c.Requests = slices.Clone(s.Requests)
	for i := range c.Requests {
		switch a := &c.Requests[i].Actor; {
		case *a == id:
			*a = min(id, sim.ID(c.Actors)) // whose request is made by nobody, and goes next
		case *a > id:
			*a--
		}
	}
	return &c, true
}
