package etcdraft

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/simtest"
)

// glad is a test that is glad to fail.
type glad struct {
	*testing.T
	text string // of the failure
}

func (g *glad) Errorf(format string, args ...any) { g.text = fmt.Sprintf(format, args...) }

// TestStories: a mistake that a hunt finds is shrunk to the few events that matter, and
// told in the words of the library. Above all the first: a HardState that is saved after
// the vote that it holds was sent.
func TestStories(t *testing.T) {
	for _, x := range []struct{ mistake, scenario string }{
		{"late-vote", "hunt-timers"},
		{"lost-snapshot", "hunt-timers"},
	} {
		t.Run(x.mistake, func(t *testing.T) {
			found, dir := &glad{T: t}, t.TempDir()
			simtest.Run(found, load(t, x.scenario, "etcdraft.mistake="+x.mistake), simtest.Keep(dir), simtest.Seeds(1, 20_000))
			_, story, _ := strings.Cut(found.text, "\n\nIts story: ")
			story, _, _ = strings.Cut(story, "\n\nkept in ")
			story += "\n"
			golden := filepath.Join("testdata", x.mistake+".txt")
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
			if files, _ := filepath.Glob(filepath.Join(dir, "TestStories", x.mistake, "*.story.yaml")); len(files) != 1 {
				t.Errorf("%q are kept", files)
			}
		})
	}
}
