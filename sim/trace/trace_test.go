package trace_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// play makes a world and runs it once.
func play(t *testing.T, s *sim.Scenario, seed uint64, source scheduler.Source, o observe.Observer) sim.Outcome {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	if o != nil {
		w.Observe(o)
	}
	w.Reset(seed, source)
	tally.Run()
	return w.Run()
}

func TestStepsHandOnEveryEntry(t *testing.T) {
	var all trace.Recorder
	play(t, match(), 3, nil, &all)

	var again []observe.Entry
	last := uint64(0)
	steps := trace.Steps{Each: func(s trace.Step) {
		if s.Event.Event <= last {
			t.Errorf("event %d after event %d", s.Event.Event, last)
		}
		last = s.Event.Event
		again = append(append(again, s.Event), s.Effects...)
	}}
	play(t, match(), 3, nil, &steps)
	steps.Flush()
	if len(again) < 20 {
		t.Fatalf("only %d entries", len(again))
	}
	if diff := cmp.Diff(plain(all.Entries), plain(again)); diff != "" {
		t.Error(diff)
	}
}

func TestSavedRunPlaysAgain(t *testing.T) {
	s := match()
	for seed := range uint64(50) {
		first := play(t, s, seed, nil, nil)
		f, err := trace.Decode(trace.New(s, "the scenario", trace.Base{Seed: seed}, first).Encode())
		if err != nil {
			t.Fatal(err)
		}
		seed, source, err := f.Source(pingPong.Vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		if d := f.Compare(play(t, s, seed, source, nil)); d != nil {
			t.Errorf("seed %d: %v", seed, d)
		}
	}
}

func TestSurprisesOverCalmAreTheSameRun(t *testing.T) {
	s := match()
	var rec scheduler.Recording
	first := play(t, s, 7, &rec, nil)
	f := trace.New(s, "", trace.Base{Calm: true}, first)
	for k, a := range rec.Surprises() {
		f.Answers[pingPong.Vocabulary().KeyText(k)] = a
	}
	seed, source, err := f.Source(pingPong.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	if d := f.Compare(play(t, s, seed, source, nil)); d != nil {
		t.Error(d)
	}
	if len(source.Unused()) != 0 {
		t.Errorf("unused: %v", source.Unused())
	}
}

func TestCompareNamesTheBlock(t *testing.T) {
	checkpoints := func(n int) (m []uint64) {
		for i := range n {
			m = append(m, uint64(i))
		}
		return m
	}
	file := func(events uint64, n int) *trace.File {
		return &trace.File{Events: events, Outcome: "decided", Digest: 99, Checkpoints: checkpoints(n)}
	}
	outcome := func(events uint64, digest uint64, checkpoints []uint64) sim.Outcome {
		return sim.Outcome{Verdict: observe.VerdictDecided, Events: events, Digest: digest, Checkpoints: checkpoints}
	}
	violatedFile := func(text string) *trace.File {
		return &trace.File{Events: 10, Outcome: "violated", Digest: 99, Violation: &trace.Violation{Invariant: "fair play", Text: text, Event: 7}}
	}
	violatedOutcome := func(text string) sim.Outcome {
		return sim.Outcome{Verdict: observe.VerdictViolated, Events: 10, Digest: 99, Violation: &sim.Violation{Invariant: "fair play", Text: text, Event: 7}}
	}
	changed := checkpoints(3)
	changed[1] = 77
	for _, c := range []struct {
		name string
		f    *trace.File
		o    sim.Outcome
		want *trace.Difference
	}{
		{"the same", file(300, 3), outcome(300, 99, checkpoints(3)), nil},
		{"a mark", file(300, 3), outcome(300, 98, changed), &trace.Difference{From: 65, To: 128, Texts: []string{"events 65 to 128 differ",
			`checkpoints.2: the file says "0000000000000001", the run "000000000000004d"`}}},
		{"the end", file(300, 3), outcome(300, 98, checkpoints(3)), &trace.Difference{From: 257, To: 300, Texts: []string{"events 257 to 300 differ",
			`digest: the file says "0000000000000063", the run "0000000000000062"`}}},
		{"longer", file(300, 3), outcome(310, 98, checkpoints(3)), &trace.Difference{From: 257, To: 310, Texts: []string{"events 257 to 310 differ",
			"events: the file says 300, the run 310", `digest: the file says "0000000000000063", the run "0000000000000062"`}}},
		{"much shorter", file(300, 3), outcome(70, 98, checkpoints(1)), &trace.Difference{From: 65, To: 128, Texts: []string{"events 65 to 128 differ",
			"events: the file says 300, the run 70", `checkpoints.2: the file says "0000000000000001", the run nothing`}}},
		{"tiny", file(10, 0), outcome(12, 98, nil), &trace.Difference{From: 1, To: 12, Texts: []string{"events 1 to 12 differ",
			"events: the file says 10, the run 12", `digest: the file says "0000000000000063", the run "0000000000000062"`}}},
		{"another text", violatedFile("x"), violatedOutcome("y"), &trace.Difference{From: 10, To: 10, Told: true, Texts: []string{`violation.text: the file says "x", the run "y"`}}},
		{"no grade in an older file", violatedFile("x"), violatedOutcome("x"), nil},
	} {
		if diff := cmp.Diff(c.want, c.f.Compare(c.o)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}
