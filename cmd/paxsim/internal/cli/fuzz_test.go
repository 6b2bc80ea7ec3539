package cli

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	bugs "github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
	"github.com/paxsim/paxsim/sim/zoo"
)

// hunt makes the hunt of a command line by default settings, but of fewer runs.
func hunt(t *testing.T, change func(*fuzzFlags)) *campaign.Hunt {
	t.Helper()
	f := &fuzzFlags{runs: 20_000, seed: 1, repetition: 1, strategy: allStrategies, depth: 3, events: 400, alarms: 8, losses: 3, duplicates: 3, crashes: 4}
	f.limits = limits{jobs: 2, memory: usualMemory}
	change(f)
	_, h, err := new(app).newHunt(nil, f)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestUsualFlags: the hunts of these tests are those of the command.
func TestUsualFlags(t *testing.T) {
	cmd := new(app).fuzzCommand()
	for name, want := range map[string]string{"runs": "200000", "seed": "1", "repetition": "1", "strategy": "all", "depth": "3", "events": "400", "alarms": "8", "losses": "3", "duplicates": "3", "crashes": "4"} {
		if got := cmd.Flags().Lookup(name).DefValue; got != want {
			t.Errorf("--%s is %s, and here %s", name, got, want)
		}
	}
}

// TestFuzzFindsTheZoo: in the hunting ground each unsafe mutant is found within
// 20,000 runs by the usual settings, from several seeds on, and its find replays.
func TestFuzzFindsTheZoo(t *testing.T) {
	slowest := map[string]uint64{}
	for _, m := range bugs.All() {
		if m.Kind != zoo.Unsafe {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			for _, seed := range []uint64{1, 1_000_000, 77_000_000} {
				h := hunt(t, func(f *fuzzFlags) { f.mutant, f.seed, f.first = m.Name, seed, true })
				e, err := h.Run(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				if len(e.Finds) == 0 {
					t.Fatalf("not found in %d runs from %d on", e.Runs, seed)
				}
				slowest[m.Name] = max(slowest[m.Name], e.Runs)
				replays(t, &e.Finds[0].First)
			}
		})
	}
	for name, runs := range slowest {
		if runs > 500 {
			t.Logf("%s: in run %d", name, runs)
		}
	}
}

// replays plays the file of a failure, as it would lie on the disk, and holds that
// it fails in the same way.
func replays(t *testing.T, f *campaign.Failure) {
	t.Helper()
	a := &app{ctx: context.Background()}
	v, err := a.decodeSaved("found", f.File.Encode(), &limits{jobs: 1, memory: usualMemory})
	if err != nil {
		t.Fatalf("%v\n%s", err, f.File.Encode())
	}
	p, err := a.playSaved(v)
	if err != nil || len(p.lines) > 0 || p.row.Verdict != observe.VerdictViolated {
		t.Fatalf("seed %d: %v, %q\n%s", f.Seed, err, p.lines, f.File.Encode())
	}
}

// TestFuzzFlagsNoControl: nothing is found in what is safe, and the runs come to
// all that they must come to.
func TestFuzzFlagsNoControl(t *testing.T) {
	runs := gate.Of[uint64](600, 3000)
	names := []string{"none"}
	for _, m := range bugs.All() {
		if m.Kind == zoo.Control {
			names = append(names, m.Name)
		}
	}
	for _, name := range names {
		h := hunt(t, func(f *fuzzFlags) { f.mutant, f.runs = name, runs })
		e, err := h.Run(context.Background())
		if err != nil || len(e.Finds) > 0 || e.Runs != runs {
			t.Errorf("%s: %v, %d runs, %+v", name, err, e.Runs, e.Finds)
		}
		if missed := h.Missed(e); len(missed) > 0 || e.Proved < runs*9/10 {
			t.Errorf("%s: %d of %d runs proved something; never: %q", name, e.Proved, runs, missed)
		}
		for f, c := range e.Families {
			if c.On > 0 && c.Hit < c.On/2 || faults.Family(f) == faults.FamilyCrash && c.On == 0 {
				t.Errorf("%s: %v was on in %d runs and struck in %d", name, faults.Family(f), c.On, c.Hit)
			}
		}
	}
}

// safeRuns is how many runs a safe variant must come through.
var safeRuns = flag.Uint64("safe-runs", 6_000, "how many runs TestFuzzOfSafeVariants makes of each")

// TestFuzzOfSafeVariants: of a safe variant --only safety finds nothing, though its
// runs come to all that they must come to, and without it the lemma is found that it
// breaks. (100,000 runs: -safe-runs 100000.)
func TestFuzzOfSafeVariants(t *testing.T) {
	tried := 0
	for _, m := range bugs.All() {
		if m.Kind != zoo.Variant {
			continue
		}
		tried++
		for _, seed := range []uint64{1, 1_000_000, 77_000_000} {
			h := hunt(t, func(f *fuzzFlags) { f.mutant, f.seed, f.first = m.Name, seed, true })
			e, err := h.Run(context.Background())
			if err != nil || len(e.Finds) == 0 || e.Finds[0].Grade != sim.Lemma {
				t.Fatalf("%s, from seed %d on: %v, %+v", m.Name, seed, err, e.Finds)
			}
			replays(t, &e.Finds[0].First)
		}
		h := hunt(t, func(f *fuzzFlags) { f.mutant, f.only, f.runs = m.Name, []string{"lemma"}, 1000 })
		if e, err := h.Run(context.Background()); err != nil || !slices.ContainsFunc(e.Finds, func(x *campaign.Find) bool { return strings.HasPrefix(x.Signature, m.First+" ") }) {
			t.Errorf("%s: --only lemma does not find %s: %v", m.Name, m.First, err)
		}
		h = hunt(t, func(f *fuzzFlags) { f.mutant, f.only, f.runs = m.Name, []string{"safety"}, *safeRuns })
		e, err := h.Run(context.Background())
		if err != nil || len(e.Finds) > 0 || e.Runs != *safeRuns || e.Proved < e.Runs*9/10 {
			t.Errorf("%s: %v, %d runs, of which %d proved something, %+v", m.Name, err, e.Runs, e.Proved, e.Finds)
		}
		if missed := h.Missed(e); len(missed) > 0 {
			t.Errorf("%s: never: %q", m.Name, missed)
		}
	}
	if tried < 3 {
		t.Errorf("only %d safe variants", tried)
	}
}

// TestFuzzIsTheSame: stdout, exit code and files of a hunt are the same bytes for
// any number of workers, and every file replays.
func TestFuzzIsTheSame(t *testing.T) {
	for _, args := range []string{"--mutant brooker --runs 700", "--mutant silent-promise --only agreement --runs 1500 --format json", "literal-acks --runs 300 --first",
		"--runs 200", "lossy --runs 300 --format json --strategy pct --depth 2", "--mutant ballot-again --runs 400 --seed 18446744073709551215"} {
		var want string
		for _, jobs := range []string{"-j1", "-j2", "-j7"} {
			t.Chdir(t.TempDir())
			code, out, errs := command(append(append([]string{"fuzz"}, strings.Fields(args)...), jobs)...)
			files, _ := filepath.Glob("paxsim-found/*")
			got := strings.Join([]string{string(rune('0' + code)), out, errs}, "\n")
			for _, name := range files {
				data, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				got += "\n" + name + "\n" + string(data)
				if code, out, errs := command("replay", name); code != 1 {
					t.Errorf("fuzz %s: %s: exit %d\n%s%s", args, name, code, out, errs)
				}
			}
			if want == "" {
				want = got
			}
			if got != want || len(out) < 100 || (code == 1) != (len(files) > 0) {
				t.Errorf("fuzz %s %s: exit %d, %d files, other bytes than one worker:\n%s", args, jobs, code, len(files), out)
			}
		}
	}
}

// TestFuzzKeepsWhatIsThere: a file that is no run file is not replaced, and what
// was found is told all the same.
func TestFuzzKeepsWhatIsThere(t *testing.T) {
	t.Chdir(t.TempDir())
	name := filepath.Join("kept", "half-quorum-quorum-intersection-ask.run.json")
	if err := os.Mkdir("kept", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("a diary"), 0o666); err != nil {
		t.Fatal(err)
	}
	code, out, errs := command("fuzz", "--mutant", "half-quorum", "--runs", "100", "--out", "kept")
	if data, _ := os.ReadFile(name); string(data) != "a diary" || code != exitUsage || !strings.Contains(errs, "choose another name") || !strings.Contains(out, "quorum-intersection (ask)") {
		t.Errorf("exit %d, %s\n%s\nthe file: %s", code, errs, out, data)
	}
	if code, _, errs := command("fuzz", "--out", name); code != exitUsage || !strings.Contains(errs, "that is no directory") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

// TestFoundAgain: a found run shows its events, and is exported, as it was found.
func TestFoundAgain(t *testing.T) {
	h := hunt(t, func(f *fuzzFlags) { f.mutant, f.first = "torn-vote", true })
	e, err := h.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "found.run.json")
	if err := os.WriteFile(name, e.Finds[0].First.File.Encode(), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := command("replay", "--trace", name); code != 1 || !strings.Contains(out, "the same run again, event by event") || !strings.Contains(out, "accepted-is-highest-vote") {
		t.Errorf("exit %d\n%s", code, out)
	}
	code, lines, errs := command("export", name, "--to", "jsonl")
	if code != 0 {
		t.Fatal(errs)
	}
	r, err := trace.NewLineReader(strings.NewReader(lines))
	if err != nil || r.Header().Engine != trace.Searched || len(r.Header().Deferrals) != e.Finds[0].First.Deferrals {
		t.Fatalf("%v: %+v", err, r)
	}
	written := filepath.Join(t.TempDir(), "found.trace.jsonl")
	if err := os.WriteFile(written, []byte(lines), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{"text", "svg", "mermaid", "shiviz", "perfetto", "grid"} {
		code, of, errs := command("export", name, "--to", form)
		again, read, _ := command("export", written, "--to", form)
		if code != 0 || again != 0 || len(of) < 1000 || strings.Count(of, "\n") != strings.Count(read, "\n") {
			t.Errorf("%s: exit %d and %d, %d and %d bytes: %s", form, code, again, len(of), len(read), errs)
		}
	}
}

// TestFuzzLeavesWhatTestsKeep: what sim/simtest has kept without a scenario is for its
// test. A hunt passes over it, and a command that is given it says what it is.
func TestFuzzLeavesWhatTestsKeep(t *testing.T) {
	h := hunt(t, func(f *fuzzFlags) { f.mutant, f.first = "torn-vote", true })
	e, err := h.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	name := filepath.Join("testdata", "kept.run.json")
	file := *e.Finds[0].First.File
	file.Scenario = ""
	if err := errors.Join(os.Mkdir("testdata", 0o777), os.WriteFile(name, file.Encode(), 0o666)); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := command("fuzz", "--runs", "100"); code != exitHeld || errs != "" {
		t.Errorf("exit %d: %s", code, errs)
	}
	for _, args := range [][]string{{"fuzz", "--runs", "100", "--again", "testdata"}, {"replay", name}} {
		if code, _, errs := command(args...); code != exitUsage || !strings.Contains(errs, "kept.run.json: it holds no scenario: a Go test has kept it") {
			t.Errorf("%v: exit %d: %s", args, code, errs)
		}
	}
}
