package trace

import (
	"fmt"
	"strconv"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
)

// EditTexts are the edits of a scenario as files hold them; nil: there are none.
func EditTexts(s *sim.Scenario) (texts []string) {
	for i := range s.Edits {
		texts = append(texts, s.EditText(&s.Edits[i]))
	}
	return texts
}

// Edited gives a scenario the edits that a file lists. The error says which of them
// is none of it.
func Edited(s *sim.Scenario, texts []string) error {
	s.Edits = nil
	for i, text := range texts {
		e, err := s.ParseEdit(text)
		if err == nil && i > 0 && e.After < s.Edits[i-1].After {
			err = fmt.Errorf("%q comes before the one that is listed before it", text)
		}
		if err != nil {
			s.Edits = nil
			return fmt.Errorf("edits.%d: %w", i+1, err)
		}
		s.Edits = append(s.Edits, e)
	}
	return nil
}

// edits reads the edits of a run, which are texts. What they say is held against the
// scenario by [Edited].
func (r *reader) edits(path string) (texts []string) {
	r.list(path, func(i int) {
		at, text := r.text(join(path, strconv.Itoa(i+1)))
		switch {
		case i < faults.MaxEdits:
			texts = append(texts, text)
		case i == faults.MaxEdits:
			r.fail(at, "%s: a run has at most %d", path, faults.MaxEdits)
		}
	})
	if !r.broken && len(texts) == 0 {
		r.fail(0, "%s: expected one at least, or no such field", path)
	}
	return texts
}

// checkEdits holds an engine against the edits.
func (r *reader) checkEdits(at int, engine string, edits []string) {
	if engine != Timed && len(edits) > 0 {
		r.fail(at, "edits: present, though the engine is %q: in a searched run what is held back takes their place", engine)
	}
}
