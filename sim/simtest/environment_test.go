package simtest_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/simtest"
)

// TestMain: the tests of this package say themselves what is in the environment.
func TestMain(m *testing.M) {
	if os.Getenv(child) == "" {
		for _, name := range simtest.Variables() {
			os.Unsetenv(name)
		}
	}
	os.Exit(m.Run())
}

// ran are the lines of a test that runs with what the environment says.
func ran(t *testing.T, environment string, options ...simtest.Option) *told {
	t.Helper()
	for pair := range strings.FieldsSeq(environment) {
		name, value, _ := strings.Cut(pair, "=")
		t.Setenv(name, value)
	}
	on := &told{name: t.Name()}
	simtest.Run(on, simtest.Of(paxos.Protocol(), 3), append([]simtest.Option{simtest.Keep("")}, options...)...)
	return on
}

// TestEnvironment: each variable changes the runs, and comes before what the code
// asks for.
func TestEnvironment(t *testing.T) {
	of := simtest.Seeds(4, 30)
	for _, x := range []struct {
		name        string
		environment string
		options     []simtest.Option
		log         string
	}{
		{"code", "", []simtest.Option{of}, `held in 30 runs from seed 4 on\. In \d+ of them something could have broken: .* They say nothing about other seeds: PAXSIM_EXPLORE=1 tries some$`},
		{"empty", "PAXSIM_RUNS= PAXSIM_SEED= PAXSIM_FOR= PAXSIM_STRATEGY= PAXSIM_EXPLORE= PAXSIM_OUT=", []simtest.Option{of}, `held in 30 runs from seed 4 on`},
		{"runs", "PAXSIM_RUNS=50", []simtest.Option{of}, `held in 50 runs from seed 4 on`},
		{"no runs", "PAXSIM_RUNS=0", []simtest.Option{of}, `no runs were made`},
		{"seed", "PAXSIM_SEED=17", []simtest.Option{of, simtest.Repetition(3)}, `held in 30 runs from seed 17 on`},
		{"repetition", "", []simtest.Option{of, simtest.Repetition(2)}, `held in 30 runs from seed 4294967300 on`},
		{"one", "PAXSIM_SEED=17 PAXSIM_RUNS=1", nil, `held in 1 run, that of seed 17: it says nothing about any other seed`},
		{"time", "PAXSIM_FOR=30ms", []simtest.Option{of}, `held in \d+ runs from seed 4 on`},
		{"explore", "PAXSIM_EXPLORE=1", []simtest.Option{of}, `the clock picked the first seed: PAXSIM_SEED=\d{15,} makes these runs again\n.*held in 30 runs from seed \d{15,} on`},
		{"explore no", "PAXSIM_EXPLORE=0", []simtest.Option{of}, `held in 30 runs from seed 4 on`},
		{"all", "PAXSIM_STRATEGY=all", []simtest.Option{of, simtest.Strategies("walk")}, `held in 30 runs from seed 4 on`},
		{"all in code", "", []simtest.Option{of, simtest.Strategies("all")}, `held in 30 runs from seed 4 on`},
		{"marks of few", "PAXSIM_RUNS=2", []simtest.Option{of, simtest.Marks("answered-from-disk")}, `2 runs never reached answered-from-disk\n`},
	} {
		t.Run(x.name, func(t *testing.T) {
			on := ran(t, x.environment, x.options...)
			log := strings.Join(on.logs, "\n")
			if ok, _ := regexp.MatchString(x.log, log); !ok || len(on.lines) > 0 {
				t.Errorf("it fails with %q and logs\n%s", on.text(), log)
			}
		})
	}
}

// TestStrategyOfTheEnvironment: the adversary is the one that is named.
func TestStrategyOfTheEnvironment(t *testing.T) {
	t.Setenv("PAXSIM_STRATEGY", "pos")
	on := &told{name: t.Name()}
	simtest.Run(on, simtest.Of(first, 3), simtest.Keep(""), simtest.Strategies("walk"))
	if !strings.Contains(on.text(), " by pos: ") || !strings.Contains(on.text(), "PAXSIM_STRATEGY=pos go test -run ") {
		t.Error(on.text())
	}
}

// TestCommandOfWhatIsKeptNowhere: it has the environment in which the same runs are
// made, where they are not those of the code.
func TestCommandOfWhatIsKeptNowhere(t *testing.T) {
	for environment, want := range map[string]string{
		"":                     ` && go test -run `,
		"PAXSIM_SEED=50":       ` && PAXSIM_SEED=50 PAXSIM_RUNS=\d+ go test -run `,
		"PAXSIM_EXPLORE=1":     ` && PAXSIM_SEED=\d{15,} PAXSIM_RUNS=\d+ go test -run `,
		"PAXSIM_STRATEGY=walk": ` && PAXSIM_STRATEGY=walk go test -run `,
	} {
		t.Run(environment, func(t *testing.T) {
			if name, value, ok := strings.Cut(environment, "="); ok {
				t.Setenv(name, value)
			}
			on := &told{name: "TestIt"}
			simtest.Run(on, simtest.Of(first, 3), simtest.Keep(""))
			if ok, _ := regexp.MatchString(want, on.text()); !ok {
				t.Errorf("no %s in\n%s", want, on.text())
			}
		})
	}
}

