package story_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/minimal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/story"
)

// holds holds a story to all that is promised of it, and gives it back.
func holds(t *testing.T, f *story.Find) *story.Story {
	t.Helper()
	v := ended(t, f)
	st := shrunk(t, f, story.Options{})
	if st.Breaks != v.Invariant {
		t.Fatalf("the find breaks %s, and the story %s", v.Invariant, st.Breaks)
	}
	if err := st.Check(); err != nil {
		t.Fatalf("%v\n%q", err, st.Lines)
	}
	p := played(t, st)
	got := p.Outcome.Violation
	if got == nil || got.Invariant != v.Invariant || got.Grade != v.Grade || got.Place != v.Place {
		t.Fatalf("it is to break %s, of grade %v, and breaks %+v\n%q", v.Invariant, v.Grade, got, st.Lines)
	}
	if len(p.Events) != len(st.Lines) || !slices.IsSorted(p.Events) || p.Events[len(p.Events)-1] > p.Outcome.Events {
		t.Errorf("events of %d lines: %v of %d", len(st.Lines), p.Events, p.Outcome.Events)
	}
	o := replayed(t, p.Scenario, p.File(""))
	if o.Digest != p.Outcome.Digest || o.Events != p.Outcome.Events || !reflect.DeepEqual(o.Violation, p.Outcome.Violation) || !slices.Equal(o.Families, p.Outcome.Families) {
		t.Errorf("the run file is another run: %+v, and it was %+v", o, p.Outcome)
	}
	minimal.Check(t, st)
	return st
}

// TestStoriesOfSearchedFinds: a find of each mutant under each strategy becomes a story
// that breaks the same, is minimal, and is a run file too.
func TestStoriesOfSearchedFinds(t *testing.T) {
	for _, m := range unsafeOnes() {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			s, stories := trial(&m), 0
			for _, strategy := range campaign.Strategies() {
				for k := range gate.Of(uint64(1), 4) {
					if f := hunted(t, s, strategy, 1+k<<32); f != nil {
						holds(t, f)
						stories++
					}
				}
			}
			if stories == 0 {
				t.Error("nothing was found")
			}
		})
	}
}

// TestStoriesOfTimedFinds: so it is with the finds of the timed engine.
func TestStoriesOfTimedFinds(t *testing.T) {
	stories := 0
	for _, m := range unsafeOnes() {
		s := trial(&m)
		for k := range gate.Of(uint64(1), 4) {
			if f := timed(t, s, 1+k<<32, 1000); f != nil {
				holds(t, f)
				stories++
			}
		}
	}
	if stories < 20 {
		t.Errorf("%d stories: this tries too little", stories)
	}
}

// TestStoriesOfAgreement: so it is where agreement alone is watched, and stories are
// longer.
func TestStoriesOfAgreement(t *testing.T) {
	for _, name := range []string{"no-adoption", "accept-anything", "amnesia", "keeps-ballot", "late-promise", "half-quorum"} {
		m := mutant(t, name)
		s := trial(&m)
		s.Invariants = []string{paxos.Agreement}
		stories := 0
		for k := range gate.Of(uint64(1), 5) {
			if f := hunted(t, s, "pos", 1+k<<32); f != nil {
				holds(t, f)
				stories++
			}
		}
		if f := timed(t, s, 1, 2000); f != nil {
			holds(t, f)
			stories++
		}
		if stories == 0 {
			t.Errorf("%s: nothing was found", name)
		}
	}
}

// TestAnyFind: so it is with any find.
func TestAnyFind(t *testing.T) {
	all := unsafeOnes()
	rapid.Check(t, func(rt *rapid.T) {
		m := rapid.SampledFrom(all).Draw(rt, "mutant")
		s := trial(&m)
		strategy := rapid.SampledFrom(append(campaign.Strategies(), "timed")).Draw(rt, "strategy")
		seed := rapid.Uint64Range(1, 1<<40).Draw(rt, "seed")
		var f *story.Find
		if strategy == "timed" {
			f = timed(t, s, seed, 300)
		} else {
			f = hunted(t, s, strategy, seed)
		}
		if f == nil {
			rt.Skip("nothing was found")
		}
		holds(t, f)
		if t.Failed() {
			rt.Fatal("see above")
		}
	})
}

