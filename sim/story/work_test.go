package story_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/story"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// TestWorkStays: how short a find of each mutant becomes, and what that takes. All of it
// follows from the seed, so whoever changes a pass sees here what it gains and costs.
// Smaller numbers are better: rewrite the file with -update, and read the difference.
func TestWorkStays(t *testing.T) {
	var b strings.Builder
	b.WriteString("# What becomes of one find of each mutant: events and actions of the run and of the\n# story, its actors, and the runs and events that were played for it.\n")
	for i, m := range unsafeOnes() {
		s := trial(&m)
		if m.Splits && i%2 == 0 {
			s.Invariants = []string{paxos.Agreement}
		}
		strategies := campaign.Strategies()
		f := hunted(t, s, strategies[i/2%len(strategies)], 1)
		if f == nil {
			fmt.Fprintf(&b, "%-24s nothing is found\n", m.Name)
			continue
		}
		st, work, err := story.Shrink(t.Context(), *f, story.Options{})
		if err != nil {
			t.Fatal(err)
		}
		p := played(t, st)
		fmt.Fprintf(&b, "%-24s %-25s %4d -> %2d events, %2d -> %2d actions, %d -> %d actors, by %5d runs of %7d events\n",
			m.Name, st.Breaks, work.Before.Events, p.Outcome.Events, work.Before.Actions, p.Actions, work.Before.Actors, st.Scenario.Actors, work.Replays, work.Events)
	}
	name := filepath.Join("testdata", "work.txt")
	if *update {
		if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != b.String() {
		t.Errorf("the work of shrinking is another; -update rewrites %s:\n%s", name, b.String())
	}
}
