package story_test

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/minimal"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/story"
)

// keeps holds a story that keeps the clock to all that is promised of it.
func keeps(t *testing.T, f *story.Find, o story.Options) *story.Story {
	t.Helper()
	v := ended(t, f)
	st := shrunk(t, f, o)
	if !st.Clock || len(st.Lines) > 0 || st.Breaks != v.Invariant {
		t.Fatalf("%+v", st)
	}
	if err := st.Check(); err != nil {
		t.Fatal(err)
	}
	p := played(t, st)
	got := p.Outcome.Violation
	if got == nil || got.Invariant != v.Invariant || got.Grade != v.Grade {
		t.Fatalf("it is to break %s, and breaks %+v", v.Invariant, got)
	}
	again, err := story.ReadFile([]byte(st.File().Text()))
	if err != nil {
		t.Fatalf("%v\n%s", err, st.File().Text())
	}
	if back, err := again.Story(st.Scenario); err != nil || told(back) != told(st) || back.Clock != st.Clock {
		t.Errorf("the file is another story: %v\n%s", err, st.File().Text())
	}
	file := p.File("")
	if file.Engine != "timed" || !file.Base.Calm {
		t.Errorf("the run file is of the engine %s over %v", file.Engine, file.Base)
	}
	if again := replayed(t, p.Scenario, file); again.Digest != p.Outcome.Digest || !reflect.DeepEqual(again.Violation, got) {
		t.Errorf("the run file is another run: %+v, and it was %+v", again, p.Outcome)
	}
	return st
}

// TestClock: a lease whose margin is wrong breaks by the clock alone, and its story keeps
// that: what is left is what had to be late.
func TestClock(t *testing.T) {
	all, one := 0, 0
	for k := range gate.Of(uint64(12), 40) {
		f := timed(t, leased(), 1+k<<32, 2000)
		if f == nil {
			t.Fatal("nothing is found")
		}
		st := keeps(t, f, story.Options{})
		minimal.Check(t, st)
		all++
		if len(st.Given) == 1 && strings.HasPrefix(lateGrant(st), "delay Grant 1>") {
			one++
		}
	}
	if one < all/2 {
		t.Errorf("%d of %d stories are a late grant and no more", one, all)
	}
}

// TestClockFixed: with the scenario as it is, the answers alone are shrunk.
func TestClockFixed(t *testing.T) {
	s := leased()
	f := timed(t, s, 1, 2000)
	st := keeps(t, f, story.Options{Fixed: true})
	if st.Scenario != s || len(st.Given) == 0 {
		t.Errorf("%s", told(st))
	}
	minimal.CheckLines(t, st)
}

// TestClockTwice: a find is shrunk to one story, and with a limit there is one as well.
func TestClockTwice(t *testing.T) {
	f := timed(t, leased(), 1, 2000)
	a, b := keeps(t, f, story.Options{}), keeps(t, f, story.Options{})
	if told(a) != told(b) {
		t.Errorf("another story: %s, and it was %s", told(a), told(b))
	}
	for _, limit := range []uint64{1, 1000} {
		if len(keeps(t, f, story.Options{Cap: limit}).Given) < len(a.Given) {
			t.Errorf("limit %d: it is shorter than without a limit", limit)
		}
	}
	for _, after := range []int{0, 10, 100} {
		if st, _, err := story.Shrink(&countdown{t.Context(), after}, *f, story.Options{}); st != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("after %d looks: %v %v", after, st, err)
		}
	}
}

