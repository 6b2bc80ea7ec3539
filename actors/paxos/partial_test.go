package paxos_test

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/partitions"
)

// TestOutcomes: what a run came to, where not all actors come to the same: who
// is cut off is waited for, who is gone for good is not, and what a crash took
// away is not known any more.
func TestOutcomes(t *testing.T) {
	fault := func(name string, f faults.Fault) func(s *sim.Scenario) {
		return func(s *sim.Scenario) {
			f.Name = name
			s.Faults = append(s.Faults, f)
		}
	}
	isolate := func(at, until sim.Time, ids ...sim.ID) func(s *sim.Scenario) {
		return fault("cut", faults.Fault{At: at, Until: until, Cut: &partitions.Cut{Shape: partitions.Isolate, Who: aims.These(ids...)}})
	}
	crash := func(name string, at, until sim.Time, ids ...sim.ID) func(s *sim.Scenario) {
		return fault(name, faults.Fault{At: at, Until: until, Crash: aims.These(ids...)})
	}
	two := func(name string, value int64) func(s *sim.Scenario) {
		return func(s *sim.Scenario) { setting(s, name, value) }
	}
	none := sim.Time(-1)
	for _, c := range []struct {
		name, why                string
		change                   []func(s *sim.Scenario)
		verdict                  observe.Verdict
		chosen, decided, learned sim.Time // -1: never
		have, awaited            int
	}{
		{"calm", "two delays to promises, one to votes, one more to learn of them", nil,
			observe.VerdictDecided, 30, 40, 40, 5, 5},
		{"isolated for good", "four decide, the fifth is up and never will",
			[]func(*sim.Scenario){isolate(0, faults.Forever, 5)}, observe.VerdictPartial, 30, 40, none, 4, 5},
		{"two isolated for good", "three are a majority",
			[]func(*sim.Scenario){isolate(0, faults.Forever, 4, 5)}, observe.VerdictPartial, 30, 40, none, 3, 5},
		{"a majority isolated", "nobody can decide",
			[]func(*sim.Scenario){isolate(0, faults.Forever, 3, 4, 5)}, observe.VerdictUndecided, none, none, none, 0, 5},
		{"split", "the side with a majority decides",
			[]func(*sim.Scenario){fault("cut", faults.Fault{Until: faults.Forever, Split: [][]sim.ID{{1, 2, 3}, {4, 5}}})}, observe.VerdictPartial, 30, 40, none, 3, 5},
		{"chosen and not decided", "all are alone once they have voted, and before they hear of any vote but their own",
			[]func(*sim.Scenario){isolate(35, faults.Forever, 1, 2, 3, 4, 5)}, observe.VerdictUndecided, 30, none, none, 0, 5},
		{"crashed for good before", "nobody waits for actor 5",
			[]func(*sim.Scenario){crash("crash", 0, faults.Forever, 5)}, observe.VerdictDecided, 30, 40, 40, 4, 4},
		{"crashed for good later, and had not learned", "from its crash on all have learned that are left",
			[]func(*sim.Scenario){isolate(0, faults.Forever, 5), crash("crash", 500, faults.Forever, 5)}, observe.VerdictDecided, 30, 40, 500, 4, 4},
		{"crashed for good later, and had learned", "all had learned before, and all that are left still have",
			[]func(*sim.Scenario){crash("crash", 500, faults.Forever, 5)}, observe.VerdictDecided, 30, 40, 40, 4, 4},
		{"down for a while, and then for good", "in between the run waited for it",
			[]func(*sim.Scenario){isolate(300, faults.Forever, 5), crash("crash", 400, 450, 5), crash("again", 600, faults.Forever, 5)}, observe.VerdictDecided, 30, 40, 600, 4, 4},
		{"all gone for good", "a decision was made, and nobody is left who knows it",
			[]func(*sim.Scenario){crash("crash", 500, faults.Forever, 1, 2, 3, 4, 5)}, observe.VerdictPartial, 30, 40, none, 0, 0},
		{"gone before anything", "nobody is waited for, and nobody decided",
			[]func(*sim.Scenario){crash("crash", 0, faults.Forever, 1, 2, 3, 4, 5)}, observe.VerdictUndecided, none, none, none, 0, 0},
		{"lost with a crash, for good", "actor 5 comes back and is alone: it knows nothing any more",
			[]func(*sim.Scenario){isolate(300, faults.Forever, 5), crash("crash", 400, 450, 5)}, observe.VerdictPartial, 30, 40, none, 4, 5},
		{"lost by all, for good", "the decision was made, and none knows it now",
			[]func(*sim.Scenario){crash("crash", 400, 450, 1, 2, 3, 4, 5), isolate(401, faults.Forever, 1, 2, 3, 4, 5)}, observe.VerdictPartial, 30, 40, none, 0, 5},
		{"lost with a crash, and on the disk", "with save_learned it reads the decision again",
			[]func(*sim.Scenario){two("save_learned", 1), crash("crash", 400, 450, 5)}, observe.VerdictDecided, 30, 40, 450, 5, 5},
		{"all learned, and a fault to come", "the limit comes first, and it changes nothing: all have learned",
			[]func(*sim.Scenario){crash("crash", 900, 950, 5), func(s *sim.Scenario) { s.Limits.Time = 500 }}, observe.VerdictDecided, 30, 40, 40, 5, 5},
		{"votes that nobody counts", "with no invariant on, and nobody observing",
			[]func(*sim.Scenario){func(s *sim.Scenario) { s.Invariants = []string{} }}, observe.VerdictDecided, none, 40, 40, 5, 5},
		{"alone", "one actor is a quorum: it votes at once, and its message to itself takes one delay each",
			[]func(*sim.Scenario){func(s *sim.Scenario) { s.Actors = 1 }}, observe.VerdictDecided, 30, 40, 40, 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := calm(5)
			s.Requests[0].Actor = 1
			s.Limits.Time = 3000
			for _, change := range c.change {
				change(s)
			}
			r := newRunner(t, s)
			for range 2 { // a world that is used again knows nothing of the run before
				r.Reset(1, nil)
				tally.Run()
				o := r.Run()
				times := [...]struct {
					what      string
					want, got sim.Time
					is        bool
				}{
					{"chosen", c.chosen, o.ChosenTime, o.Chosen.Value != 0},
					{"decided", c.decided, o.DecideTime, o.Decisions > 0},
					{"learned", c.learned, o.LearnedTime, o.AllLearned()},
				}
				if o.Verdict != c.verdict || o.Learned != c.have || o.Awaited != c.awaited {
					t.Errorf("%v by %d of %d, want %v by %d of %d: %s", o.Verdict, o.Learned, o.Awaited, c.verdict, c.have, c.awaited, c.why)
				}
				for _, x := range times {
					if x.is != (x.want >= 0) || x.got != max(x.want, 0) {
						t.Errorf("%s: %v at %d, want %d: %s", x.what, x.is, x.got, x.want, c.why)
					}
				}
				if stuck := r.Diagnosis(); (len(stuck) > 0) != (c.verdict != observe.VerdictDecided && c.awaited > 0) {
					t.Errorf("stuck: %q", stuck)
				}
			}
		})
	}
}

