package scenarios

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/sim"
)

// state draws what a scenario says of its own runs.
func state(t *rapid.T, s *Scenario, most sim.Time) {
	if rapid.Bool().Draw(t, "outside") || len(unnamed(s)) > 0 {
		s.Outside = []string{forgedSenders}
		if rapid.Bool().Draw(t, "both classes") {
			s.Outside = append(s.Outside, quorumsThatMiss)
		}
	}
	if rapid.Bool().Draw(t, "expects") {
		s.Expect = expectation(t, s, most)
	}
	if rapid.Bool().Draw(t, "rests") {
		s.Premise = premise(t, s)
	}
	switch group := rapid.SampledFrom(append([]string{""}, groups...)).Draw(t, "group"); {
	case group == "", group == calmGroup, s.Premise.Given():
		s.Group = group
	}
}

func expectation(t *rapid.T, s *Scenario, most sim.Time) Expect {
	chance := func(what string) bool { return rapid.Bool().Draw(t, what) }
	e := Expect{Always: Always(rapid.IntRange(0, len(AlwaysWords)-1).Draw(t, "always"))}
	watched := s.Invariants == nil || len(s.Invariants) > 0
	if watched && chance("chosen within") {
		e.ChosenWithin = ticks(1, most).Draw(t, "chosen")
	}
	if chance("decided within") && e.Always != AlwaysUndecided {
		e.DecidedWithin = ticks(1, most).Draw(t, "decided")
	}
	if chance("learned within") && e.Always != AlwaysUndecided && e.Always != AlwaysPartial {
		e.LearnedWithin = ticks(1, most).Draw(t, "learned")
	}
	if chance("learned") && e.Always != AlwaysUndecided {
		e.Learned = drawQuota(t, s, e.Always == AlwaysPartial)
		if e.Learned.Said() && chance("within") {
			e.Within = ticks(1, most).Draw(t, "since")
		}
	}
	if chance("never before") {
		e.NeverDecidedBefore = ticks(1, most).Draw(t, "never")
		for _, within := range []sim.Time{e.DecidedWithin, e.LearnedWithin, e.Within} {
			if within > 0 {
				e.NeverDecidedBefore = min(e.NeverDecidedBefore, within)
			}
		}
	}
	if chance("an instance") {
		if x := instanceOf(t, s, &e, most, watched); x.ChosenWithin+x.DecidedWithin+x.LearnedWithin+x.NeverDecidedBefore > 0 {
			e.Instances = []ExpectOf{x}
		}
	}
	if list := s.Protocol.Invariants(); e.Always == AlwaysAnything && chance("violated") {
		if name := rapid.SampledFrom(list).Draw(t, "invariant").Name; s.Watches(name) {
			e.Some.Violated = name
		}
	}
	only := func(always Always) bool {
		return e.Always == always || e.Always == AlwaysHeld || e.Always == AlwaysAnything
	}
	e.Some.Decided = only(AlwaysDecided) && chance("some decide")
	e.Some.Partial = only(AlwaysPartial) && chance("some in part")
	e.Some.Undecided = only(AlwaysUndecided) && chance("some do not")
	if e.Says(ClauseSome) && chance("in") {
		e.Some.In = rapid.Uint64Range(1, MaxExpectRuns).Draw(t, "some in")
	}
	if chance("messages") {
		e.MessagesAtMost = rapid.Uint64Range(1, sim.MaxEvents).Draw(t, "at most")
	}
	if watched && chance("marks") {
		e.Marks = rapid.SliceOfNDistinct(rapid.SampledFrom(markNames(s.Protocol)), 1, 2, rapid.ID).Draw(t, "mark")
	}
	if runs := rapid.Uint64Range(0, MaxExpectRuns).Draw(t, "runs"); runs != DefaultExpectRuns {
		e.Runs = runs
	}
	return e
}

