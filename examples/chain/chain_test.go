package chain_test

import (
	"os"
	"strings"
	"testing"

	"example.com/chain"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/simtest"
)

// TestMain makes the protocol known, so that scenarios and run files can name it.
func TestMain(m *testing.M) {
	if err := scenarios.Join(scenarios.Guest{Protocol: chain.Protocol, Library: chain.Scenarios}); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// TestSound: a hunt with what is usual finds nothing in the sound protocol.
func TestSound(t *testing.T) {
	s := simtest.Of(chain.Protocol, 3) // three clients put a value
	for actor := range sim.ID(3) {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: actor + 1, Do: 1}) // and get one
	}
	simtest.Run(t, s)
	simtest.Run(t, scenario(t, "lost-tail"))
}

// TestBug: a hunt with what is usual finds the bug.
func TestBug(t *testing.T) {
	found := &glad{T: t}
	simtest.Run(found, scenario(t, "stale-read"), simtest.Keep(""))
	if !found.failed {
		t.Error("the bug is not found")
	}
}

// TestScenarios: runs by the clock come to what each scenario says.
func TestScenarios(t *testing.T) {
	for _, name := range []string{"lost-tail", "stale-read"} {
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
		if (broke > 0) != (name == "stale-read") {
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
	r, err := load.File("testdata/stale-read.run.json")
	if err != nil {
		t.Fatal(err)
	}
	var grid strings.Builder
	if err := r.Grid(&grid); err != nil {
		t.Fatal(err)
	}
	t.Log(grid.String())
	if !strings.Contains(grid.String(), "VIOLATED fresh-reads (safety)") {
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