// TestShrunkTwice: a find is shrunk to one story, how many others are shrunk meanwhile,
// and in whatever order.
func TestShrunkTwice(t *testing.T) {
	var finds []*story.Find
	for _, name := range []string{"no-adoption", "torn-vote", "adopt-first"} {
		m := mutant(t, name)
		finds = append(finds, hunted(t, trial(&m), "walk", 1), timed(t, trial(&m), 1, 1000))
	}
	want := make([]string, len(finds))
	for i, f := range finds {
		want[i] = told(shrunk(t, f, story.Options{}))
	}
	for i := len(finds) - 1; i >= 0; i-- {
		if got := told(shrunk(t, finds[i], story.Options{})); got != want[i] {
			t.Errorf("another story:\n%s\nwas\n%s", got, want[i])
		}
	}
	for i, f := range finds {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			for range 3 {
				if got := told(shrunk(t, f, story.Options{})); got != want[i] {
					t.Errorf("another story:\n%s\nwas\n%s", got, want[i])
				}
			}
		})
	}
}

// told is all that a story says.
func told(st *story.Story) string {
	s := *st.Scenario
	s.Protocol = nil
	return fmt.Sprintf("%+v %s %q %v", s, st.Breaks, st.Lines, st.Given)
}

// TestFixed: the scenario is left as it is, and what is left in lines is minimal.
func TestFixed(t *testing.T) {
	for _, m := range unsafeOnes() {
		s := trial(&m)
		for _, f := range []*story.Find{hunted(t, s, "walk", 1), hunted(t, s, "pct", 1), timed(t, s, 1, 200)} {
			if f == nil {
				continue
			}
			v := ended(t, f)
			st := shrunk(t, f, story.Options{Fixed: true})
			if st.Scenario != s || st.Breaks != v.Invariant {
				t.Errorf("%s: it is another scenario, or breaks %s", m.Name, st.Breaks)
			}
			minimal.CheckLines(t, st)
		}
	}
}

// TestCap: no more is played than the limit allows, and what is left is a story.
func TestCap(t *testing.T) {
	m := mutant(t, "adopt-first")
	f := hunted(t, trial(&m), "walk", 1)
	v := ended(t, f)
	whole, work, err := story.Shrink(t.Context(), *f, story.Options{})
	if err != nil || work.Capped {
		t.Fatal(err, work)
	}
	last := len(whole.Lines) + 1000
	for _, limit := range []uint64{1, 100, 1000, 10_000, 1_000_000} {
		st, work, err := story.Shrink(t.Context(), *f, story.Options{Cap: limit})
		if err != nil {
			t.Fatalf("limit %d: %v", limit, err)
		}
		if p := played(t, st); p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != v.Invariant {
			t.Errorf("limit %d: it breaks %v", limit, p.Outcome.Violation)
		}
		if work.Capped != (limit < 1_000_000) {
			t.Errorf("limit %d: %+v", limit, work)
		}
		const written = 20_000 // to write it down, it is played as well
		if work.Events > limit+written {
			t.Errorf("limit %d: %d events", limit, work.Events)
		}
		if len(st.Lines) > last {
			t.Errorf("limit %d: %d lines, and with less there were %d", limit, len(st.Lines), last)
		}
		last = len(st.Lines)
	}
	if last != len(whole.Lines) {
		t.Errorf("%d lines, and %d without a limit", last, len(whole.Lines))
	}
}

// TestHolds: a run that breaks nothing is no find.
func TestHolds(t *testing.T) {
	m := mutant(t, "no-adoption")
	s := trial(&m)
	s.Protocol = paxos.Protocol()
	if _, _, err := story.Shrink(t.Context(), story.Find{Scenario: s, Seed: 1}, story.Options{}); !errors.Is(err, story.ErrHolds) {
		t.Errorf("%v, want %v", err, story.ErrHolds)
	}
}

// TestCancel: whoever waits for a story can stop that at any time.
func TestCancel(t *testing.T) {
	m := mutant(t, "adopt-most-common")
	f := hunted(t, trial(&m), "walk", 1)
	_, whole, err := story.Shrink(t.Context(), *f, story.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, after := range []int{0, 1, 2, 10, 100, 1000} {
		st, work, err := story.Shrink(&countdown{t.Context(), after}, *f, story.Options{})
		if st != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("after %d looks: %v %v", after, st, err)
		}
		if work.Replays > uint64(after) || work.Replays >= whole.Replays {
			t.Errorf("after %d looks it goes on: %+v", after, work)
		}
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	st := shrunk(t, f, story.Options{Cap: 1})
	if p, err := st.Play(done); p != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("it is played: %v", err)
	}
	if _, err := played(t, st).Decisive(done); !errors.Is(err, context.Canceled) {
		t.Errorf("what decides is looked for: %v", err)
	}
}

