package diff

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

func load(t *testing.T, name string, set ...string) *sim.Scenario {
	t.Helper()
	var list []scenarios.Override
	for _, s := range set {
		list = append(list, scenarios.Set(s))
	}
	s, err := scenarios.Load(name, list...)
	if err != nil {
		t.Fatal(err)
	}
	return &s.Scenario
}

// side is a run under a seed, with some answers chosen.
func side(t *testing.T, s *sim.Scenario, seed uint64, answers map[scheduler.Key]uint32) *Side {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	source := &scheduler.Edited{Answers: answers}
	return Play(Side{Name: s.Name, Scenario: s, World: scenarios.WorldText(s)}, w, seed, source, trace.Base{Seed: seed})
}

// asked lists the choices of a run, each with its event.
func asked(t *testing.T, s *sim.Scenario, seed uint64) (list []scheduler.Asked, events []uint64) {
	t.Helper()
	x := side(t, s, seed, nil)
	for m, ok := x.Next(); ok; m, ok = x.Next() {
		for _, a := range m.Asked {
			list, events = append(list, a), append(events, m.Step.Event.Event)
		}
	}
	return list, events
}

// One answer otherwise: if that makes another run it is the cause, at the event
// that asks it; up to there the runs are the same. With the sides exchanged all
// is the same, exchanged.
func TestOneAnswerIsTheCause(t *testing.T) {
	differ, later := 0, 0
	for seed := range uint64(100) {
		name := []string{"lossy", "duelling-proposers", "self-election"}[seed%3]
		s := load(t, name)
		list, events := asked(t, s, seed)
		r := rand.New(rand.NewPCG(seed, 5))
		i := r.IntN(len(list))
		k := list[i].Key
		other := (list[i].Answer + 1 + uint32(r.IntN(int(list[i].Outcomes-1)))) % list[i].Outcomes
		changed := map[scheduler.Key]uint32{k: other}

		x := Compare(side(t, s, seed, nil), side(t, s, seed, changed))
		// A doubling whose copy would arrive after the end is told, and in no digest.
		if x.Same && x.FiguresA.Digest != x.FiguresB.Digest {
			t.Fatalf("seed %d: same %v, digests %x and %x", seed, x.Same, x.FiguresA.Digest, x.FiguresB.Digest)
		}
		if x.Same {
			continue
		}
		differ++
		if x.Common >= events[i] {
			later++
		}
		c := x.Cause
		if c == nil || c.Key != k || c.A != list[i].Answer || c.B != other || c.Event != events[i] || x.Common+1 < events[i] {
			t.Fatalf("seed %d: %s changed from %d to %d at event %d; the same for %d events, cause %+v",
				seed, s.Protocol.Vocabulary().KeyText(k), list[i].Answer, other, events[i], x.Common, c)
		}
		y := Compare(side(t, s, seed, changed), side(t, s, seed, nil))
		if y.Cause == nil || y.Cause.Key != k || y.Cause.A != other || y.Common != x.Common || y.FiguresA.Digest != x.FiguresB.Digest {
			t.Fatalf("seed %d: exchanged, the cause is %+v", seed, y.Cause)
		}
	}
	t.Logf("%d of 100 runs are others, %d of them later than the choice", differ, later)
	if differ < 60 || later < 20 {
		t.Error("too little was tried")
	}
}

// The earlier alarm of two names its actor's choice, whichever side it is on.
func TestAlarms(t *testing.T) {
	s := load(t, "lossy")
	for _, seeds := range [][2]uint64{{2, 4}, {4, 2}} {
		x := Compare(side(t, s, seeds[0], nil), side(t, s, seeds[1], nil))
		if x.Cause == nil || x.Cause.Text != "idle 2 #1" || x.First == nil || x.First.Text != "idle 1 #1" || x.Common != 10 {
			t.Errorf("%d, %+v, %+v", x.Common, x.Cause, x.First)
		}
	}
}

