package main

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/zoo"
)

// TestPar: where a look finds a way to two values, the story that is kept of the mutant is
// at most twice as long, and no shorter. Controls are refuted nowhere. Every way is played
// as a story, which breaks the same.
func TestPar(t *testing.T) {
	found := 0
	for _, m := range mutants.All() {
		if m.Scope.Proposers != nil {
			continue // ten actors and more take long
		}
		r := row{Mutant: m}
		o := options{stories: "../../../testdata/stories", agreement: true, quiet: true, limit: explore.Options{States: gate.Of(6_000, 50_000)}}
		for i := range ladder {
			if x := &ladder[i]; gate.On || x.name == "inline, 1 round" || x.name == "inline, 1 crash" || x.par {
				if err := r.look(t.Context(), x, &o); err != nil {
					t.Fatalf("%s, %s: %v", m.Name, x.name, err)
				}
			}
		}
		if c := best(r.first); c != nil && m.Kind == zoo.Control {
			t.Errorf("%s is flagged: %+v", m.Name, *c)
		}
		c := best(r.agreement)
		if c == nil {
			continue
		}
		found++
		if m.Par > 2*c.actions || m.Par < c.actions {
			t.Errorf("%s: par is %d actions, and %s takes %d", m.Name, m.Par, c.rung.name, c.actions)
		}
	}
	if least := gate.Of(12, 20); found < least {
		t.Errorf("of %d mutants a way to two values is found: expected %d", found, least)
	}
	t.Logf("of %d mutants a way to two values is found", found)
}
