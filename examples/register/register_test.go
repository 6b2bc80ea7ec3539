package register_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/register"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim/explain/condition"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/simtest"
)

// TestMain makes the register known, so that scenarios and run files can name it.
func TestMain(m *testing.M) {
	if err := scenarios.Join(scenarios.Guest{Protocol: register.Protocol, Library: register.Scenarios}); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// TestLostUpdate: a hunt finds that two updates become one. A test of a protocol that
// you believe in hands its own t to simtest.Run, and keeps what it finds in testdata.
// With the text of the scenario, what is kept can be played by your own command too.
func TestLostUpdate(t *testing.T) {
	s, err := scenarios.Load("lost-update")
	if err != nil {
		t.Fatal(err)
	}
	found, dir := &lost{T: t}, t.TempDir()
	simtest.Run(found, &s.Scenario, simtest.Text(scenarios.Text(s)), simtest.Keep(dir))
	if !strings.Contains(found.text, "\nor, by a command that knows register: replay --trace "+dir) {
		t.Fatalf("no update is lost, or it cannot be played: %s", found.text)
	}
	files, err := filepath.Glob(filepath.Join(dir, t.Name(), "agreement-decide-*.run.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%q are kept", files)
	}
	r, err := load.File(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if o, err := r.Play(); err != nil || o.Violation == nil {
		t.Errorf("%v: what is kept shows nothing", err)
	}
}

// FuzzLostUpdate is the same by go test -fuzz. With the server that compares, no input
// loses an update.
func FuzzLostUpdate(f *testing.F) {
	s, err := scenarios.Load("compared")
	if err != nil {
		f.Fatal(err)
	}
	simtest.Fuzz(f, &s.Scenario)
}

// TestComparedLosesNone: with the server that compares none is.
func TestComparedLosesNone(t *testing.T) {
	s, err := scenarios.Load("compared")
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Protocol.New(&s.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(1000) {
		r.Reset(seed, nil)
		if o := r.Run(); o.Verdict != observe.VerdictDecided {
			t.Fatalf("seed %d: %+v", seed, o)
		}
	}
}

// TestLookAtFind: a find that a hunt has kept, as a grid, as a page, and beside its calm
// run.
func TestLookAtFind(t *testing.T) {
	r, err := load.File("testdata/lost-update.run.json")
	if err != nil {
		t.Fatal(err)
	}
	var grid, page, diff strings.Builder
	if err := errors.Join(r.Grid(&grid), r.Page(&page), load.Diff(&diff, r, r.Calm())); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s\n%s\na page of %d bytes", grid.String(), diff.String(), page.Len())
	if !strings.Contains(grid.String(), "VIOLATED agreement (safety)") {
		t.Error("the find shows nothing any more")
	}
}

// TestStepThroughFind: the same find event by event, up to where two updates are one,
// and one back.
func TestStepThroughFind(t *testing.T) {
	r, err := load.File("testdata/lost-update.run.json")
	if err != nil {
		t.Fatal(err)
	}
	s, err := r.Stepper(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	is, err := condition.Parse(s.Scenario(), "agreement breaks")
	if err != nil {
		t.Fatal(err)
	}
	if found, err := s.Until(is); !found || err != nil {
		t.Fatalf("the find shows nothing any more: %v", err)
	}
	server := s.Standing(1)
	t.Logf("at event %d the server is %s", s.At(), server.Line())
	if err := s.Back(1); err != nil || s.Outcome().Violation != nil {
		t.Errorf("%v: it was broken before", err)
	}
}

// lost is a test that is glad to fail.
type lost struct {
	*testing.T
	text string // of the failure
}

func (l *lost) Errorf(format string, args ...any) {
	l.text = fmt.Sprintf(format, args...)
	l.Log(l.text)
}
