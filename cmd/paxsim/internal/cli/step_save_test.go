package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stepThrough steps through a run and saves it.
func stepThrough(t *testing.T, commands, save string, args ...string) []byte {
	t.Helper()
	var errs bytes.Buffer
	if code := Main(append([]string{"step"}, args...), strings.NewReader(commands+"\nsave "+save+"\n"), io.Discard, &errs); code != exitHeld {
		t.Fatalf("step %v: exit %d, %s", args, code, errs.String())
	}
	data, err := os.ReadFile(save)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestStepKeepsTheStrategy holds that a find that is saved unchanged is still that
// of the strategy that found it, and one that is changed is not.
func TestStepKeepsTheStrategy(t *testing.T) {
	dir := t.TempDir()
	found, again, other := filepath.Join(dir, "found.run.json"), filepath.Join(dir, "again.run.json"), filepath.Join(dir, "other.run.json")
	text := stepThrough(t, "next 4\ntake 3\nnext 2\ntake 2", found, "happy-path", "--engine", "searched", "--set", "actors=3")
	text = bytes.Replace(text, []byte(`"strategy": "hand"`), []byte(`"strategy": "pct"`), 1)
	if err := os.WriteFile(found, text, 0o666); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte(`"strategy": "pct"`)) {
		t.Fatal("no strategy in\n" + string(text))
	}
	if got := stepThrough(t, "to end\nback 3\ntake 2\nundo", again, found); !bytes.Equal(got, text) {
		t.Errorf("saved unchanged, it is\n%s\ninstead of\n%s", got, text)
	}
	if got := stepThrough(t, "next 4\ntake 4", other, found); bytes.Contains(got, []byte(`"pct"`)) || !bytes.Contains(got, []byte(`"strategy": "hand"`)) {
		t.Errorf("changed, it is\n%s", got)
	}
}

// TestStepIsTheRun holds that what step saves under a seed is what run saves: here
// where crashes are off but in a period, which says how likely, and the scenario
// how long.
func TestStepIsTheRun(t *testing.T) {
	dir := t.TempDir()
	scenario, ran, stepped := filepath.Join(dir, "any.yaml"), filepath.Join(dir, "run.run.json"), filepath.Join(dir, "step.run.json")
	const text = "paxsim: 1\nactors: 3\nnetwork: {delay: 1ms}\ncrashes: {down: 1ms}\nperiods: [{for: 50ms, crashes: 20%}]\nrequests: [{actor: 1}]\n"
	if err := os.WriteFile(scenario, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	if code := Main([]string{"run", scenario, "--seed", "2", "--save", ran}, strings.NewReader(""), io.Discard, io.Discard); code != exitHeld {
		t.Fatalf("run: exit %d", code)
	}
	want, err := os.ReadFile(ran)
	if err != nil {
		t.Fatal(err)
	}
	if got := stepThrough(t, "next 5\nback 2", stepped, scenario, "--seed", "2"); !bytes.Equal(got, want) {
		t.Errorf("step saves\n%s\nand run\n%s", got, want)
	}
}