// TestWrongEnvironment: a value that makes no sense fails the test with one message,
// which names the variable, its value, and what is expected.
func TestWrongEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		environment, want string
		options           []simtest.Option
	}{
		"runs":          {environment: "PAXSIM_RUNS=many", want: `PAXSIM_RUNS is "many": expected a whole number from 0 on, such as 500`},
		"runs below":    {environment: "PAXSIM_RUNS=-1", want: `PAXSIM_RUNS is "-1": expected a whole number`},
		"seed":          {environment: "PAXSIM_SEED=x", want: `PAXSIM_SEED is "x": expected a whole number from 0 on, such as 17`},
		"seeds":         {environment: "PAXSIM_SEED=18446744073709551615", want: `there are no `},
		"for":           {environment: "PAXSIM_FOR=10", want: `PAXSIM_FOR is "10": expected a length of time above 0, such as 90s or 10m`},
		"for none":      {environment: "PAXSIM_FOR=0s", want: `PAXSIM_FOR is "0s": expected a length of time above 0`},
		"strategy":      {environment: "PAXSIM_STRATEGY=wolk", want: `PAXSIM_STRATEGY is "wolk": there is no strategy "wolk": expected some of walk, pct, pos, feedback, or all alone`},
		"strategies":    {environment: "PAXSIM_STRATEGY=walk,all", want: `PAXSIM_STRATEGY is "walk,all": there is no strategy "all"`},
		"in code":       {want: `simtest: there is no strategy "wolk"`, options: []simtest.Option{simtest.Strategies("wolk")}},
		"explore":       {environment: "PAXSIM_EXPLORE=yes", want: `PAXSIM_EXPLORE is "yes": expected 1, or 0 for no`},
		"out":           {environment: "PAXSIM_OUT=out", want: `PAXSIM_OUT is "out": expected the absolute path of a folder`},
		"out file":      {environment: "PAXSIM_OUT=" + file, want: `": expected the absolute path of a folder`},
		"both":          {environment: "PAXSIM_RUNS=1 PAXSIM_FOR=1s", want: `PAXSIM_FOR and PAXSIM_RUNS are both set: expected one of them`},
		"both seeds":    {environment: "PAXSIM_SEED=1 PAXSIM_EXPLORE=1", want: `PAXSIM_EXPLORE and PAXSIM_SEED are both set: expected one of them`},
		"feedback":      {want: `follows from the runs before it`, options: []simtest.Option{simtest.Subtests(), simtest.Strategies("feedback")}},
		"not a test":    {want: `a *simtest_test.told has no subtests: expected a *testing.T`, options: []simtest.Option{simtest.Subtests()}},
		"no repetition": {want: `seeds for repetition 0 from 1 on`, options: []simtest.Option{simtest.Repetition(0)}},
	} {
		t.Run(name, func(t *testing.T) {
			on := ran(t, x.environment, x.options...)
			if len(on.lines) != 1 || len(on.logs) > 0 || !strings.Contains(on.text(), x.want) {
				t.Errorf("it says %q, and not %q", on.lines, x.want)
			}
		})
	}
}

// TestArtifacts: the folder that is asked for has a run file, its story and a page of each
// failure. Of a story that was kept before it has the run of the story.
func TestArtifacts(t *testing.T) {
	dir, finds := t.TempDir(), t.TempDir()
	for _, of := range []string{"", ".story"} {
		out := filepath.Join(dir, "out")
		t.Setenv("PAXSIM_OUT", out)
		on := &told{name: "TestIt"}
		simtest.Run(on, simtest.Of(first, 3), simtest.Keep(finds))
		base := strings.TrimSuffix(filepath.Base(kept(t, finds)[0]), ".run.json")
		in := filepath.Join(out, "github.com", "paxsim", "paxsim", "sim", "simtest", "TestIt", base+of)
		page, err := os.ReadFile(in + ".html")
		if err != nil || !strings.Contains(string(page), "<!DOCTYPE html>") || !strings.Contains(string(page), "Proposal") {
			t.Fatalf("%v: the page has %d bytes\n%s", err, len(page), on.text())
		}
		if !strings.Contains(on.text(), "a page of it is "+in+".html") {
			t.Error(on.text())
		}
		theirs := filepath.Join(finds, "TestIt", base)
		if run := content(t, in+".run.json"); (run == content(t, theirs+".run.json")) == (of != "") || !strings.Contains(run, `"violation"`) {
			t.Errorf("another run file: %s", run)
		}
		if content(t, strings.TrimSuffix(in, of)+".story.yaml") != content(t, theirs+".story.yaml") {
			t.Error("another story")
		}
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
	}
}

// content is what is in a file.
func content(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Error(err)
	}
	return string(data)
}
