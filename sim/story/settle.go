package story

import (
	"errors"
	"iter"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// settle holds a story that is written down against what it promises: that no single
// thing of it can go. The passes work on schedules, which name events in another way than
// lines do. So now and then a line can go although no pass could do without it. ok says
// that something went.
func (x *shrinker) settle(st *Story) (_ *Story, ok bool, err error) {
	for again := true; again; {
		again = false
		for less := range x.lesser(st) {
			if x.work.Events >= x.cap {
				x.work.Capped = true
				return st, ok, nil
			}
			p, err := less.Play(x.ctx)
			x.work.Replays++
			x.work.Events += uint64(len(less.Lines))
			var m *Mistake
			switch {
			case errors.As(err, &m):
				continue
			case err != nil:
				return nil, false, err
			}
			if v := violation(p); x.same(v) {
				st, ok, again = less, true, true
				break
			}
		}
	}
	return st, ok, nil
}

// lesser lists the stories that say one thing less than a story.
func (x *shrinker) lesser(st *Story) iter.Seq[*Story] {
	return func(yield func(*Story) bool) {
		if lesserLines(st, yield) && !x.fixed {
			lesserScenarios(st, yield)
		}
	}
}

// lesserLines are those with a line less, or with less in one.
func lesserLines(st *Story, yield func(*Story) bool) bool {
	lines, err := st.read()
	if err != nil {
		return true // they are checked elsewhere
	}
	w := st.words()
	with := func(lines []line) bool {
		c := *st
		c.Lines = make([]string, len(lines))
		for i := range lines {
			c.Lines[i] = w.text(&lines[i])
		}
		return yield(&c)
	}
	for i := range lines {
		rest := slices.Delete(slices.Clone(lines), i, i+1)
		if !with(rest) || !originalAfter(rest, i, &lines[i], with) {
			return false
		}
		for _, l := range lesserLine(lines[i]) {
			c := slices.Clone(lines)
			c[i] = l
			if !with(c) || !originalAfter(c, i+1, &lines[i], with) {
				return false
			}
		}
	}
	return true
}

// originalAfter lets a copy of a message be the message itself, where a line that told
// of that is gone or says less.
func originalAfter(rest []line, from int, gone *line, with func([]line) bool) bool {
	for i := from; gone.what == observe.Delivered && i < len(rest); i++ {
		if r := &rest[i]; r.what == gone.what && r.kind == gone.kind && r.again {
			c := slices.Clone(rest)
			c[i].again = false
			if !with(c) {
				return false
			}
		}
	}
	return true
}

// lesserLine are the lines that say one thing less than a line.
func lesserLine(l line) (out []line) {
	for i := range l.to {
		if c := l; len(l.to) > 1 {
			c.to = slices.Delete(slices.Clone(l.to), i, i+1)
			out = append(out, c)
		}
	}
	for i := range l.from {
		if c := l; len(l.from) > 1 {
			c.from = slices.Delete(slices.Clone(l.from), i, i+1)
			out = append(out, c)
		}
	}
	for i := range l.marks {
		c := l
		c.marks = slices.Delete(slices.Clone(l.marks), i, i+1)
		out = append(out, c)
	}
	if c := l; l.slow {
		c.slow = false
		out = append(out, c)
	}
	return out
}

// lesserScenarios are those in a plainer scenario, in which nothing else changes.
func lesserScenarios(st *Story, yield func(*Story) bool) {
	with := func(edit func(*sim.Scenario)) bool {
		c, s := *st, *st.Scenario
		edit(&s)
		c.Scenario = &s
		return yield(&c)
	}
	for i := range st.Scenario.Requests {
		if !with(func(s *sim.Scenario) { s.Requests = slices.Delete(slices.Clone(s.Requests), i, i+1) }) {
			return
		}
	}
	if st.Scenario.Settings == nil {
		return
	}
	for i, setting := range st.Scenario.Protocol.Settings() {
		for _, v := range plainer(st.Scenario.Settings[i], &setting) {
			ok := with(func(s *sim.Scenario) {
				s.Settings = slices.Clone(s.Settings)
				s.Settings[i] = v
			})
			if !ok {
				return
			}
		}
	}
}
