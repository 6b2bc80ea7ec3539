package golden

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/observe"
)

// What these tests turn off must show in the golden files: a change that they did
// not notice would be a change that nobody looks at. That each broken rule shows in
// a told run is held by internal/breakages.

// TestAFamilyThatIsOff: without one family of faults the digests
// differ, and what it did is counted no more.
func TestAFamilyThatIsOff(t *testing.T) {
	dropped := func(o sim.Outcome) uint64 { return o.Dropped }
	duplicated := func(o sim.Outcome) uint64 { return o.Duplicated }
	crashes := func(o sim.Outcome) uint64 { return o.Crashes }
	for _, c := range []struct {
		scenario, family string
		counted          func(sim.Outcome) uint64 // what it alone does; nil: nothing that is counted
	}{
		{"lossy", "loss", dropped},
		{"lossy", "duplicate", duplicated},
		{"lossy", "delay", nil},
		{"duelling-proposers", "delay", nil},
		{"minority-cut", "cut", dropped},
		{"majority-cut", "cut", dropped},
		{"acceptor-crash", "crash", crashes},
		{"acceptor-crash", "disk", nil},
		{"proposer-crash", "crash", crashes},
	} {
		t.Run(c.scenario+"/"+c.family, func(t *testing.T) {
			calm := load(t, c.scenario, scenarios.Calm(c.family))
			if movedOf(t, calm, c.scenario) == 0 {
				t.Error("no digest moved")
			}
			if c.counted == nil {
				return
			}
			if was := total(t, load(t, c.scenario), c.counted); was == 0 {
				t.Error("it does nothing where it is on")
			}
			if is := total(t, calm, c.counted); is != 0 {
				t.Errorf("still counted: %d", is)
			}
		})
	}
}

// TestAnInvariantThatIsOff: where an invariant breaks, a run that
// nobody watches goes on, unless it would have ended there anyhow. Everywhere
// else watching changes nothing.
func TestAnInvariantThatIsOff(t *testing.T) {
	violated := func(o sim.Outcome) uint64 {
		if o.Verdict == observe.VerdictViolated {
			return 1
		}
		return 0
	}
	for _, name := range scenarios.Names() {
		s := load(t, name)
		watched, broke := events(t, s), total(t, s, violated)
		s.Invariants = []string{}
		if is := total(t, s, violated); is != 0 {
			t.Errorf("%s: %d runs broke an invariant that is off", name, is)
		}
		longer := 0
		for i, n := range events(t, s) {
			if n > watched[i] {
				longer++
			}
		}
		if moved := movedOf(t, s, name); moved != longer || longer > int(broke) || broke > 0 && longer == 0 {
			t.Errorf("%s: %d runs break an invariant, without it %d go on, and %d digests moved", name, broke, longer, moved)
		}
	}
	if total(t, load(t, "literal-acks"), violated) == 0 {
		t.Error("nothing broke: the test proves nothing")
	}
}

// events is how many events each of the first runs of a scenario has.
func events(t *testing.T, s *sim.Scenario) (list []uint64) {
	t.Helper()
	total(t, s, func(o sim.Outcome) uint64 { list = append(list, o.Events); return 0 })
	return list
}

// few is how many seeds these tests run of a scenario.
func few(s *sim.Scenario) uint64 {
	if s.Actors > 100 {
		return 1
	}
	return 50
}

func load(t *testing.T, name string, changes ...scenarios.Override) *sim.Scenario {
	t.Helper()
	s, err := scenarios.Load(name, changes...)
	if err != nil {
		t.Fatal(err)
	}
	return &s.Scenario
}

// movedOf is how many of the first digests of a scenario are not those of the
// golden file of that name.
func movedOf(t *testing.T, s *sim.Scenario, name string) int {
	t.Helper()
	n := few(s)
	text, err := os.ReadFile(filepath.Join(data, "digests", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	_, kept, _ := bytes.Cut(firstLines(text, n+1), []byte("\n"))
	was, is := bytes.Fields(kept), bytes.Fields(digests(t, s, n))
	moved := 0
	for i := range was {
		if !bytes.Equal(was[i], is[i]) {
			moved++
		}
	}
	return moved
}

// total sums up what the first runs of a scenario came to.
func total(t *testing.T, s *sim.Scenario, of func(sim.Outcome) uint64) uint64 {
	t.Helper()
	sum := uint64(0)
	err := campaign.Seeds(context.Background(), s, 1, few(s), 1,
		func(w sim.Runner) uint64 { tally.Run(); return of(w.Outcome()) },
		func(n uint64) error { sum += n; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return sum
}
