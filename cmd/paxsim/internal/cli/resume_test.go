package cli

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
)

// TestResumeOfAnotherHunt: what is kept of one hunt is gone on with by no other.
func TestResumeOfAnotherHunt(t *testing.T) {
	of := report.HuntOf{Scenario: "happy-path", Mutant: "brooker", Seed: 1}
	other := of
	other.Mutant = "adopt-last"
	for _, c := range []struct {
		why   string
		of    report.HuntOf
		shard string
		want  string
	}{
		{"of another mutant", other, "", `it is of another hunt: mutant: "adopt-last", not "brooker"`},
		{"of another part", of, "2/3", "it is of the shard 2/3, not 1/1"},
		{"of this hunt, but not whole", of, "", "it is damaged"},
	} {
		r := newResumer(t.TempDir(), of, "")
		head, err := json.Marshal(resumeHead{resumeFormat, c.of, c.shard, "no sum"})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(r.name, append(head, "\n{}\n"...), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := r.read(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.why, err, c.want)
		}
	}
}
