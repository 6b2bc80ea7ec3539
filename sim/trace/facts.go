package trace

import (
	"github.com/paxsim/paxsim/sim"
)

// Facts say when a value was chosen, when the first actor decided, since when
// all have learned that the run waits for, in ticks, and how many have. -1:
// never; of Chosen also: nobody counted votes.
type Facts struct {
	Counted                  bool // votes were counted
	Chosen, Decided, Learned sim.Time
	HaveLearned, Awaited     int
}

func factsOf(o sim.Outcome) *Facts {
	f := &Facts{Counted: o.Counted, Chosen: -1, Decided: -1, Learned: -1, HaveLearned: o.Learned, Awaited: o.Awaited}
	if at, ok := o.FirstChosen(); ok {
		f.Chosen = at
	}
	if at, _, ok := o.FirstDecided(); ok {
		f.Decided = at
	}
	if o.AllLearned() {
		f.Learned = o.LearnedTime
	}
	return f
}

// wrong says why the facts do not go together, or "".
func (f *Facts) wrong() string {
	switch all := f.Awaited > 0 && f.HaveLearned == f.Awaited; {
	case f.HaveLearned > f.Awaited || (f.Learned >= 0) != all:
		return "expected learned of awaited, and learned_tick if all have learned, and only then"
	case f.Chosen >= 0 && !f.Counted:
		return "expected chosen_tick only if votes_counted"
	}
	return ""
}

// unknownAs forgets what was chosen if either of two facts does not know it: of
// what nobody counted nothing can differ.
func (f *Facts) unknownAs(g *Facts) {
	if !f.Counted || !g.Counted {
		f.Counted, f.Chosen = g.Counted, g.Chosen
	}
}

// factsLayout is facts in the order in which they are written. What never
// happened is left out.
type factsLayout struct {
	Counted bool      `json:"votes_counted"`
	Chosen  *sim.Time `json:"chosen_tick,omitempty"`
	Decided *sim.Time `json:"decided_tick,omitempty"`
	Learned *sim.Time `json:"learned_tick,omitempty"`
	Have    int       `json:"learned"`
	Awaited int       `json:"awaited"`
}

func (f *Facts) layout() *factsLayout {
	l := &factsLayout{Counted: f.Counted, Have: f.HaveLearned, Awaited: f.Awaited}
	for _, x := range []struct {
		to *(*sim.Time)
		t  sim.Time
	}{{&l.Chosen, f.Chosen}, {&l.Decided, f.Decided}, {&l.Learned, f.Learned}} {
		if x.t >= 0 {
			*x.to = &x.t
		}
	}
	return l
}

// facts reads facts.
func (r *reader) facts() *Facts {
	f := &Facts{Chosen: -1, Decided: -1, Learned: -1}
	at := func(name string, t *sim.Time) field {
		return field{name: name, optional: true, read: func() { *t = sim.Time(r.number("facts."+name, uint64(sim.MaxTime))) }}
	}
	many := func(name string, n *int) field {
		return field{name: name, read: func() { *n = int(r.number("facts."+name, sim.MaxActors)) }}
	}
	r.object("facts", []field{
		{name: "votes_counted", read: func() { f.Counted = r.truth("facts.votes_counted") }},
		at("chosen_tick", &f.Chosen), at("decided_tick", &f.Decided), at("learned_tick", &f.Learned),
		many("learned", &f.HaveLearned), many("awaited", &f.Awaited),
	})
	return f
}

// truth reads true or false.
func (r *reader) truth(path string) bool {
	at, token := r.next()
	yes, ok := token.(bool)
	if !ok {
		r.wrong(at, path, "true or false", token)
	}
	return yes
}
