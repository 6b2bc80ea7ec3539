package main

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/zoo"
)

// TestPar: where a look finds a way to two values, the story that is kept of the mutant is
// at most twice as long, and no shorter. Each way is told as a story. Controls are refuted nowhere. Every way is played
// as a story, which breaks the same.
func TestPar(t *testing.T) {
	found, proved := 0, 0
	for _, m := range mutants.All() {
		if m.Scope.Proposers != nil {
			continue // ten actors and more take long
		}
		r := row{Mutant: m}
		o := options{stories: "../../../testdata/stories", agreement: true, quiet: true, actions: gate.Of(10_000, 100_000), limit: explore.Options{States: gate.Of(6_000, 20_000)}}
		for i := range ladder {
			if x := &ladder[i]; gate.On || x.name == "1 round" || x.name == "1 crash" || x.par {
				if err := r.look(t.Context(), x, &o); err != nil {
					t.Fatalf("%s, %s: %v", m.Name, x.name, err)
				}
			}
		}
		for _, c := range append(r.first, r.agreement...) {
			if c.verdict == explore.Violated && c.actions == 0 {
				t.Errorf("%s, %s: no story tells the way: %s", m.Name, c.rung.name, c.note)
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
		x, err := r.leastOf(t.Context(), r.agreement, &o, true)
		if err != nil {
			t.Fatalf("%s, by actions: %v", m.Name, err)
		}
		if x.proved {
			proved++
		}
		if x.proved && (m.Par > 2*x.actions || m.Par < x.actions) {
			t.Errorf("%s: par is %d actions, and no way in %s has fewer than %d", m.Name, m.Par, x.rung.name, x.actions)
		}
	}
	if least := gate.Of(7, 12); proved < least {
		t.Errorf("of %d mutants the least number of actions is known: expected %d", proved, least)
	}
	if least := gate.Of(11, 15); found < least {
		t.Errorf("of %d mutants a way to two values is found: expected %d", found, least)
	}
	t.Logf("of %d mutants a way to two values is found, and of %d the fewest actions", found, proved)
}
