package dialogue

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// begin begins a run of a scenario of the library.
func begin(t testing.TB, name string, base trace.Base, set ...string) *stepper.Stepper {
	t.Helper()
	var list []scenarios.Override
	for _, s := range set {
		list = append(list, scenarios.Set(s))
	}
	given, err := scenarios.Load(name, list...)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := stepper.Open(&given.Scenario, base.Calm)
	w, err := stepper.New(context.Background(), s, scenarios.WorldText(s), base, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// talk holds a dialogue and returns what it printed.
func talk(t testing.TB, w *stepper.Stepper, lines ...string) string {
	t.Helper()
	var out strings.Builder
	d := New(w, "a scenario", &out, func(string, *trace.File) error { return nil })
	for _, l := range lines {
		if _, err := d.Do(l); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

// place is all that can be seen at a place of a run, and what is chosen.
func place(w *stepper.Stepper) string {
	var looks []stepper.Standing
	for id := 1; id <= w.Scenario().Actors; id++ {
		looks = append(looks, w.Standing(sim.ID(id)))
	}
	return fmt.Sprint(w.At(), w.Step(), w.Asked(), looks, w.Upcoming(), w.Outcome().Digest, w.Answers(), w.Deferrals())
}

var small = search.Budget{Events: 200, Alarms: 4, Losses: 2, Duplicates: 2, Crashes: 2}

// beginSearched begins a searched run of a scenario.
func beginSearched(t testing.TB, name string, base trace.Base, set ...string) *stepper.Stepper {
	t.Helper()
	w := begin(t, name, base, set...)
	w.Search(small, nil)
	return w
}
