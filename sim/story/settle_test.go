package story

import (
	"context"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestSettle: what lines can do without goes, although no pass over schedules took it
// out: an alarm whose message comes as a copy too, and what is asked of nobody.
func TestSettle(t *testing.T) {
	p, ok := mutants.Protocol().(sim.Mutable).Mutate("double-promise")
	if !ok {
		t.Fatal("there is no such mutant")
	}
	lines := []string{
		"client asks 1",
		"Prepare 1.1 reaches 2",
		"client asks 2",
		"Prepare 2.2 reaches 1",
		"Prepare 1.1 reaches 2 again",
		"Promise 1.1 reaches 1",
		"Promise 1.1 reaches 1",
		"Promise 2.2 reaches 2",
		"Accept 1.1 reaches 2 and 3",
		"Promise 2.2 reaches 2 again",
		"Accept 2.2 reaches 2 and 3",
	}
	s := &sim.Scenario{Tick: 100_000, Actors: 3, Protocol: p, Mutant: "double-promise", Invariants: []string{paxos.Agreement},
		Network: weather.Network{DelayMin: 10, DelayMax: 10}, Settings: make([]int64, len(p.Settings()))}
	for i, x := range p.Settings() {
		s.Settings[i] = x.Default
	}
	s.Settings[slices.IndexFunc(p.Settings(), func(x sim.Setting) bool { return x.Name == "fan_out" })] = 1
	s.Requests = []sim.ScriptedRequest{{Actor: 1}, {Actor: 2}, {Actor: 3}}
	more := slices.Insert(slices.Clone(lines), 1, "alarm repeat of 1 goes off")
	st := &Story{Scenario: s, Breaks: paxos.Agreement, Lines: more}
	played, err := st.Play(context.Background())
	if err != nil || played.Outcome.Violation == nil {
		t.Fatalf("%v, %+v", err, played)
	}
	x := &shrinker{ctx: context.Background(), cap: DefaultCap, breaks: played.Outcome.Violation}
	got, ok, err := x.settle(st)
	if err != nil || !ok || !slices.Equal(got.Lines, lines) || len(got.Scenario.Requests) != 2 {
		t.Errorf("%v, %v:\n%q\nnot\n%q", ok, err, got.Lines, lines)
	}
	if again, ok, err := x.settle(got); ok || err != nil || again != got {
		t.Errorf("something goes twice: %q", again.Lines)
	}
	x = &shrinker{ctx: context.Background(), cap: DefaultCap, breaks: played.Outcome.Violation, fixed: true}
	if got, _, _ := x.settle(st); len(got.Scenario.Requests) != 3 || !slices.Equal(got.Lines, lines) {
		t.Errorf("a fixed scenario: %q, %v", got.Lines, got.Scenario.Requests)
	}
	x = &shrinker{ctx: context.Background(), cap: 1, breaks: played.Outcome.Violation, work: Work{Events: 1}}
	if got, ok, err := x.settle(st); got != st || ok || err != nil || !x.work.Capped {
		t.Errorf("the limit is reached, and it goes on: %q, %v", got.Lines, err)
	}
}
