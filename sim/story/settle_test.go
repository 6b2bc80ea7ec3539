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

// sentToAll is a scenario of three actors with a mutant, whose proposals go to all.
func sentToAll(t *testing.T, mutant string) *sim.Scenario {
	t.Helper()
	p, ok := mutants.Protocol().(sim.Mutable).Mutate(mutant)
	if !ok {
		t.Fatal("there is no such mutant")
	}
	s := &sim.Scenario{Tick: 100_000, Actors: 3, Protocol: p, Mutant: mutant, Invariants: []string{paxos.Agreement},
		Network: weather.Network{DelayMin: 10, DelayMax: 10}, Settings: make([]int64, len(p.Settings()))}
	for i, x := range p.Settings() {
		s.Settings[i] = x.Default
	}
	s.Settings[slices.IndexFunc(p.Settings(), func(x sim.Setting) bool { return x.Name == "fan_out" })] = 1
	s.Requests = []sim.ScriptedRequest{{Actor: 1}, {Actor: 2}, {Actor: 3}}
	return s
}

// settled is a shrinker at its end, and the story that it has.
func settled(t *testing.T, mutant string, lines []string) (*shrinker, *Story) {
	t.Helper()
	st := &Story{Scenario: sentToAll(t, mutant), Breaks: paxos.Agreement, Lines: lines}
	played, err := st.Play(context.Background())
	if err != nil || played.Outcome.Violation == nil {
		t.Fatalf("%v, %+v", err, played)
	}
	return &shrinker{ctx: context.Background(), cap: DefaultCap, breaks: played.Outcome.Violation}, st
}

// TestSettle: what lines can do without goes, although no pass over schedules took it
// out: an alarm whose message comes as a copy too, a message of which a copy comes
// later, and a request that nobody makes.
func TestSettle(t *testing.T) {
	for _, c := range []struct {
		mutant     string
		more, want []string
	}{
		{"double-promise", []string{
			"client asks 1",
			"alarm repeat of 1 goes off",
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
		}, []string{
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
		}},
		{"no-adoption", []string{
			"client asks 1",
			"Prepare 1.1 reaches 1 and 2",
			"Promise 1.1 from 1 and 2 reaches 1",
			"Accept 1.1 reaches 1 and 3",
			"client asks 2",
			"Accept 1.1 reaches 3 again",
			"Prepare 2.2 reaches 1 and 2",
			"Promise 2.2 from 1 and 2 reaches 2",
			"Accept 2.2 reaches 2 and 3",
		}, []string{
			"client asks 1",
			"Prepare 1.1 reaches 1 and 2",
			"Promise 1.1 from 1 and 2 reaches 1",
			"Accept 1.1 reaches 1",
			"client asks 2",
			"Accept 1.1 reaches 3",
			"Prepare 2.2 reaches 1 and 2",
			"Promise 2.2 from 1 and 2 reaches 2",
			"Accept 2.2 reaches 2 and 3",
		}},
	} {
		x, st := settled(t, c.mutant, c.more)
		got, ok, err := x.settle(st)
		if err != nil || !ok || !slices.Equal(got.Lines, c.want) || len(got.Scenario.Requests) != 2 {
			t.Errorf("%s: %v, %v:\n%q\nnot\n%q", c.mutant, ok, err, got.Lines, c.want)
		}
		if again, ok, err := x.settle(got); ok || err != nil || again != got {
			t.Errorf("%s: something goes twice: %q", c.mutant, again.Lines)
		}
		x, st = settled(t, c.mutant, c.more)
		x.fixed = true
		if got, _, _ := x.settle(st); len(got.Scenario.Requests) != 3 || !slices.Equal(got.Lines, c.want) {
			t.Errorf("%s: a fixed scenario: %q, %v", c.mutant, got.Lines, got.Scenario.Requests)
		}
		x, st = settled(t, c.mutant, c.more)
		x.cap, x.work.Events = 1, 1
		if got, ok, err := x.settle(st); got != st || ok || err != nil || !x.work.Capped {
			t.Errorf("%s: the limit is reached, and it goes on: %q, %v", c.mutant, got.Lines, err)
		}
	}
}
