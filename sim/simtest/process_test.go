package simtest_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/simtest"
)

// The tests whose names begin with TestChild, and FuzzChild, are for other tests
// alone, which run them in a process of their own, as go test would, in an empty
// folder.

// child is the variable that marks such a process.
const child = "SIMTEST_CHILD"

func forChild(t testing.TB) {
	if os.Getenv(child) == "" {
		t.Skip("for other tests alone")
	}
}

func TestChildFinds(t *testing.T) { forChild(t); simtest.Run(t, simtest.Of(first, 3)) }
func TestChildPanics(t *testing.T) {
	forChild(t)
	simtest.Run(t, simtest.Of(clumsily, 3))
}
func TestChildHolds(t *testing.T) { forChild(t); simtest.Run(t, simtest.Of(paxos.Protocol(), 3)) }
func TestChildSeeds(t *testing.T) {
	forChild(t)
	simtest.Run(t, simtest.Of(paxos.Protocol(), 3), simtest.Subtests(), simtest.Seeds(1, 40))
}
func TestChildSeedsFind(t *testing.T) {
	forChild(t)
	simtest.Run(t, simtest.Of(first, 3), simtest.Subtests())
}
func TestChildByRapid(t *testing.T) { forChild(t); byRapid(t, simtest.Of(first, 3)) }
func FuzzChild(f *testing.F)        { forChild(f); simtest.Fuzz(f, simtest.Of(first, 3)) }
func FuzzChildDeep(f *testing.F) {
	forChild(f)
	simtest.Fuzz(f, simtest.Of(define[particular]("particular"), 3), simtest.Budget(search.Budget{Events: 100}))
}

// particular is an actor that panics when the others are heard of in one order.
type particular struct {
	sim.Base[proposal, sim.NoRecord]
	heard string
}

func (p *particular) Request(env *sim.Env[proposal, sim.NoRecord], r sim.Request) {
	env.Broadcast(proposal{r.Value})
}

func (p *particular) Receive(env *sim.Env[proposal, sim.NoRecord], from sim.ID, _ proposal) {
	if p.heard += fmt.Sprint(from); env.Self() == 3 && p.heard == "213" {
		panic("the others are in the wrong order")
	}
}

func TestChildParallel(t *testing.T) {
	forChild(t)
	for _, name := range []string{"a", "b", "c", "d"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simtest.Run(t, simtest.Of(first, 3))
		})
		t.Run(name+" holds", func(t *testing.T) {
			t.Parallel()
			simtest.Run(t, simtest.Of(paxos.Protocol(), 3), simtest.Seeds(1, 100))
		})
	}
}

// started runs tests of this binary in another process, and returns what it prints
// and whether they passed.
func started(t *testing.T, dir, environment, args string) (out string, passed bool) {
	t.Helper()
	name, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(name, strings.Fields(args)...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), child+"=1"), strings.Fields(environment)...)
	text, err := cmd.CombinedOutput()
	if strings.Contains(string(text), "panic:") || strings.Contains(string(text), "DATA RACE") {
		t.Fatalf("%s:\n%s", args, text)
	}
	return string(text), err == nil
}

// says complains unless a text has each of the pieces so many times.
func says(t *testing.T, text string, times int, pieces ...string) {
	t.Helper()
	for _, piece := range pieces {
		if n := strings.Count(text, piece); n != times {
			t.Errorf("%q is there %d times, want %d:\n%s", piece, n, times, text)
		}
	}
}

// TestTwoTestsKeep: two tests of a package keep what they find apart; next time, and
// the second time of -count=2, each plays its own first.
func TestTwoTestsKeep(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	finds := filepath.Join(dir, "testdata", "paxsim")
	out, _ := started(t, dir, "", "-test.run ^TestChild(Finds|Panics)$ -test.count=2")
	says(t, out, 1, "simtest: safety agreement (decide): ", "simtest: safety panic (", "agreement (safety) still breaks at event", "panic (safety) still breaks at event")
	for _, test := range []string{"TestChildFinds", "TestChildPanics"} {
		if files := kept(t, filepath.Join(finds, test)); len(files) != 1 {
			t.Errorf("%s keeps %q", test, files)
		}
	}
	out, _ = started(t, dir, "", "-test.run ^TestChild(Finds|Panics)$")
	says(t, out, 2, "still breaks at event")
	if files := kept(t, finds); len(files) != 2 {
		t.Errorf("after another time %q are kept", files)
	}
	if out, passed := started(t, dir, "", "-test.run ^TestChildHolds$ -test.count=2"); !passed {
		t.Error(out)
	}
}

// TestParallel: tests that run side by side keep their own finds. The gate runs it
// with the race detector.
func TestParallel(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out, _ := started(t, dir, "", "-test.run ^TestChildParallel$ -test.parallel 8 -test.v")
	says(t, out, 4, "simtest: safety agreement (decide): ", "_holds (")
	for _, name := range []string{"a", "b", "c", "d"} {
		if files := kept(t, filepath.Join(dir, "testdata", "paxsim", "TestChildParallel", name)); len(files) != 1 {
			t.Errorf("%s keeps %q", name, files)
		}
	}
	out, _ = started(t, dir, "", "-test.run ^TestChildParallel$ -test.parallel 8")
	says(t, out, 4, "still breaks at event")
}

