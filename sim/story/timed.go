package story

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
)

// timed is a draft that keeps the clock: a scenario, and the answers of its run that are
// not calm, in the order in which they were asked.
type timed struct {
	s     *sim.Scenario
	order []key
	given map[key]uint32
	last  uint64 // how many events the run has
}

// least is how small a draft is, the most important first.
func (t *timed) least() [4]int {
	size := 0
	for _, k := range t.order {
		size += magnitude(int64(t.given[k]))
	}
	return [4]int{len(t.order) + things(t.s), t.s.Actors, len(members(t.s)), size + sizes(t.s)}
}

// smaller says whether a draft is smaller than another.
func (t *timed) smaller(than *timed) bool {
	a, b := t.least(), than.least()
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

// without are the answers of a draft without some of them.
func (t *timed) without(out func(i int, k key) bool) map[key]uint32 {
	given := map[key]uint32{}
	for i, k := range t.order {
		if !out(i, k) {
			given[k] = t.given[k]
		}
	}
	return given
}

// byClock makes a story of a find that keeps the clock. There is none if the order of the
// events breaks the rule after all, once less is in its way; then x.best is that.
func (x *shrinker) byClock(f *Find) (*Story, error) {
	st, err := x.shrinkTimed(f)
	if err != nil {
		return nil, err
	}
	ok, err := x.begin(&Find{Scenario: x.timed.s, Source: &answers{given: x.timed.given}})
	if err != nil || ok {
		return nil, err
	}
	return st, nil
}

// shrinkTimed makes a story of a find that keeps the clock.
func (x *shrinker) shrinkTimed(f *Find) (*Story, error) {
	asked := scheduler.Recording{Base: f.Source}
	w, err := f.Scenario.Protocol.New(f.Scenario)
	if err != nil {
		return nil, err
	}
	w.Search(nil)
	w.Reset(f.Seed, &asked)
	for w.Steps(lookEvery) {
		if err := x.ctx.Err(); err != nil {
			return nil, err
		}
	}
	x.timed = timed{s: f.Scenario, last: w.Outcome().Events}
	first, ok, err := x.clock(f.Scenario, asked.Surprises())
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, &ByTheClock{x.breaks.Invariant}
	}
	x.timed = first
	if err := x.passes(); err != nil {
		return nil, err
	}
	st := &Story{Scenario: x.timed.s, Breaks: x.breaks.Invariant, Clock: true}
	if len(x.timed.given) > 0 {
		st.Given = map[string]uint32{}
	}
	for _, k := range x.timed.order {
		st.Given[st.Scenario.Protocol.Vocabulary().KeyText(k)] = x.timed.given[k]
	}
	return st, nil
}

// clock plays a timed run, and tells what is left of its answers if it breaks the same
// invariant as the find. It does not go on for much longer than the best one.
func (x *shrinker) clock(s *sim.Scenario, given map[key]uint32) (timed, bool, error) {
	if x.of != s {
		w, err := s.Protocol.New(s)
		if err != nil {
			return timed{}, false, nil //nolint:nilerr // there is no such scenario: so it is not tried
		}
		x.world, x.of = w, s
	}
	g := &answers{given: given}
	x.world.Search(nil)
	x.world.Reset(0, g)
	most := 2*x.timed.last + 1000
	for n := uint64(0); n < most && x.world.Steps(1<<8); n += 1 << 8 {
		if err := x.ctx.Err(); err != nil {
			return timed{}, false, err
		}
	}
	o := x.world.Outcome()
	x.work.Replays++
	x.work.Events += o.Events
	if g.outcomes != 0 || !x.same(o.Violation) {
		return timed{}, false, nil
	}
	t := timed{s: s, order: g.asked, given: map[key]uint32{}, last: o.Events}
	for _, k := range g.asked {
		t.given[k] = given[k]
	}
	return t, true, nil
}

// same says whether a violation is like that of the find.
func (x *shrinker) same(v *sim.Violation) bool {
	return v != nil && v.Invariant == x.breaks.Invariant && v.Grade == x.breaks.Grade && v.Place == x.breaks.Place
}

// less plays a draft, and keeps it if it is smaller than what there is.
func (x *shrinker) less(s *sim.Scenario, given map[key]uint32) (bool, error) {
	if x.work.Events >= x.cap {
		x.work.Capped = true
		return false, errCapped
	}
	if err := x.ctx.Err(); err != nil {
		return false, err
	}
	t, ok, err := x.clock(s, given)
	if err != nil || !ok || !t.smaller(&x.timed) {
		return false, err
	}
	x.timed = t
	return true, nil
}

// rekeyed are answers under other numbers for the actors. Those about an actor that
// becomes 0 are left out.
func rekeyed(given map[key]uint32, to func(sim.ID) sim.ID) map[key]uint32 {
	out := map[key]uint32{}
	for _, k := range sortedKeys(given) {
		is, a := k, given[k]
		if k.From() != 0 {
			is = is.WithFrom(uint16(to(sim.ID(k.From()))))
		}
		if k.To() != 0 {
			is = is.WithTo(uint16(to(sim.ID(k.To()))))
		}
		if is.From() == 0 && k.From() != 0 || is.To() == 0 && k.To() != 0 {
			continue
		}
		if what := k.What(); what >= chance.Forger && what < chance.Protocol {
			if a, _ = forgerBy(k, is, a, to); a == 0 {
				continue
			}
		}
		out[is] = a
	}
	return out
}
