package scenarios_test

import (
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/story"
)

// TestStoryByClock: a find whose copy is forged apart from its message keeps the clock,
// and its file reads back to a story that breaks the same.
func TestStoryByClock(t *testing.T) {
	sc, err := scenarios.Load("forged-senders")
	if err != nil {
		t.Fatal(err)
	}
	st, _, err := story.Shrink(t.Context(), story.Find{Scenario: &sc.Scenario, Seed: 24}, story.Options{})
	if err != nil || !st.Clock {
		t.Fatal(st, err)
	}
	text := scenarios.StoryText(scenarios.NewStory(st))
	back, err := scenarios.ReadStory("forged.story.yaml", text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	p, err := back.Story().Play(t.Context())
	if err != nil || p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != st.Breaks {
		t.Errorf("%v %+v\n%s", err, p, text)
	}
	if again := scenarios.StoryText(back); again != text {
		t.Errorf("it is written again as\n%s\nand was\n%s", again, text)
	}
}
