package story_test

import (
	"errors"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/library"
	"github.com/paxsim/paxsim/sim/story"
)

// TestTimedKinds: whatever goes wrong in a timed run, a schedule of what happened breaks
// the same.
func TestTimedKinds(t *testing.T) {
	tests := []struct {
		scenario, mutant string
		seed             uint64
		why              string
	}{
		{"damaged", "silent-promise", 1, "messages that arrive damaged do not arrive"},
		{"damaged", "votes-by-value", 186, "the same"},
		{"paused-proposer", "accept-anything", 1, "a pause only makes events wait"},
		{"clogged-link", "accept-anything", 1, "so does a clog"},
		{"minority-cut", "no-adoption", 2, "a cut only loses messages"},
		{"proposer-crash-early", "no-adoption", 1, "a message by which a fault begins is dropped, and counts"},
		{"self-election", "no-adoption", 1, "where actors propose by chance, they wait for an alarm first"},
		{"calm-for-a-core", "no-adoption", 1, "the leader of a core is asked as well"},
		{"calm-for-a-core", "adopt-last", 6, "what a core does to the requests of others need not be"},
		{"forged-senders", "late-promise", 23, "a copy is not forged with its message"},
		{"thousand-actors", "shared-ballot", 2, "whom a client asks is a choice"},
	}
	for _, tt := range tests {
		sc, err := scenarios.Load(tt.scenario, scenarios.Mutant(tt.mutant))
		if err != nil {
			t.Fatal(err)
		}
		f := timed(t, &sc.Scenario, tt.seed, 50)
		if f == nil {
			t.Errorf("%s %s: nothing is found", tt.scenario, tt.mutant)
			continue
		}
		if st := holds(t, f); len(st.Scenario.Faults) > 0 || len(st.Given) > 0 {
			t.Errorf("%s: because %s there are still faults %v, answers %v", tt.scenario, tt.why, st.Scenario.Faults, st.Given)
		}
	}
}

// TestTimedLibrary: a find of each scenario of the library becomes a schedule.
func TestTimedLibrary(t *testing.T) {
	finds := 0
	for i, name := range library.Names {
		list := unsafeOnes()
		m := list[i%len(list)]
		sc, err := scenarios.Load(name, scenarios.Mutant(m.Name))
		if err != nil || sc.Scenario.Actors > 100 {
			continue
		}
		f := timed(t, &sc.Scenario, 1, 40)
		if f == nil {
			continue
		}
		finds++
		st, _, err := story.Shrink(t.Context(), *f, story.Options{})
		if err != nil {
			var clock *story.ByTheClock
			if !errors.As(err, &clock) {
				t.Errorf("%s %s: %v", name, m.Name, err)
			}
			t.Logf("%s %s, seed %d: %v", name, m.Name, f.Seed, err)
			continue
		}
		tally.Run()
		played(t, st)
	}
	if finds < 20 {
		t.Errorf("%d finds: this tries too little", finds)
	}
}
