package mutants

import (
	"maps"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/zoo"
)

// budget is how many storms a mutant must be found in.
const budget = 20_000

// safeBudget is how many storms must find nothing in what is safe.
var safeBudget = gate.Of(4_000, budget)

// enough is how many finds tell which invariant breaks first as a rule.
const enough = 20

// TestUnsafeMutantsAreCaught: the invariants find each within the budget, by
// nothing more than its scope has, and none breaks first more often than the one
// that the mutant names.
func TestUnsafeMutantsAreCaught(t *testing.T) {
	for _, m := range All() {
		if m.Kind != zoo.Unsafe {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			p := m.Protocol()
			first := map[string]int{}
			runs, found := 0, 0
			for ; runs < budget && found < enough; runs++ {
				seed := uint64(runs)
				if o := play(t, storm(p, m.Scope, seed), seed); o.Violation != nil {
					first[o.Violation.Invariant]++
					found++
				}
			}
			most := slices.Max(append(slices.Collect(maps.Values(first)), 1))
			if first[m.First] < most {
				t.Fatalf("%d finds in %d runs: %v, want %s first", found, runs, first, m.First)
			}
			t.Logf("%d finds in %d runs: %v", found, runs, first)
		})
	}
}

// TestVariantsBreakALemmaOnly: of each safe variant the lemma that it names is found
// broken within the budget, and breaks first; the same storms, with all weather on
// and safety alone watched, find nothing, and the runs decide.
func TestVariantsBreakALemmaOnly(t *testing.T) {
	for _, m := range All() {
		if m.Kind != zoo.Variant {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			p := m.Protocol()
			first := map[string]int{}
			for seed, found := uint64(0), 0; seed < budget && found < enough; seed++ {
				if o := play(t, storm(p, m.Scope, seed), seed); o.Violation != nil {
					found++
					if first[o.Violation.Invariant]++; o.Violation.Grade != sim.Lemma {
						t.Fatalf("seed %d: %+v", seed, o.Violation)
					}
				}
			}
			if most := slices.Max(append(slices.Collect(maps.Values(first)), 1)); first[m.First] < most {
				t.Errorf("%v, want %s first", first, m.First)
			}
			scope := m.Scope
			scope.Faults = []string{"crashes", "duplicate", "loss"}
			decided := 0
			for seed := range uint64(safeBudget) {
				s := storm(p, scope, seed)
				s.Invariants = sim.ExpandInvariants(p, []string{sim.Safety.String()})
				o := play(t, s, seed)
				if o.Violation != nil {
					t.Fatalf("seed %d: %+v", seed, o.Violation)
				}
				if o.Verdict == observe.VerdictDecided {
					decided++
				}
			}
			if decided < safeBudget*99/100 {
				t.Errorf("only %d of %d runs decided: little was shown", decided, safeBudget)
			}
			t.Logf("%v; %d of %d runs decided, and safety held", first, decided, safeBudget)
		})
	}
}

// TestMutantsThatSplit: with Agreement alone watched, each mutant of which that
// is said breaks it within the budget.
func TestMutantsThatSplit(t *testing.T) {
	for _, m := range All() {
		if !m.Splits {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			p := m.Protocol()
			for seed := range uint64(budget) {
				s := storm(p, m.Scope, seed)
				s.Invariants = []string{paxos.Agreement}
				if o := play(t, s, seed); o.Violation != nil {
					t.Logf("in run %d: %s", seed+1, o.Violation.Text)
					return
				}
			}
			t.Fatal("not found")
		})
	}
}

// TestControlsAreNotFlagged: the same storms, with all weather on, find nothing
// in the safe controls, nor in Paxos as it should be, whatever its fan-out.
func TestControlsAreNotFlagged(t *testing.T) {
	all := []string{"crashes", "duplicate", "loss"}
	controls := map[string]Mutant{}
	for _, m := range All() {
		if m.Kind == zoo.Control {
			controls[m.Name] = m
		}
	}
	for _, to := range []string{"ackers", "all", "quorum"} {
		controls["fan-out-"+to] = Mutant{Scope: Scope{FanOut: to, OnNack: "retry"}, Rules: func(*paxos.Rules) {}}
	}
	for name, m := range controls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := m.Protocol()
			scope := m.Scope
			scope.Faults = all
			decided := 0
			for seed := range uint64(safeBudget) {
				o := play(t, storm(p, scope, seed), seed)
				if o.Violation != nil {
					t.Fatalf("seed %d: %+v", seed, o.Violation)
				}
				if o.Verdict == observe.VerdictDecided {
					decided++
				}
			}
			if decided < safeBudget*99/100 {
				t.Errorf("only %d of %d runs decided: little was shown", decided, safeBudget)
			}
		})
	}
}
