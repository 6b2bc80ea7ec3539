package load_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim/explain/condition"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/trace"
)

func begin(t *testing.T, r *load.Run) *stepper.Stepper {
	t.Helper()
	s, err := r.Stepper(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestStepper: a find is stepped through to where it breaks, and is still the same
// file; with one message lost it is another run.
func TestStepper(t *testing.T) {
	r, err := load.File(find)
	if err != nil {
		t.Fatal(err)
	}
	s := begin(t, r)
	is, err := condition.Parse(s.Scenario(), "agreement breaks")
	if err != nil {
		t.Fatal(err)
	}
	if found, err := s.Until(is); !found || err != nil || s.At() != r.File.Violation.Event {
		t.Fatalf("%v, %v: it breaks at event %d, and the file says %d", found, err, s.At(), r.File.Violation.Event)
	}
	f, unused, err := s.File()
	if err != nil || len(unused) > 0 || string(f.Encode()) != string(r.File.Encode()) {
		t.Errorf("%v, unused %v: another file\n%s", err, unused, f.Encode())
	}
}

// TestOf: a run of a scenario is what the same scenario plays under that seed, and in
// calm; what is chosen in a stepper makes another, and its file loads again.
func TestOf(t *testing.T) {
	s, err := scenarios.Load("lossy")
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Protocol.New(&s.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	w.Reset(7, nil)
	want := w.Run().Digest
	if o, err := load.Of(s, trace.Base{Seed: 7}).Play(); err != nil || o.Digest != want {
		t.Errorf("%v: digest %x, want %x", err, o.Digest, want)
	}
	calm, err := load.Of(s, trace.Base{Calm: true}).Play()
	if err != nil || calm.Dropped+calm.Duplicated != 0 || calm.Digest == want {
		t.Errorf("%v: the calm run is %+v", err, calm)
	}
	x := begin(t, load.Of(s, trace.Base{Calm: true}))
	if _, asked, err := x.Choose("lost Prepare 1>2 #1", 1); err != nil || !asked {
		t.Fatal(asked, err)
	}
	f, _, err := x.File()
	if err != nil {
		t.Fatal(err)
	}
	r, err := load.Decode("chosen", f.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if o, err := r.Play(); err != nil || o.Dropped != 1 || o.Digest != f.Digest {
		t.Errorf("%v: played, it is %+v", err, o)
	}
}

// A find, stepped through to where it breaks.
func ExampleRun_Stepper() {
	r, err := load.File("testdata/agreement.run.json")
	if err != nil {
		panic(err)
	}
	s, err := r.Stepper(context.Background())
	if err != nil {
		panic(err)
	}
	is, err := condition.Parse(s.Scenario(), "agreement breaks")
	if err != nil {
		panic(err)
	}
	if _, err := s.Until(is); err != nil {
		panic(err)
	}
	actor := s.Standing(s.Step().Event.Actor)
	fmt.Printf("event %d: %s\n", s.At(), actor.Line())
	// Output:
	// event 31: up; role phase 2 of 2.2=y; learned x; on disk: promised 2.2, accepted 2.2=y, round 2
}