// TestCoreIsAwaited: once a core has calm the run waits for it alone; who is
// outside may learn or not.
func TestCoreIsAwaited(t *testing.T) {
	s := calm(5)
	s.Until, s.Core = 100, &aims.Target{Group: aims.Everyone}
	s.Faults = []faults.Fault{{Name: "cut", At: 0, Until: faults.Forever, Cut: &partitions.Cut{Shape: partitions.Isolate, Who: aims.Target{Group: aims.Everyone}}}}
	r := newRunner(t, s)
	r.Reset(1, nil)
	tally.Run()
	o := r.Run()
	if o.End != observe.EndGoal || o.Verdict != observe.VerdictDecided || o.Learned != 3 || o.Awaited != 3 || len(o.Core) != 3 || o.LearnedTime < 100 || o.LearnedTime < o.DecideTime || o.DecideTime <= o.ChosenTime {
		t.Errorf("%+v", o)
	}
	// All had learned before the storm was over: then the core had as well.
	s.Faults = nil
	s.Limits.Time = 3000
	r = newRunner(t, s)
	r.Reset(1, nil)
	tally.Run()
	if o := r.Run(); o.Verdict != observe.VerdictDecided || o.LearnedTime != 40 {
		t.Errorf("%+v", o)
	}
	// The core cannot learn: its limit comes first.
	s.Faults = []faults.Fault{{Name: "cut", At: 0, Until: faults.Forever, Cut: &partitions.Cut{Shape: partitions.Isolate, Who: aims.Target{Group: aims.Everyone}}}}
	s.Limits.Time = 110
	r = newRunner(t, s)
	r.Reset(1, nil)
	tally.Run()
	if o := r.Run(); o.Verdict != observe.VerdictUndecided || o.Learned != 0 || o.Awaited != 3 {
		t.Errorf("%+v", o)
	}
}

// TestCountedWhileObserved: where no invariant is on, nobody counts votes, unless
// somebody observes the run; and then nothing is checked for all that.
func TestCountedWhileObserved(t *testing.T) {
	s := literal(0) // two values are chosen
	s.Invariants = []string{}
	r := newRunner(t, s)
	r.Reset(1, nil)
	tally.Run()
	blind := r.Run()
	if blind.Counted || blind.Chosen != (sim.Chosen{}) || blind.Verdict != observe.VerdictDecided {
		t.Fatalf("%+v", blind)
	}
	var l trail
	r = newRunner(t, s)
	r.Observe(&l)
	r.Reset(1, nil)
	tally.Run()
	o := r.Run()
	if !o.Counted || r.ValueName(o.Chosen.Value) != "x" || o.ChosenTime != 30 || o.Violation != nil || o.Marks != 0 {
		t.Errorf("%+v", o)
	}
	if o.Digest != blind.Digest || o.Events != blind.Events {
		t.Errorf("another run: %x and %x", o.Digest, blind.Digest)
	}
	var told []string
	for _, e := range l.list {
		if e.What == observe.BecameChosen {
			told = append(told, e.Text)
		}
	}
	if len(told) != 2 || told[0] != "x (1.1)" || told[1] != "y (2.2)" {
		t.Errorf("chosen: %q", told)
	}
	watched := literal(0)
	watched.Invariants = []string{paxos.Validity}
	r = newRunner(t, watched)
	r.Reset(1, nil)
	tally.Run()
	if w := r.Run(); w.Digest != blind.Digest || w.ChosenTime != 30 {
		t.Errorf("another run: %+v", w)
	}
}