// Scenarios that differ say how, without what they say of their runs.
func TestScenariosDiffer(t *testing.T) {
	a, b := load(t, "literal-acks"), load(t, "literal-acks", "paxos.adopt=true")
	x := Compare(side(t, a, 1, nil), side(t, b, 1, nil))
	if x.Cause != nil || strings.Join(x.OnlyA, "|") != "paxos: {adopt: false}" || len(x.OnlyB) > 0 {
		t.Errorf("%+v, %q, %q", x.Cause, x.OnlyA, x.OnlyB)
	}
}

// A trace holds no choices, and none is made up.
func TestTraceKnowsNoCause(t *testing.T) {
	s := load(t, "lossy")
	a, b := side(t, s, 2, nil), side(t, s, 4, nil)
	b.Played = false
	x := Compare(a, b)
	if x.Same || x.Cause != nil || x.Others != 0 {
		t.Errorf("%+v", x)
	}
	var out strings.Builder
	if err := x.Print(&out, a, b); err != nil || !strings.Contains(out.String(), "a trace holds no choices") {
		t.Error(err, out.String())
	}
}

// TestPrintFit: where two runs do not fit side by side, B comes below A, and nothing of
// them is wider.
func TestPrintFit(t *testing.T) {
	s := load(t, "lossy")
	a, b := side(t, s, 3, nil), side(t, s, 4, nil)
	x := Compare(a, b)
	print := func(room int) string {
		var out strings.Builder
		if err := x.PrintFit(&out, a, b, room); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	wide := print(0)
	if wide != print(240) || !strings.Contains(wide, " | ") {
		t.Errorf("where there is room:\n%s", print(240))
	}
	narrow := print(60)
	_, events, _ := strings.Cut(narrow, "from here on they differ:\n")
	events, _, _ = strings.Cut(events, "caused by")
	if before, after, ok := strings.Cut(events, "\n  B\n"); !ok || !strings.HasPrefix(before, "  A\n") || strings.Count(before, " ms ") != len(x.A) || strings.Count(after, " ms ") != len(x.B) {
		t.Errorf("not below each other:\n%s", narrow)
	}
	for line := range strings.Lines(events) {
		if len([]rune(line)) > 60+1 {
			t.Errorf("wider than 60: %q", line)
		}
	}
	letters := func(text string) (n int) {
		return len(strings.Join(strings.Fields(strings.ReplaceAll(text, "|", "")), ""))
	}
	if letters(narrow) != letters(wide) {
		t.Errorf("something is lost:\n%s", narrow)
	}
}

// Names that are meant to do harm are text, in both forms.
func TestHostileNames(t *testing.T) {
	const name = "\x1b[31m</script>\u202e\n"
	s := load(t, "lossy")
	a, b := side(t, s, 2, nil), side(t, s, 4, nil)
	a.Name = name
	x := Compare(a, b)
	var out, text bytes.Buffer
	if err := x.Print(&out, a, b); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\u202e") {
		t.Errorf("%q", out.String())
	}
	if err := x.JSON(&text, a, b); err != nil {
		t.Fatal(err)
	}
	var back struct{ A struct{ Name string } }
	if err := json.Unmarshal(text.Bytes(), &back); err != nil || back.A.Name != name || bytes.Count(text.Bytes(), []byte("\n")) != 1 {
		t.Errorf("%v, %q", err, text.String())
	}
}

func TestWrap(t *testing.T) {
	for _, line := range []string{"", "short", strings.Repeat("word ", 40), strings.Repeat("x", 200), strings.Repeat("ä", 200)} {
		got := wrap(line, column)
		for _, l := range got {
			if len([]rune(l)) > column {
				t.Errorf("%q is too long", l)
			}
		}
		all := strings.ReplaceAll(strings.Join(got, ""), " ", "")
		if all != strings.ReplaceAll(line, " ", "") {
			t.Errorf("%q lost something: %q", line, all)
		}
	}
}
