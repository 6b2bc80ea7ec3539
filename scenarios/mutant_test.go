package scenarios

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/observe"
)

const brokenFile = "paxsim: 1\nactors: 3\nmutant: silent-promise\nrequests: [{actor: 1, value: x}, {actor: 2, at: 50ms, value: y}]\n"

// TestMutant holds that a scenario runs the mutant that it names, by whatever
// name, and says so by its own.
func TestMutant(t *testing.T) {
	plain := strings.Replace(brokenFile, "mutant: silent-promise\n", "", 1)
	tests := []struct {
		name, why, text string
		overrides       []Override
		mutant          string // that runs
	}{
		{"none", "a file that names none has none", plain, nil, ""},
		{"named", "", brokenFile, nil, "silent-promise"},
		{"number", "its number is a name too", strings.Replace(brokenFile, "silent-promise", "S2", 1), nil, "silent-promise"},
		{"set", "an override can put one in", plain, []Override{Set("mutant=S2")}, "silent-promise"},
		{"flag", "the flag of that name is the same", plain, []Override{Mutant("S2")}, "silent-promise"},
		{"taken out", "or take it out", brokenFile, []Override{Set("mutant=none")}, ""},
		{"replaced", "or put another in its place", brokenFile, []Override{Mutant("amnesia")}, "amnesia"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Read("file.yaml", tt.text, tt.overrides...)
			if err != nil {
				t.Fatal(err)
			}
			if s.Mutant != tt.mutant || s.Protocol.Name() != "paxos" {
				t.Errorf("%q of %s", s.Mutant, s.Protocol.Name())
			}
			line := "mutant: " + tt.mutant
			if shown := strings.Contains(Text(s), line); shown != (tt.mutant != "") {
				t.Errorf("the text is\n%s", Text(s))
			}
			if tt.mutant == "" {
				line = "mutant: none"
			}
			if !strings.Contains(Show(s), line) {
				t.Errorf("it is shown as\n%s", Show(s))
			}
			again, err := Read("file.yaml", Text(s))
			if err != nil || again.Protocol != s.Protocol {
				t.Errorf("the text reads as another protocol, %v", err)
			}
			w, err := s.Protocol.New(&s.Scenario)
			if err != nil {
				t.Fatal(err)
			}
			w.Reset(1, nil)
			if violated := w.Run().Verdict == observe.VerdictViolated; violated != (tt.mutant == "silent-promise") {
				t.Errorf("violated: %v", violated)
			}
		})
	}
}

// TestMutantMistakes holds what is said of a mutant that there is not.
func TestMutantMistakes(t *testing.T) {
	tests := []struct {
		why, text string
		overrides []Override
		want      string
	}{
		{"the nearest right word", strings.Replace(brokenFile, "silent-", "silnt-", 1), nil, `file.yaml:3:9: mutant: expected the name of a mutant as paxsim zoo lists them, or none, not "silnt-promise"; did you mean silent-promise?`},
		{"a number in small letters", brokenFile, []Override{Mutant("s14a")}, `--mutant s14a: mutant: expected the name of a mutant as paxsim zoo lists them, or none, not "s14a"; did you mean S14a?`},
		{"no word at all", brokenFile, []Override{Mutant("")}, "--mutant : the value is empty"},
		{"a list", brokenFile, []Override{Set("mutant=[S1, S2]")}, "mutant: expected the name of a mutant"},
	}
	for _, tt := range tests {
		_, err := Read("file.yaml", tt.text, tt.overrides...)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", tt.why, err, tt.want)
		}
	}
	if _, err := fakes.Read("file.yaml", "paxsim: 1\nactors: 3\nmutant: S1\nrequests: none\n"); err == nil || !strings.Contains(err.Error(), "mutant: there is no such key") {
		t.Errorf("a protocol without mutants: %v", err)
	}
}
