// Package guests explores the protocols of the examples. They are modules of their own,
// so this is one, too.
package guests

import (
	"context"
	"testing"

	"example.com/chain"
	"example.com/commit"
	"example.com/register"
	"github.com/paxsim/paxsim/internal/naive"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/weather"
)

func scenario(p sim.Protocol, actors int, requests ...sim.ScriptedRequest) *sim.Scenario {
	return &sim.Scenario{
		Name: p.Name(), Tick: 1_000_000, Actors: actors, Protocol: p,
		Network: weather.Network{DelayMin: 1, DelayMax: 1}, Requests: requests,
	}
}

// mutant is two-phase commit with one of its mutants put in.
func mutant(name string) sim.Protocol {
	p, _ := commit.Protocol.(sim.Mutable).Mutate(name)
	return p
}

// TestGuests: the naive explorer and the fast one say the same of each example: how many
// states it has, or what breaks after how many steps at least.
func TestGuests(t *testing.T) {
	adds := []sim.ScriptedRequest{{Actor: 2, Name: "x"}, {Actor: 3, Name: "y"}}
	transaction := sim.ScriptedRequest{Actor: 1, Name: "x"}
	puts := []sim.ScriptedRequest{{Actor: 1, Name: "x"}, {Actor: 2, Name: "r", Do: 1}}
	for _, c := range []struct {
		name     string
		of       *sim.Scenario
		settings []int64
		change   func(x *sim.Scope)
		breaks   string
		states   int
	}{
		{name: "register", of: scenario(register.Protocol, 3, adds...), breaks: sim.Agreement},
		{name: "register that compares", of: scenario(register.Protocol, 3, adds...), settings: []int64{1}, states: 160},
		{name: "commit", of: scenario(commit.Protocol, 2, transaction), states: 674},
		{name: "commit, and a crash, in order", of: scenario(commit.Protocol, 2, transaction), change: func(x *sim.Scope) { x.Crashes, x.Network = 1, sim.InOrder }, states: 3417},
		{name: "commit, unsaved", of: scenario(mutant("unsaved-outcome"), 2, transaction), change: func(x *sim.Scope) { x.Crashes, x.Network = 1, sim.InOrder }, breaks: "one-outcome"},
		{name: "commit, unsaved, once", of: scenario(mutant("unsaved-outcome"), 2, transaction), change: func(x *sim.Scope) { x.Crashes = 1 }, breaks: "one-outcome"},
		{name: "commit, and a crash", of: scenario(commit.Protocol, 2, transaction), change: func(x *sim.Scope) { x.Crashes = 1 }, states: 6769},
		{name: "chain", of: scenario(chain.Protocol, 2, puts...), states: 1832},
		{name: "chain that reads at the tail", of: scenario(chain.Protocol, 2, puts...), settings: []int64{1}, breaks: "fresh-reads"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := c.of
			s.Settings = c.settings
			scope := s.Protocol.Scope(s)
			if c.change != nil {
				c.change(&scope)
			}
			r, err := naive.Compare(s, scope, naive.Options{Most: 10_000})
			if err != nil {
				t.Fatal(err)
			}
			fast, err := explore.Check(context.Background(), s, scope, explore.Options{})
			if err != nil {
				t.Fatal(err)
			}
			broken := ""
			if r.Violation != nil {
				broken = r.Violation.Invariant
			}
			t.Logf("%d states, %d steps deep, %d runs, breaks %q", r.States, r.Depth, r.Runs, broken)
			if broken != c.breaks {
				t.Errorf("it breaks %q, want %q: %q", broken, c.breaks, r.Path)
			}
			if broken == "" && r.States != c.states {
				t.Errorf("%d states, want %d", r.States, c.states)
			}
			switch {
			case broken == "" && (fast.Verdict != explore.Held || fast.States != r.States):
				t.Errorf("the fast explorer says %+v: want %d states", fast, r.States)
			case broken != "" && (fast.Broken == nil || fast.Broken.Invariant != broken || len(fast.Path) != r.Depth):
				t.Errorf("the fast explorer says %+v: want %s after %d steps", fast, broken, r.Depth)
			}
		})
	}
}