// countdown is a context that is done after so many looks.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestFewActors: one actor and two can have a story.
func TestFewActors(t *testing.T) {
	m := mutant(t, "unsaved-promise")
	for n := 1; n <= 2; n++ {
		s := trial(&m)
		s.Actors = n
		s.Requests = []sim.ScriptedRequest{{Actor: 1}}
		for _, f := range []*story.Find{hunted(t, s, "walk", 1), timed(t, s, 1, 1000)} {
			if f == nil {
				t.Fatalf("%d actors: nothing is found", n)
			}
			if st := holds(t, f); st.Scenario.Actors > n {
				t.Errorf("%d actors of %d", st.Scenario.Actors, n)
			}
		}
	}
}

// TestCappedStories: whatever is left of a find can be written down and played.
func TestCappedStories(t *testing.T) {
	strategies := campaign.Strategies()
	for i, m := range unsafeOnes() {
		s := trial(&m)
		for k := range gate.Of(uint64(1), 8) {
			for _, f := range []*story.Find{hunted(t, s, strategies[i%len(strategies)], 1+k<<32), timed(t, s, 1+k<<32, 500)} {
				if f == nil {
					continue
				}
				v := ended(t, f)
				for _, limit := range []uint64{1, 2000} {
					p := played(t, shrunk(t, f, story.Options{Cap: limit}))
					if got := p.Outcome.Violation; got == nil || got.Invariant != v.Invariant {
						t.Errorf("%s, limit %d: it breaks %v", m.Name, limit, got)
					}
				}
			}
		}
	}
}

// TestVain: what happens to an actor that is down is no line, where the limit leaves that.
func TestVain(t *testing.T) {
	m := mutant(t, "adopt-most-common")
	f := timed(t, trial(&m), 1+3<<32, 500)
	if p := played(t, shrunk(t, f, story.Options{Cap: 2000})); p.Outcome.Violation == nil {
		t.Error("it breaks nothing")
	}
}

// TestManyActors: a find of many actors becomes a story of few.
func TestManyActors(t *testing.T) {
	m := mutant(t, "unsaved-vote")
	s := trial(&m)
	s.Actors, s.Members, s.Requests = 101, nil, []sim.ScriptedRequest{{}}
	st := holds(t, timed(t, s, 1, 10))
	if st.Scenario.Actors > 5 {
		t.Errorf("%d actors", st.Scenario.Actors)
	}
}

// TestTooLong: a run of too many events is refused, and it is not waited for.
func TestTooLong(t *testing.T) {
	m := mutant(t, "decimal-ballot")
	s := trial(&m)
	s.Actors, s.Requests, s.Invariants = 10_001, []sim.ScriptedRequest{{Actor: 1}, {Actor: 2}}, []string{paxos.Agreement}
	var long *story.TooLong
	st, work, err := story.Shrink(t.Context(), story.Find{Scenario: s, Seed: 1}, story.Options{})
	if st != nil || !errors.As(err, &long) {
		t.Errorf("%v %v", st, err)
	}
	if work.Events > long.Most+10_000 {
		t.Errorf("%+v", work)
	}
}

// TestMerged: two quorums of three of five actors that meet in one become two of three:
// for that, actors must take the places of others.
func TestMerged(t *testing.T) {
	m := mutant(t, "no-adoption")
	s := trial(&m)
	s.Actors, s.Requests, s.Invariants = 5, []sim.ScriptedRequest{{Actor: 1}, {Actor: 2}}, []string{paxos.Agreement}
	p := played(t, &story.Story{Scenario: s, Breaks: paxos.Agreement, Lines: []string{
		"client asks 1",
		"Prepare 1.1 reaches 1, 4 and 5",
		"Promise 1.1 from 1, 4 and 5 reaches 1",
		"Accept 1.1 reaches 2, 3 and 4",
		"client asks 2",
		"Prepare 2.2 reaches 1, 4 and 5",
		"Promise 2.2 from 1, 4 and 5 reaches 2",
		"Accept 2.2 reaches 1, 3 and 5",
	}})
	f, err := story.Of(p.Scenario, p.File(""))
	if err != nil {
		t.Fatal(err)
	}
	if st := holds(t, &f); st.Scenario.Actors != 3 {
		t.Errorf("%d actors: %q", st.Scenario.Actors, st.Lines)
	}
}
