package register_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/simtest"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// TestStoryOfLostUpdate: the find of a hunt is shrunk to the few events that lose an
// update, and told in the words of the register.
func TestStoryOfLostUpdate(t *testing.T) {
	s, err := scenarios.Load("lost-update")
	if err != nil {
		t.Fatal(err)
	}
	found, dir := &lost{T: t}, t.TempDir()
	simtest.Run(found, &s.Scenario, simtest.Keep(dir))
	_, story, _ := strings.Cut(found.text, "\n\nIts story: ")
	story, _, _ = strings.Cut(story, "\n\nkept in ")
	story += "\n"
	const golden = "testdata/lost-update.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(story), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if story != string(want) {
		t.Errorf("its story is\n%s", story)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, t.Name(), "*.story.yaml")); len(files) != 1 {
		t.Errorf("%q are kept", files)
	}
}
