// Package minimal is for tests: it looks by brute force whether something of a story can
// go. It knows nothing of how stories are shrunk: it edits what a story says, and plays
// that.
package minimal

import (
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/story"
)

// Edit is a story from which one thing was taken out, or in which one number is lower.
type Edit struct {
	What  string // was done
	Story *story.Story
}

// Check fails the test for each single thing of a story that could go, or be lower:
// lines and parts of them, answers, and what its scenario has.
func Check(t testing.TB, st *story.Story) {
	t.Helper()
	check(t, st, append(Lines(st), Scenarios(st)...))
}

// CheckLines does the same for lines and answers alone: for stories whose scenario is
// fixed.
func CheckLines(t testing.TB, st *story.Story) {
	t.Helper()
	check(t, st, Lines(st))
}

func check(t testing.TB, st *story.Story, edits []Edit) {
	t.Helper()
	v := breaks(t, st)
	if v == nil || v.Invariant != st.Breaks {
		t.Fatalf("the story does not break %s: %v\n%q", st.Breaks, v, st.Lines)
	}
	if len(st.Lines) > 0 && len(edits) < len(st.Lines) {
		t.Fatalf("%d lines, and only %d edits", len(st.Lines), len(edits))
	}
	for _, e := range edits {
		if w := breaks(t, e.Story); w != nil && w.Invariant == v.Invariant && w.Grade == v.Grade {
			t.Errorf("the story is not minimal: %s\n%q\nwithout: %q", e.What, st.Lines, e.Story.Lines)
		}
	}
}

// breaks is what a story breaks; nil: nothing, or it cannot be played.
func breaks(t testing.TB, st *story.Story) *sim.Violation {
	t.Helper()
	p, err := st.Play(t.Context())
	if err != nil {
		return nil
	}
	return p.Outcome.Violation
}