// instanceOf draws what is expected of instance 0, beside what is expected of the
// run.
func instanceOf(t *rapid.T, s *Scenario, e *Expect, most sim.Time, watched bool) (x ExpectOf) {
	chance := func(what string) bool { return rapid.Bool().Draw(t, what+" of an instance") }
	if watched && chance("chosen within") {
		x.ChosenWithin = ticks(1, most).Draw(t, "its choice")
	}
	least := max(1, e.NeverDecidedBefore)
	if chance("decided within") && e.Always != AlwaysUndecided {
		x.DecidedWithin = ticks(least, most).Draw(t, "its decision")
	}
	if chance("learned within") && e.Always != AlwaysUndecided && e.Always != AlwaysPartial {
		x.LearnedWithin = ticks(least, most).Draw(t, "its learners")
	}
	if chance("never before") {
		x.NeverDecidedBefore = ticks(1, most).Draw(t, "not before")
		for _, within := range []sim.Time{x.DecidedWithin, x.LearnedWithin, e.LearnedWithin, e.Within} {
			if within > 0 {
				x.NeverDecidedBefore = min(x.NeverDecidedBefore, within)
			}
		}
	}
	return x
}

// drawQuota draws who must have learned; not all of them, if only some may.
func drawQuota(t *rapid.T, s *Scenario, some bool) Quota {
	most := s.Actors
	if some {
		most--
	}
	if most < 1 || s.Actors/2+1 > most {
		return Quota{}
	}
	switch q := (Quota{Kind: QuotaKind(rapid.IntRange(1, 4).Draw(t, "quota"))}); q.Kind {
	case QuotaAll:
		if some {
			return Quota{}
		}
		return q
	case QuotaCount:
		q.Count = rapid.IntRange(1, most).Draw(t, "many")
		return q
	case QuotaListed:
		q.IDs = rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) sim.ID { return sim.ID(rapid.IntRange(1, s.Actors).Draw(t, "actor")) }), 1, min(most, 4), rapid.ID).Draw(t, "who")
		return q
	default:
		return q
	}
}

func premise(t *rapid.T, s *Scenario) Premise {
	var p Premise
	sets := []string{"network.loss=5%", "teaches=x", "disk.sync=0s", "limits.events=7", "members=[1]", "invariants=none",
		`requests=[{actor: 1, value: "a, b: c"}, {at: 0}]`, "requests=by-chance", "faults.more={split: [[1]], until: 7s}", "faults.more.pause=[1]"}
	if text := line(t, 10); text != "" {
		sets[1] = "teaches=" + text
	}
	if s.Actors == 1 {
		sets = sets[:7] // one alone cannot be cut off
	}
	if s.Core != nil || s.SpareQuorum { // which must then be left
		sets = slices.DeleteFunc(sets, func(set string) bool { return set == "members=[1]" })
	}
	names := append([]string{}, families...)
	for _, f := range s.Faults {
		names = append(names, f.Name)
	}
	path := func(set string) string { return set[:8] }
	if rapid.Bool().Draw(t, "sets") {
		p.Set = rapid.SliceOfNDistinct(rapid.SampledFrom(sets), 1, 3, path).Draw(t, "set")
	}
	if p.Set == nil || rapid.Bool().Draw(t, "calms") {
		p.Calm = rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 3, rapid.ID).Draw(t, "calm")
	}
	if m, ok := s.Protocol.(sim.Mutable); ok && rapid.Bool().Draw(t, "mutates") {
		p.Mutant = rapid.SampledFrom(append([]string{none}, mutantWords(m)...)).Draw(t, "another")
	}
	var said []string
	said = append(said, s.Expect.Clauses()...)
	switch {
	case len(said) == 0:
		return Premise{}
	case rapid.Bool().Draw(t, "what breaks"):
		p.Breaks = rapid.SliceOfNDistinct(rapid.SampledFrom(said), 1, 3, rapid.ID).Draw(t, "breaks")
	}
	return p
}
