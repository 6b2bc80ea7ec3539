package story

import (
	"slices"

	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/observe"
)

// The passes that leave out steps and marks.

// groups leaves out what belongs together: all of a round, of an actor, of what
// follows from a step; then all ends of saves, which then come by themselves.
func (x *shrinker) groups() error {
	s := x.best.s
	if _, err := x.try(s, x.best.quick(func(*step) bool { return true })); err != nil {
		return err
	}
	var rounds []ids.Round
	for _, st := range x.best.steps {
		if st.round != 0 && !slices.Contains(rounds, st.round) {
			rounds = append(rounds, st.round)
		}
	}
	for _, r := range rounds {
		if _, err := x.try(s, x.best.without(func(_ int, st *step) bool { return st.round == r })); err != nil {
			return err
		}
	}
	for id := ids.ID(1); int(id) <= s.Actors; id++ {
		if _, err := x.try(s, x.best.without(func(_ int, st *step) bool { return st.concerns(id) })); err != nil {
			return err
		}
	}
	for i := len(x.best.steps) - 1; i >= 0; i-- {
		if i >= len(x.best.steps) {
			continue
		}
		if _, err := x.try(s, x.best.withoutWhatFollows(i)); err != nil {
			return err
		}
	}
	return nil
}

// quick is the schedule in which the saves that begin in some steps are done by
// themselves. What was marked at the end of a save is then marked where it begins.
func (s *schedule) quick(is func(*step) bool) *schedule {
	at := map[int]int{} // by step: the one in which its saves begin, if that is quick
	marks := map[int][]mark{}
	c := s.without(func(_ int, x *step) bool {
		began := x.cause
		if first, ok := at[x.cause]; ok {
			began = first
		}
		i := slices.IndexFunc(s.steps, func(y step) bool { return y.id == began })
		if observe.WhatOf(x.name) != observe.Synced || i < 0 || !is(&s.steps[i]) {
			return false
		}
		at[x.id] = began
		marks[began] = append(marks[began], x.marks...)
		return true
	})
	return c.edited(func(_ int, x *step) {
		if is(x) {
			x.slow = false
		}
		if more := marks[x.id]; more != nil {
			x.marks = slices.Concat(x.marks, more)
		}
		if first, ok := at[x.cause]; ok {
			x.cause = first
		}
	})
}

// withoutWhatFollows is the schedule without a step and all that follows from it.
func (s *schedule) withoutWhatFollows(i int) *schedule {
	out := map[int]bool{s.steps[i].id: true}
	return s.without(func(_ int, x *step) bool {
		if out[x.cause] {
			out[x.id] = true
		}
		return out[x.id]
	})
}

// cut leaves out ever smaller pieces, from the end on, until no step and no mark can be
// left out alone.
func (x *shrinker) cut() error {
	for {
		shorter := false
		for size := max(1, len(x.best.steps)/2); size > 0; size /= 2 {
			for end := len(x.best.steps); end > 0; {
				from := max(0, end-size)
				ok, err := x.try(x.best.s, x.best.without(func(i int, _ *step) bool { return i >= from && i < end }))
				if err != nil {
					return err
				}
				shorter = shorter || ok
				end = min(from, len(x.best.steps))
			}
		}
		ok, err := x.cutMarks()
		if err != nil {
			return err
		}
		if !shorter && !ok {
			return nil
		}
	}
}

// cutMarks leaves out marks and answers, one by one, and makes saves quick.
func (x *shrinker) cutMarks() (shorter bool, err error) {
	for i := len(x.best.steps) - 1; i >= 0; i-- {
		for j := 0; i < len(x.best.steps) && j < len(x.best.steps[i].marks); {
			ok, err := x.try(x.best.s, x.best.edited(func(k int, st *step) {
				if k == i {
					st.marks = slices.Delete(slices.Clone(st.marks), j, j+1)
				}
			}))
			if err != nil {
				return shorter, err
			}
			if shorter = shorter || ok; !ok {
				j++
			}
		}
		if i < len(x.best.steps) && x.best.steps[i].slow {
			id := x.best.steps[i].id
			ok, err := x.try(x.best.s, x.best.quick(func(st *step) bool { return st.id == id }))
			if err != nil {
				return shorter, err
			}
			shorter = shorter || ok
		}
	}
	for _, k := range sortedKeys(x.best.given) {
		c := *x.best.schedule
		c.given = map[key]uint32{}
		for _, other := range sortedKeys(x.best.given) {
			if other != k {
				c.given[other] = x.best.given[other]
			}
		}
		ok, err := x.try(x.best.s, &c)
		if err != nil {
			return shorter, err
		}
		shorter = shorter || ok
	}
	return shorter, nil
}

// pairs leaves out any two steps at once: what makes a detour often does so with two.
func (x *shrinker) pairs() error {
	for i := len(x.best.steps) - 1; i > 0; i-- {
		for j := min(i, len(x.best.steps)) - 1; j >= 0; j-- {
			if i >= len(x.best.steps) {
				break
			}
			if _, err := x.try(x.best.s, x.best.without(func(k int, _ *step) bool { return k == i || k == j })); err != nil {
				return err
			}
		}
	}
	return nil
}

// others leaves out a step where another has sent the same: what followed from it
// follows from that one then. By itself a step means the oldest of its name.
func (x *shrinker) others() error {
	for i := len(x.best.steps) - 1; i >= 0; i-- {
		for j := 0; i < len(x.best.steps) && j < len(x.best.steps); j++ {
			out, other := x.best.steps[i], x.best.steps[j]
			if i == j || out.name.To() != other.name.To() || !slices.ContainsFunc(x.best.steps, func(st step) bool { return st.cause == out.id }) {
				continue
			}
			c := x.best.without(func(k int, _ *step) bool { return k == i })
			if _, err := x.try(x.best.s, c.edited(func(_ int, st *step) {
				if st.cause == out.id {
					st.cause = other.id
				}
			})); err != nil {
				return err
			}
		}
	}
	return nil
}
