package load_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

const find = "testdata/agreement.run.json"

// TestLoad: a run file plays as it says, as often as one likes, as a grid and as a page.
func TestLoad(t *testing.T) {
	r, err := load.File(find)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		o, err := r.Play()
		if err != nil || o.Violation == nil || o.Violation.Invariant != "agreement" {
			t.Fatalf("%v: %+v", err, o)
		}
	}
	var grid, again, page bytes.Buffer
	for _, b := range []*bytes.Buffer{&grid, &again} {
		if err := r.Grid(b); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(grid.String(), "VIOLATED") || grid.String() != again.String() {
		t.Errorf("the grid:\n%s", grid.String())
	}
	if err := r.Page(&page); err != nil || !strings.Contains(page.String(), "broke at") && !strings.Contains(page.String(), "<!DOCTYPE html>") {
		t.Errorf("the page: %v, %d bytes", err, page.Len())
	}
}

// TestDiff: a run against itself is the same, and against its calm run it is not, and
// the calm run is calm.
func TestDiff(t *testing.T) {
	r, err := load.File("testdata/lossy.run.json")
	if err != nil {
		t.Fatal(err)
	}
	var same, calm bytes.Buffer
	if err := load.Diff(&same, r, r); err != nil || !strings.Contains(same.String(), "the same run: ") {
		t.Errorf("%v\n%s", err, same.String())
	}
	if err := load.Diff(&calm, r, r.Calm()); err != nil || !strings.Contains(calm.String(), "from here on they differ:") || !strings.Contains(calm.String(), "caused by the choice ") {
		t.Errorf("%v\n%s", err, calm.String())
	}
	o, err := r.Calm().Play()
	if err != nil || o.Dropped+o.Duplicated != 0 || o.Verdict != observe.VerdictDecided {
		t.Errorf("the calm run: %v %+v", err, o)
	}
	if len(r.File.Answers) == 0 {
		t.Error("the file has no answers left: its calm run is not apart from it")
	}
}

// TestLoadMistakes: what is wrong with a file is told with its name, and which kind of
// mistake it is.
func TestLoadMistakes(t *testing.T) {
	good, err := os.ReadFile(find)
	if err != nil {
		t.Fatal(err)
	}
	var inTrace *trace.Error
	var inScenario *scenarios.Errors
	if _, err := load.Decode("x", []byte("{")); !errors.As(err, &inTrace) {
		t.Errorf("half a file: %v", err)
	}
	if _, err := load.Decode("x", bytes.Replace(good, []byte("actors: "), []byte("actros: "), 1)); !errors.As(err, &inScenario) {
		t.Errorf("a scenario that is none: %v", err)
	}
	if _, err := load.Decode("x", regexp.MustCompile(`"scenario": ".*"`).ReplaceAll(good, []byte(`"scenario": ""`))); !errors.Is(err, load.ErrNoScenario) {
		t.Errorf("no scenario: %v", err)
	}
	if _, err := load.Decode("x", bytes.Replace(good, []byte(`"protocol": "paxos"`), []byte(`"protocol": "echo"`), 1)); err == nil || !strings.Contains(err.Error(), `protocol: it says "echo", and its scenario says "paxos"`) {
		t.Errorf("another protocol: %v", err)
	}
	if _, err := load.File(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	big := filepath.Join(t.TempDir(), "big")
	if err := os.WriteFile(big, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(big, trace.MaxSize+1); err != nil {
		t.Fatal(err)
	}
	if _, err := load.File(big); err == nil || !strings.Contains(err.Error(), "a run file has at most") {
		t.Errorf("a large file: %v", err)
	}
}
