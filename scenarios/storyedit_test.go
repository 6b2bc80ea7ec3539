package scenarios

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/story"
)

// TestEditedStories: a story with one edit (a line left out, doubled or put elsewhere,
// a number changed) plays as it says, or the line at which it cannot is told.
func TestEditedStories(t *testing.T) {
	whole := strings.SplitAfter(strings.TrimSuffix(aStory, "\n"), "\n")
	var edited [][]string
	for i := range whole {
		edited = append(edited, slices.Delete(slices.Clone(whole), i, i+1), slices.Insert(slices.Clone(whole), i, whole[i]))
		if i > 0 {
			moved := slices.Clone(whole)
			moved[i-1], moved[i] = moved[i], moved[i-1]
			edited = append(edited, moved)
		}
		for _, digit := range "0123456789" {
			for at, c := range whole[i] {
				if c >= '0' && c <= '9' {
					changed := slices.Clone(whole)
					changed[i] = whole[i][:at] + string(digit) + whole[i][at+1:]
					edited = append(edited, changed)
				}
			}
		}
	}
	came := map[string]int{}
	for _, lines := range edited {
		text := strings.Join(lines, "")
		how, err := playText(t, text)
		if came[how]++; err != nil {
			for _, m := range err.Mistakes {
				if m.Line == 0 || m.Line > len(lines)+1 || m.Excerpt == "" {
					t.Errorf("no place: %+v\nin\n%s", m, text)
				}
			}
		}
	}
	t.Logf("%d edits: %v", len(edited), came)
	if came["refused"] == 0 || came["cannot be played"] == 0 || came["breaks it"] == 0 || came["breaks nothing"] == 0 {
		t.Errorf("some of this never happens: %v", came)
	}
}

// playText says what becomes of a text as a story, and what is told if it is not played.
func playText(t *testing.T, text string) (string, *Errors) {
	st, err := ReadStory("x.story.yaml", text)
	var e *Errors
	if errors.As(err, &e) {
		return "refused", e
	}
	if err != nil {
		return fmt.Sprint(err), nil
	}
	p, err := st.Story().Play(t.Context())
	var m *story.Mistake
	switch {
	case errors.As(err, &m) && m.Played:
		return "cannot be played", st.Mistaken(m)
	case err != nil:
		t.Errorf("%v\nin\n%s", err, text)
		return "fails", nil
	case p.Outcome.Violation == nil:
		return "breaks nothing", nil
	case p.Outcome.Violation.Invariant != st.Breaks:
		return "breaks another", nil
	}
	return "breaks it", nil
}