// TestFuzzTargetKeeps: what go test -fuzz finds, and an input that is there before,
// is kept under the name of the target, which plays it first.
func TestFuzzTargetKeeps(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ name, target, args, says string }{
		{"input", "FuzzChild", "-test.run ^FuzzChild$", "--- FAIL: FuzzChild/seed#"},
		{"fuzzing", "FuzzChildDeep", "-test.run ^$ -test.fuzz ^FuzzChildDeep$ -test.fuzztime 100000x -test.fuzzminimizetime 50x -test.parallel 2 -test.fuzzcachedir cache",
			"Failing input written to "},
	} {
		t.Run(x.name, func(t *testing.T) {
			dir := t.TempDir()
			out, _ := started(t, dir, "", x.args)
			if !strings.Contains(out, x.says) {
				t.Errorf("no %q in\n%s", x.says, out)
			}
			files := kept(t, filepath.Join(dir, "testdata", "paxsim", x.target))
			if len(files) == 0 || len(files) != len(kept(t, filepath.Join(dir, "testdata", "paxsim"))) {
				t.Fatalf("%q are kept after\n%s", files, out)
			}
			out, _ = started(t, dir, "", "-test.run ^"+x.target+"$ -test.v")
			says(t, out, len(files), "still breaks at event")
			says(t, out, 0, "=== RUN   "+x.target+"/")
		})
	}
}

// TestRapidTwice: rapid finds and makes smaller, one run is kept, and next time it is
// played first and the test is over.
func TestRapidTwice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out, _ := started(t, dir, "", "-test.run ^TestChildByRapid$")
	says(t, out, 1, "[rapid] failed after", "simtest: safety agreement (decide): ")
	says(t, out, 0, "flaky")
	if !strings.Contains(out, "[rapid] draw next, from ask ") {
		t.Errorf("what rapid draws has no words:\n%s", out)
	}
	files := kept(t, filepath.Join(dir, "testdata", "paxsim"))
	if len(files) != 1 || !strings.Contains(out, "kept in "+files[0]) {
		t.Errorf("%q are kept after\n%s", files, out)
	}
	out, _ = started(t, dir, "", "-test.run ^TestChildByRapid$")
	says(t, out, 1, "still breaks at event", "simtest: 1 kept run did not hold")
	says(t, out, 0, "[rapid]")
}

// TestShort: -short makes 200 runs, unless the environment says how many.
func TestShort(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for environment, want := range map[string]string{"": "held in 200 runs from seed 1 on", "PAXSIM_RUNS=300": "held in 300 runs from seed 1 on"} {
		out, passed := started(t, dir, environment, "-test.run ^TestChildHolds$ -test.v -test.short")
		if says(t, out, 1, want); !passed {
			t.Error(out)
		}
	}
	out, _ := started(t, dir, "PAXSIM_FOR=2m", "-test.run ^TestChildHolds$ -test.timeout 1m")
	says(t, out, 1, `PAXSIM_FOR is "2m": go test ends its tests in 1m0s: expected less than that, or go test -timeout 0`)
}

// TestExplore: fresh seeds find the bug too, and the command of the log makes the
// same runs again.
func TestExplore(t *testing.T) {
	t.Parallel()
	dir, same := t.TempDir(), t.TempDir()
	out, _ := started(t, dir, "PAXSIM_EXPLORE=1", "-test.run ^TestChildFinds$")
	seed := regexp.MustCompile(`PAXSIM_SEED=\d+`).FindString(out)
	started(t, same, seed, "-test.run ^TestChildFinds$")
	a, b := kept(t, filepath.Join(dir, "testdata")), kept(t, filepath.Join(same, "testdata"))
	if len(a) != 1 || len(b) != 1 || filepath.Base(a[0]) != filepath.Base(b[0]) {
		t.Errorf("%q, and again %q, after\n%s", a, b, out)
	}
}

// TestSubtests: each seed is a subtest, one can be played alone, and what one finds
// is kept by the test.
func TestSubtests(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out, passed := started(t, dir, "", "-test.run ^TestChildSeeds$ -test.v")
	if says(t, out, 40, "=== RUN   TestChildSeeds/seed="); !passed {
		t.Error(out)
	}
	says(t, out, 1, "held in 40 runs from seed 1 on")
	out, passed = started(t, dir, "", "-test.run ^TestChildSeeds$/^seed=17$ -test.v")
	if says(t, out, 1, "=== RUN   TestChildSeeds/seed=", "simtest: seed 17 by pos held: "); !passed || strings.Contains(out, "held in") {
		t.Error(out)
	}
	out, _ = started(t, dir, "", "-test.run ^TestChildSeedsFind$")
	says(t, out, 1, "simtest: safety agreement (decide): ", "--- FAIL: TestChildSeedsFind/seed=")
	if files := kept(t, filepath.Join(dir, "testdata", "paxsim", "TestChildSeedsFind")); len(files) != 1 {
		t.Errorf("%q are kept", files)
	}
	out, _ = started(t, dir, "", "-test.run ^TestChildSeedsFind$")
	says(t, out, 1, "still breaks at event")
	says(t, out, 0, "/seed=")
}
