package scenarios

import (
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
)

// TestGradesInFiles: a grade stands for all invariants that have it, alone or in a
// list, and what is written back names them.
func TestGradesInFiles(t *testing.T) {
	of := func(grades ...sim.Grade) (names []string) {
		for _, i := range paxosProtocol.Invariants() {
			if slices.Contains(grades, i.Grade) {
				names = append(names, i.Name)
			}
		}
		return names
	}
	safety, lemmas := of(sim.Safety), of(sim.Lemma)
	if len(safety) != 4 || len(safety)+len(lemmas) != len(paxosProtocol.Invariants()) {
		t.Fatalf("%q, %q", safety, lemmas)
	}
	for text, want := range map[string][]string{
		"all": nil, "none": {}, "safety": safety, "lemma": lemmas, "[safety]": safety,
		"[safety, lemma]":              append(slices.Clone(safety), lemmas...),
		"[safe-at, safety]":            append([]string{"safe-at"}, safety...),
		"[safety, agreement, safe-at]": append(slices.Clone(safety), "safe-at"),
	} {
		s, err := Read("x.yaml", "paxsim: 1\nactors: 3\nrequests: [{actor: 1, at: 0s}]\ninvariants: "+text+"\n")
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if !slices.Equal(s.Invariants, want) || (s.Invariants == nil) != (want == nil) {
			t.Errorf("%s is %q, want %q", text, s.Invariants, want)
		}
		again, err := Read("again.yaml", Text(s))
		if err != nil || !slices.Equal(again.Invariants, s.Invariants) || (again.Invariants == nil) != (want == nil) {
			t.Errorf("%s: written back it is %q, %v", text, again.Invariants, err)
		}
	}
	for text, want := range map[string]string{
		"safet":            "did you mean safety?",
		"[lema]":           "did you mean lemma?",
		"[safety, safety]": "safety is named twice",
	} {
		_, err := Read("x.yaml", "paxsim: 1\nactors: 3\nrequests: [{actor: 1, at: 0s}]\ninvariants: "+text+"\n")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
