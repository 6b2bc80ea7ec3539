package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestManyUnusedAnswers: of a run file with thousands of answers that no longer apply
// the first are told, and how many more there are.
func TestManyUnusedAnswers(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.run.json")
	if code, _, errs := command("run", "lossy", "--save", name); code != exitHeld {
		t.Fatal(errs)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var answers strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&answers, `,"lost Accept 1>2 #%d":0`, i+1000)
	}
	many := strings.Replace(string(text), `"answers": {}`, `"answers": {`+answers.String()[1:]+"}", 1)
	if err := os.WriteFile(name, []byte(many), 0o666); err != nil {
		t.Fatal(err)
	}
	code, out, errs := command("replay", name)
	if said := out + errs; code != exitOtherwise || len(said) > 40_000 || !strings.Contains(said, "no longer apply: 4900 more") {
		t.Errorf("exit %d, %d bytes: %.600s", code, len(said), said)
	}
}
