package campaign

import (
	"context"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/abilities"
	"github.com/paxsim/paxsim/sim/search"
)

// hunter is a worker of a hunt.
type hunter struct {
	*Hunt
	worlds    []sim.Runner // by variant; nil: not needed so far
	witnesses []*witnessed
	pickers   map[string]search.Picker
	how       search.Search // of the run under way
}

func newHunter(h *Hunt) *hunter {
	x := &hunter{Hunt: h, worlds: make([]sim.Runner, len(h.Ground)), witnesses: make([]*witnessed, len(h.Ground)), pickers: map[string]search.Picker{}}
	for _, s := range h.Strategies {
		x.pickers[s] = newPicker(s, h.depth())
	}
	return x
}

// MaxDepth is the greatest depth of pct that makes sense: of events in a certain
// order by which a bug shows, ten are more than any needs.
const MaxDepth = 10

func (h *Hunt) depth() int {
	if h.Depth == 0 {
		return 3
	}
	return h.Depth
}

// batch makes some runs and returns their results.
func (x *hunter) batch(ctx context.Context, first, count uint64) (*Evidence, error) {
	e := x.none()
	for seed := first; seed-first < count; seed++ {
		if err := x.run(ctx, seed, e); err != nil {
			return e, err
		}
		if x.StopAtFirst && e.Violated > 0 {
			break
		}
	}
	return e, nil
}

// run makes one run.
func (x *hunter) run(ctx context.Context, seed uint64, e *Evidence) error {
	c := x.course(seed)
	w, err := x.world(c.Variant)
	if err != nil {
		return err
	}
	x.how = x.search(&c)
	w.Search(&x.how)
	w.Reset(c.begin, nil)
	if c.Strategy == Feedback {
		err = x.islandOf(seed).watch(ctx, w, &c)
	} else {
		err = Finish(ctx, w)
	}
	if err != nil {
		return err
	}
	o := w.Outcome()
	e.add(x.Hunt, &c.Draw, &o)
	if c.Strategy != Feedback { // whose runs follow from one another
		e.States.see(w.(abilities.Abstracter).Abstract())
	}
	if pct, ok := x.how.Picker.(*search.PCT); ok {
		e.Width, e.Length = max(e.Width, pct.Width), max(e.Length, pct.Length)
	}
	if o.Violation != nil {
		return x.failed(&c, o.Violation, e)
	}
	if twice(seed - x.First) {
		return steady(ctx, x.Ground[c.Variant].Scenario, seed, w, x.again(&c))
	}
	return nil
}

// again begins a run of a course once more, in any world.
func (x *hunter) again(c *course) func(w sim.Runner) {
	return func(w sim.Runner) {
		how := x.search(c)
		w.Search(&how)
		w.Reset(c.begin, nil)
	}
}

// search is how a run of a course is made.
func (x *hunter) search(c *course) search.Search {
	p := x.pickers[c.Strategy]
	if pct, ok := p.(*search.PCT); ok {
		pct.Length = x.lengths[c.Variant]
	}
	return search.Search{Picker: p, Turns: c.turns, Budget: c.Budget}
}

// world is the worker's world of a variant.
func (x *hunter) world(variant int) (sim.Runner, error) {
	if x.worlds[variant] == nil {
		w, err := x.Ground[variant].Protocol.New(x.Ground[variant].Scenario)
		if err != nil {
			return nil, err
		}
		x.worlds[variant] = w
	}
	return x.worlds[variant], nil
}