// TestClockMistakes: what cannot be in a story that keeps the clock is told.
func TestClockMistakes(t *testing.T) {
	st := keeps(t, timed(t, leased(), 1, 2000), story.Options{})
	tests := []struct {
		name   string
		edit   func(st *story.Story)
		want   string
		played bool
	}{
		{"lines", func(st *story.Story) { st.Lines = []string{"client asks 1"} }, "this story keeps the clock, so its answers say what happens: it has no lines", false},
		{"an unknown choice", func(st *story.Story) { st.Given["dealy Grant 1>2 #1"] = 3 }, `choice "dealy Grant 1>2 #1": `, false},
		{"a calm answer", func(st *story.Story) { st.Given["delay Grant 1>2 #9"] = 0 }, "the choice delay Grant 1>2 #9 is 0, and so it is without a word: leave it out", false},
		{"a choice that nobody asks", func(st *story.Story) { st.Given["delay Grant 1>2 #99"] = 3 }, "nobody asks here: delay Grant 1>2 #99", true},
		{"an answer that there is not", func(st *story.Story) { st.Given[lateGrant(st)] = 3_000_000 }, lateGrant(st) + " is 3000000 here, and its answers are 0 to ", true},
	}
	for _, tt := range tests {
		c := *st
		c.Given = maps.Clone(st.Given)
		tt.edit(&c)
		m := mistaken(t, &c)
		if m.Played != tt.played || !strings.HasPrefix(m.Text, tt.want) {
			t.Errorf("%s: %+v, want %s", tt.name, m, tt.want)
		}
		var early *story.Mistake
		if err := c.Check(); errors.As(err, &early) == tt.played {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// lateGrant is a choice of a story.
func lateGrant(st *story.Story) string { return slices.Sorted(maps.Keys(st.Given))[0] }

// TestClockDecisive holds which event decides, by the definition of that: each event is
// tried.
func TestClockDecisive(t *testing.T) {
	for k := range uint64(4) {
		st := keeps(t, timed(t, leased(), 1+k<<32, 2000), story.Options{Fixed: k == 3})
		p := played(t, st)
		got, err := p.Decisive(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := uint64(0)
		for e := uint64(1); e <= p.Outcome.Events; e++ {
			w, err := p.Scenario.Protocol.New(p.Scenario)
			if err != nil {
				t.Fatal(err)
			}
			words := p.Scenario.Protocol.Vocabulary()
			calm := false
			w.Reset(0, sourceOf(func(k scheduler.Key, _, _ uint32) uint32 {
				if calm {
					return 0
				}
				return st.Given[words.KeyText(k)]
			}))
			tally.Run()
			w.Steps(int(e - 1))
			calm = true
			if v := w.Run().Violation; v == nil {
				want = e
			}
		}
		if got != want || got == 0 {
			t.Errorf("event %d decides, want %d: %s", got, want, told(st))
		}
	}
}

// sourceOf is a source that is a function.
type sourceOf func(k scheduler.Key, outcomes, seeded uint32) uint32

// Answer implements [scheduler.Source].
func (f sourceOf) Answer(k scheduler.Key, outcomes, seeded uint32) uint32 {
	return f(k, outcomes, seeded)
}

// TestClockLeavesOrder: where the order of events breaks the rule, it keeps no clock.
func TestClockLeavesOrder(t *testing.T) {
	m := mutant(t, "no-adoption")
	if st := shrunk(t, timed(t, trial(&m), 1, 1000), story.Options{}); st.Clock || len(st.Lines) == 0 {
		t.Errorf("%s", told(st))
	}
}

// TestMargin: the lease holds with a margin that is wide enough: what is found is its
// mistake.
func TestMargin(t *testing.T) {
	s := leased()
	s.Settings = []int64{400, 60}
	s.Crashes = faults.Crashes{} // they make actor 1 forget what it has granted
	if f := timed(t, s, 1, 2000); f != nil {
		t.Errorf("seed %d: %+v", f.Seed, ended(t, f))
	}
}

// TestClockFaults: where a fault by the script makes a grant late, there is nothing that
// chance would have to do: the times of the fault fall, and the fault stays.
func TestClockFaults(t *testing.T) {
	s := leased()
	s.Network.Loss, s.Network.Duplicate, s.Network.DelayMax, s.Crashes = 0, 0, s.Network.DelayMin, faults.Crashes{}
	s.Requests = []sim.ScriptedRequest{{Actor: 2, At: 20}, {Actor: 3, At: 30}, {Actor: 4, At: 40}}
	s.Faults = []faults.Fault{
		{Name: "jam", At: 3, Until: 90, Clog: &aims.Links{From: aims.These(1), To: aims.These(2)}},
		{Name: "nap", At: 300, Until: 310, Pause: aims.These(4)},
	}
	f := timed(t, s, 1, 200)
	if f == nil {
		t.Fatal("nothing is found")
	}
	st := keeps(t, f, story.Options{})
	minimal.Check(t, st)
	if len(st.Scenario.Faults) != 1 || st.Scenario.Faults[0].Name != "jam" || st.Scenario.Faults[0].Until >= 90 {
		t.Errorf("%+v %s", st.Scenario.Faults, told(st))
	}
	if at, err := played(t, st).Decisive(t.Context()); err != nil || at != 0 && len(st.Given) == 0 {
		t.Errorf("event %d decides: %v", at, err)
	}
}
