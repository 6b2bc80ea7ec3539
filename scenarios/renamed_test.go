package scenarios

import (
	"strings"
	"testing"
)

// TestOldWords: a word that files once had is refused, and the one that is written in
// its place is named.
func TestOldWords(t *testing.T) {
	const text = "paxsim: 1\nactors: 3\nrequests: none\n"
	for want, read := range map[string]func() (*Scenario, error){
		"seasons: there is no such key; did you mean periods?": func() (*Scenario, error) { return Read("old.yaml", text+"seasons: [{for: 1s}]\n") },
		"did you mean periods.1.loss?":                         func() (*Scenario, error) { return Read("old.yaml", text, Set("seasons.1.loss=1%")) },
		"no field seasons; did you mean periods?":              func() (*Scenario, error) { return Read("old.yaml", text, Set("seasons=none")) },
		"or fault; did you mean periods?":                      func() (*Scenario, error) { return Read("old.yaml", text, Calm("seasons")) },
		"did you mean stormy-periods?":                         func() (*Scenario, error) { return Load("stormy-seasons") },
	} {
		if _, err := read(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: expected %q", err, want)
		}
	}
}
