package scenarios

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
)

// OfRun is what is expected of the run as a whole, in the form of what is expected
// of an instance.
func (e *Expect) OfRun() *ExpectOf {
	return &ExpectOf{
		ChosenWithin: e.ChosenWithin, DecidedWithin: e.DecidedWithin, LearnedWithin: e.LearnedWithin, NeverDecidedBefore: e.NeverDecidedBefore,
		Learned: e.Learned, Within: e.Within,
	}
}

// byWhen is a time by which somebody knows a decision.
type byWhen struct {
	key string
	t   sim.Time // 0: not said
}

// latest lists them. The first is of the first decision.
func (x *ExpectOf) latest() []byWhen {
	return []byWhen{{"decided_within", x.DecidedWithin}, {"learned_within", x.LearnedWithin}, {"within", x.Within}}
}

// checkWhenOf lists what is wrong with what is expected of who learns, and when:
// what no run can meet. all: whoever knows this knows all that the run is about.
func (s *Scenario) checkWhenOf(path string, x *ExpectOf, all bool) (ps []sim.Problem) {
	bad := func(key, format string, args ...any) {
		ps = append(ps, sim.Problem{Path: path + "." + key, Text: fmt.Sprintf(format, args...)})
	}
	for _, t := range append(x.latest(), byWhen{"chosen_within", x.ChosenWithin}, byWhen{"never_decided_before", x.NeverDecidedBefore}) {
		if t.t < 0 || t.t > sim.MaxTime {
			bad(t.key, "out of range")
		}
	}
	always := s.Expect.Always
	none := func(said bool, key string, against ...Always) {
		if said && slices.Contains(against, always) {
			bad(key, "always: %s says that this never happens", AlwaysWords[always])
		}
	}
	none(x.DecidedWithin > 0, "decided_within", AlwaysUndecided)
	none(x.LearnedWithin > 0, "learned_within", AlwaysUndecided)
	none(x.Learned.Said(), "learned", AlwaysUndecided)
	if all {
		none(x.LearnedWithin > 0, "learned_within", AlwaysPartial)
		none(x.Learned.many(s.Actors) >= s.Actors, "learned", AlwaysPartial)
	}
	if x.Within > 0 && !x.Learned.Said() {
		bad("within", "within what? It says by when those of learned have learned: expected learned beside it")
	}
	for _, t := range x.latest() {
		if t.t > 0 && t.t < x.NeverDecidedBefore {
			bad(t.key, "is below never_decided_before: no run meets both")
		}
	}
	if x.ChosenWithin > 0 && s.Invariants != nil && len(s.Invariants) == 0 {
		bad("chosen_within", "no run knows when a value is chosen where no invariant is watched")
	}
	return append(ps, s.checkQuota(path+".learned", &x.Learned)...)
}

// checkQuota lists what is wrong with who must have learned.
func (s *Scenario) checkQuota(path string, q *Quota) (ps []sim.Problem) {
	bad := func(format string, args ...any) {
		ps = append(ps, sim.Problem{Path: path, Text: fmt.Sprintf(format, args...)})
	}
	switch {
	case q.Kind == QuotaCount && (q.Count < 1 || q.Count > s.Actors):
		bad("%d actors: there are %d", q.Count, s.Actors)
	case q.Kind == QuotaListed && len(q.IDs) == 0:
		bad("no actor is listed")
	}
	var seen ids.Set
	for _, id := range q.IDs {
		switch again := !seen.Add(id); {
		case id < 1 || int(id) > s.Actors:
			bad("there is no actor %d: actors is %d", id, s.Actors)
		case again:
			bad("actor %d is named twice", id)
		}
	}
	return ps
}
