package tally_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
)

func TestMain(m *testing.M) { tally.Main(m) }

// child marks a process that TestTally started: what it counts is no run.
const child = "PAXSIM_TALLY_CHILD"

// TestThreeRuns is what TestTally makes another process of.
func TestThreeRuns(t *testing.T) {
	if os.Getenv(child) == "" {
		t.Skip("for TestTally alone")
	}
	for range 3 {
		tally.Run()
	}
}

// TestTally: every binary adds its line, and says the number under -v; one that
// makes no run, or is given no file, writes nothing; a file that cannot be
// written is no success.
func TestTally(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "tally")
	start := func(test, file string) (string, error) {
		cmd := exec.Command(self, "-test.run", "^"+test+"$", "-test.v")
		cmd.Env = append(os.Environ(), child+"=yes", tally.Variable+"="+file)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	for range 2 {
		if out, err := start("TestThreeRuns", file); err != nil || !strings.Contains(out, "\n3 runs of the simulator\n") {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	if out, err := start("TestNone", file); err != nil || strings.Contains(out, "runs of the simulator") {
		t.Errorf("%v\n%s", err, out)
	}
	const line = "github.com/paxsim/paxsim/internal/tally 3\n"
	if got, err := os.ReadFile(file); err != nil || string(got) != line+line {
		t.Errorf("%v: %q", err, got)
	}
	if out, err := start("TestThreeRuns", filepath.Join(file, "under")); err == nil || !strings.Contains(out, "tally: ") {
		t.Errorf("a file that cannot be written: %v\n%s", err, out)
	}
}
