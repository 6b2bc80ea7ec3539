package naive_test

import (
	"context"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/actors/paxosspec"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/naive"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/weather"
)

// paxosOf is Paxos with some actors, of whom the first are proposers: each is asked for a
// value of its own. Accept goes to all.
func paxosOf(p sim.Protocol, actors, proposers int) *sim.Scenario {
	s := &sim.Scenario{Name: "tiny", Tick: 1_000_000, Actors: actors, Protocol: p, Network: weather.Network{DelayMin: 1, DelayMax: 1}}
	for _, x := range p.Settings() {
		value := x.Default
		if x.Name == "fan_out" {
			value = 1 // all
		}
		s.Settings = append(s.Settings, value)
	}
	for i := range proposers {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: sim.ID(i + 1), Name: string(rune('x' + i))})
	}
	return s
}

// waits are the choices of Paxos: all say when an alarm goes off.
var waits = naive.Options{Delays: []uint8{0, 1}, Most: 10_000}

// compare holds the three against each other: the paths that the acting engine plays, the
// model, and the fast explorer.
func compare(t *testing.T, s *sim.Scenario, scope sim.Scope, o naive.Options) naive.Result {
	t.Helper()
	r, err := naive.Compare(s, scope, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d states, %d steps deep, %d runs", r.States, r.Depth, r.Runs)
	fast, err := explore.Check(context.Background(), s, scope, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	steps := 0 // that are not part of the one before
	for _, x := range fast.Path {
		if !x.With {
			steps++
		}
	}
	switch broken := fast.Broken; {
	case (fast.Verdict == explore.Violated) != (r.Violation != nil):
		t.Errorf("the fast explorer says %+v, and the naive one %v after %q", fast, r.Violation, r.Path)
	case broken != nil && (broken.Invariant != r.Violation.Invariant || steps != r.Depth):
		t.Errorf("the fast explorer breaks %s after %d steps, and the naive one %s after %d", broken.Invariant, steps, r.Violation.Invariant, r.Depth)
	case broken == nil && (fast.States != r.States || fast.Depth != r.Depth):
		t.Errorf("the fast explorer has %d states, %d steps deep, and the naive one %d and %d", fast.States, fast.Depth, r.States, r.Depth)
	}
	return r
}

// TestPaxos: the model of Paxos and the acting engine have the same states.
func TestPaxos(t *testing.T) {
	for _, c := range []struct {
		name              string
		actors, proposers int
		change            func(x *sim.Scope)
		states            int
		slow              bool
	}{
		{name: "a duel of two", actors: 2, proposers: 2, states: 5872},
		{name: "a duel of two, in order", actors: 2, proposers: 2, change: func(x *sim.Scope) { x.Network = sim.InOrder }, states: 2423},
		{name: "one of two, any number of times", actors: 2, proposers: 1, change: func(x *sim.Scope) { x.Network, x.Inline = sim.AnyTimes, true }, states: 13},
		{name: "one of three, any number of times", actors: 3, proposers: 1, change: func(x *sim.Scope) { x.Network, x.Inline = sim.AnyTimes, true }, states: 469},
		{name: "a crash", actors: 2, proposers: 1, change: func(x *sim.Scope) { x.Crashes = 1 }, states: 2987},
		{name: "a crash, after which no client asks again", actors: 2, proposers: 1, change: func(x *sim.Scope) { x.Crashes, x.AskOnce = 1, true }, states: 172},
		{name: "a duel of two, without nacks", actors: 2, proposers: 2, change: func(x *sim.Scope) {
			x.Lost = []uint8{uint8(slices.Index(paxos.Protocol().Vocabulary().Messages, "Nack"))}
		}, states: 3136},
		{name: "a crash, in order", actors: 2, proposers: 1, change: func(x *sim.Scope) { x.Crashes, x.Network = 1, sim.InOrder }, states: 896},
		{name: "two rounds, in order", actors: 2, proposers: 1, change: func(x *sim.Scope) {
			x.SetRounds(paxos.Protocol().Vocabulary(), 2)
			x.Network = sim.InOrder
		}, states: 32},
		{name: "three", actors: 3, proposers: 1, states: 5742, slow: true},
		{name: "three, inline", actors: 3, proposers: 1, change: func(x *sim.Scope) { x.Inline = true }, states: 563},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.slow && gate.Of(0, 1) == 0 {
				t.Skip("the gate does it")
			}
			s := paxosOf(paxos.Protocol(), c.actors, c.proposers)
			scope := s.Protocol.Scope(s)
			if c.change != nil {
				c.change(&scope)
			}
			if r := compare(t, s, scope, waits); r.States != c.states {
				t.Errorf("%d states, want %d", r.States, c.states)
			}
		})
	}
}

// TestMutants: the two agree on what breaks, and after how many steps at least.
func TestMutants(t *testing.T) {
	for _, name := range []string{"free-first-round", "half-quorum", "accept-anything", "nack-counts"} {
		t.Run(name, func(t *testing.T) {
			m, ok := mutants.Find(name)
			if !ok {
				t.Fatal("there is no such mutant")
			}
			s := paxosOf(m.Protocol(), 2, 2)
			if r := compare(t, s, s.Protocol.Scope(s), waits); r.Violation == nil {
				t.Errorf("nothing breaks in %d states", r.States)
			}
		})
	}
}

// TestSpecRules: the same of the specification, with a rule replaced.
func TestSpecRules(t *testing.T) {
	for _, c := range []struct {
		name, breaks string
		change       func(r *paxosspec.Rules)
	}{
		{"any value is safe", paxosspec.SafeAt, func(r *paxosspec.Rules) {
			r.ShowsSafe = func(*paxosspec.Settings, *paxosspec.Reports, sim.Value) bool { return true }
		}},
		{"one acceptor is a quorum", sim.Agreement, func(r *paxosspec.Rules) {
			r.IsQuorum = func(*paxosspec.Settings, int) bool { return true }
		}},
		{"an acceptor votes below its ballot", paxosspec.SafeAt, func(r *paxosspec.Rules) {
			r.Votes = func(*paxosspec.Record, paxosspec.Ballot) bool { return true }
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rules := paxosspec.Sound()
			c.change(&rules)
			s := spec(rules, 2)
			r := compare(t, s, s.Protocol.Scope(s), naive.Options{})
			if r.Violation == nil || r.Violation.Invariant != c.breaks {
				t.Errorf("%v breaks, want %s", r.Violation, c.breaks)
			}
		})
	}
}
