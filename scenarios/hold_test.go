package scenarios

import (
	"testing"

	"github.com/paxsim/paxsim/sim"
)

// oneByOne makes runs in the thread of the test.
func oneByOne(s *sim.Scenario, count uint64, each func(*sim.Outcome) error) error {
	w, err := s.Protocol.New(s)
	if err != nil {
		return err
	}
	for seed := range count {
		w.Reset(seed+1, nil)
		o := w.Run()
		if err := each(&o); err != nil {
			return err
		}
	}
	return nil
}

// TestLibraryHolds holds every scenario of the library to what it says of its
// runs, and to its premise.
func TestLibraryHolds(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := Load(name)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case s.Group == "":
				t.Error("it is in no group")
			case s.Expect.Silent():
				t.Error("it does not say what it expects")
			case ExpectRuns(s) < 1000 && s.Actors < 100:
				t.Errorf("it is held to its expectation in %d runs only", ExpectRuns(s))
			}
			r, err := Hold(s, 0, oneByOne)
			if err != nil {
				t.Fatal(err)
			}
			if !r.Held() {
				t.Errorf("%s\n%+v\nwithout its premise: %+v", r.Lacks, r.Findings, r.Premise)
			}
		})
	}
}
