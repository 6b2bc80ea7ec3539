package sim

import (
	"fmt"
	"slices"
)

// checkWhen lists what is wrong with what is expected of who learns, and when:
// what no run can meet.
func (s *Scenario) checkWhen() (ps []Problem) {
	bad := func(path, format string, args ...any) {
		ps = append(ps, Problem{path, fmt.Sprintf(format, args...)})
	}
	e := &s.Expect
	none := func(said bool, path string, against ...Always) {
		if said && slices.Contains(against, e.Always) {
			bad(path, "always: %s says that no run comes to it", AlwaysWords[e.Always])
		}
	}
	none(e.DecidedWithin > 0, "expect.decided_within", AlwaysUndecided)
	none(e.LearnedWithin > 0, "expect.learned_within", AlwaysPartial, AlwaysUndecided)
	none(e.Learned.Said(), "expect.learned", AlwaysUndecided)
	none(e.Learned.many(s.Actors) >= s.Actors, "expect.learned", AlwaysPartial)
	if e.Within > 0 && !e.Learned.Said() {
		bad("expect.within", "within what? It says by when those of learned have learned: expected learned beside it")
	}
	for _, t := range []struct {
		path string
		t    Time
	}{{"expect.decided_within", e.DecidedWithin}, {"expect.learned_within", e.LearnedWithin}, {"expect.within", e.Within}} {
		if t.t > 0 && t.t < e.NeverDecidedBefore {
			bad(t.path, "is below never_decided_before: no run meets both")
		}
	}
	if e.ChosenWithin > 0 && s.Invariants != nil && len(s.Invariants) == 0 {
		bad("expect.chosen_within", "no run knows when a value is chosen where no invariant is watched")
	}
	q := &e.Learned
	switch {
	case q.Kind == QuotaCount && (q.Count < 1 || q.Count > s.Actors):
		bad("expect.learned", "%d actors: there are %d", q.Count, s.Actors)
	case q.Kind == QuotaListed && len(q.IDs) == 0:
		bad("expect.learned", "no actor is listed")
	}
	var seen Set
	for _, id := range q.IDs {
		switch again := !seen.Add(id); {
		case id < 1 || int(id) > s.Actors:
			bad("expect.learned", "there is no actor %d: actors is %d", id, s.Actors)
		case again:
			bad("expect.learned", "actor %d is named twice", id)
		}
	}
	return ps
}
