package ring_test

import (
	"os"
	"strings"
	"testing"

	"example.com/ring"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/simtest"
)

// TestMain makes the protocol known, so that scenarios and run files can name it.
func TestMain(m *testing.M) {
	if err := scenarios.Join(scenarios.Guest{Protocol: ring.Protocol, Library: ring.Scenarios}); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// TestSound: a hunt with what is usual finds nothing in the sound protocol.
func TestSound(t *testing.T) {
	simtest.Run(t, simtest.Of(ring.Protocol, 3))
}

// TestBug: a hunt with what is usual finds the bug.
func TestBug(t *testing.T) {
	found := &glad{T: t}
	simtest.Run(found, scenario(t, "ties"), simtest.Keep(""))
	if !found.failed {
		t.Error("the bug is not found")
	}
}

// TestCheck: of all orders of events none breaks the sound protocol with three actors, of
// whom two ask, and ranks of which a tie can come; without a rule for ties the least that
// it takes are six events.
func TestCheck(t *testing.T) {
	for _, name := range []string{"election", "ties"} {
		s := scenario(t, name)
		if name == "election" {
			s.Actors, s.Requests = 3, s.Requests[:2]
		}
		scope := s.Protocol.Scope(s)
		r, err := explore.Check(t.Context(), s, scope, explore.Options{States: 300_000})
		if err != nil {
			t.Fatal(err)
		}
		if held := r.Verdict == explore.Held && r.Decided; held != (name == "election") || !held && len(r.Path) != 6 {
			t.Errorf("%s: %+v", name, r)
		}
		t.Logf("%s: %d worlds", name, r.States)
	}
}

// TestScenarios: runs by the clock come to what each scenario says.
func TestScenarios(t *testing.T) {
	for _, name := range []string{"election", "ties"} {
		s := scenario(t, name)
		r, err := s.Protocol.New(s)
		if err != nil {
			t.Fatal(err)
		}
		broke := 0
		var marks sim.Marks
		for seed := range uint64(1000) {
			r.Reset(seed, nil)
			o := r.Run()
			if marks |= o.Marks; o.Violation != nil {
				broke++
			}
		}
		if (broke > 0) != (name == "ties") {
			t.Errorf("%s: %d of 1000 runs break an invariant", name, broke)
		}
		for i, m := range s.Protocol.Marks() {
			if marks&(1<<i) == 0 {
				t.Errorf("%s: no run came to %s", name, m.Name)
			}
		}
	}
}

// TestKeptRun: a run that a hunt has kept still shows the bug.
func TestKeptRun(t *testing.T) {
	r, err := load.File("testdata/ties.run.json")
	if err != nil {
		t.Fatal(err)
	}
	var grid strings.Builder
	if err := r.Grid(&grid); err != nil {
		t.Fatal(err)
	}
	t.Log(grid.String())
	if !strings.Contains(grid.String(), "VIOLATED one-leader (safety)") {
		t.Error("the run shows nothing any more")
	}
}

// scenario is one of the library.
func scenario(t *testing.T, name string) *sim.Scenario {
	t.Helper()
	s, err := scenarios.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return &s.Scenario
}

// glad is a test that is glad to fail.
type glad struct {
	*testing.T
	failed bool
}

func (g *glad) Errorf(format string, args ...any) {
	g.failed = true
	g.Logf(format, args...)
}
