package story

import (
	"github.com/paxsim/paxsim/sim"
)

// Story is a run that breaks an invariant, told by the events that matter. A story that
// keeps the clock is a timed run: all goes well in it, except for the answers that it
// gives.
type Story struct {
	Scenario *sim.Scenario
	Breaks   string   // the invariant
	Clock    bool     // it keeps the clock, and has no lines
	Lines    []string // what happens, in its order; all else never does

	// Given are the answers, never 0, that no line has, by the text of the choice; nil:
	// none. With lines they are about faults by chance and about who is asked. A story
	// that keeps the clock has all that are not calm: messages that are late or lost,
	// crashes, and what actors leave to chance.
	Given map[string]uint32
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
	if st.Clock {
		return st.checkClock()
	}
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
		if st.Given[text] == 0 {
			return nil, &Mistake{Text: "the choice " + text + " is 0, and so it is without a word: leave it out"}
		}
		if !st.Clock && !ofWorld(k) {
			return nil, &Mistake{Text: "the choice " + text + " belongs to an event: say it in the line of that event"}
		}
		out[k] = st.Given[text]
	}
	return out, nil
}
