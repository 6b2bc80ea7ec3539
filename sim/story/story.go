package story

import (
	"github.com/paxsim/paxsim/sim"
)

// Story is a run that breaks an invariant, told by the events that matter.
type Story struct {
	Scenario *sim.Scenario
	Breaks   string            // the invariant
	Lines    []string          // what happens, in its order; all else never does
	Given    map[string]uint32 // answers about faults by chance and about who is asked, which no line has; by the text of the choice; nil: none
}

// words are the words that its lines may have.
func (st *Story) words() ourWords {
	return ourWords{st.Scenario.Protocol.Vocabulary(), st.Scenario}
}

// read reads the lines.
func (st *Story) read() ([]line, error) {
	r := reader{ourWords: st.words()}
	lines := make([]line, len(st.Lines))
	for i, text := range st.Lines {
		var err error
		if lines[i], err = r.read(text); err != nil {
			return nil, &Mistake{Line: i + 1, Text: err.Error()}
		}
	}
	return lines, nil
}

// Check reads the lines, and finds the first that says what cannot be: a
// [*Mistake]. Whether they apply, playing alone can tell.
func (st *Story) Check() error {
	if _, err := st.read(); err != nil {
		return err
	}
	_, err := st.given()
	return err
}

// given reads the answers that no line has.
func (st *Story) given() (map[key]uint32, error) {
	if len(st.Given) == 0 {
		return nil, nil
	}
	out := map[key]uint32{}
	for _, text := range sortedTexts(st.Given) {
		k, err := st.Scenario.Protocol.Vocabulary().ParseKey(text)
		if err != nil {
			return nil, &Mistake{Text: err.Error()}
		}
		if !ofWorld(k) {
			return nil, &Mistake{Text: "the choice " + text + " belongs to an event: say it in the line of that event"}
		}
		out[k] = st.Given[text]
	}
	return out, nil
}
