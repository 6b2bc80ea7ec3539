package campaign

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// The most bytes that parts of a state take as they are written. An island with
// all its ways, in the greatest numbers, takes a little more than half of that.
const (
	maxIsland   = 2 << 20
	maxEvidence = 16 << 20
)

// MaxState is the most bytes that a state takes as it is written.
const MaxState = Islands*maxIsland + maxEvidence

var errNoState = errors.New("it is no state of a hunt")

// ReadState reads what [State.MarshalJSON] wrote, an island at a time. A state that no
// hunt can have is an error. ReadState does not know whether the state is of the hunt that
// goes on with it: the caller must know that.
func ReadState(from io.Reader) (*State, error) {
	r := &stateReader{tokens: json.NewDecoder(from)}
	s := &State{evidence: new(Evidence)}
	r.delim('{')
	r.member("done", &s.done, maxEvidence)
	r.member("wall_ns", &s.spent, maxEvidence)
	r.member("evidence", s.evidence, maxEvidence)
	r.name("islands")
	r.delim('[')
	for r.err == nil && r.tokens.More() && len(s.islands) < Islands {
		var l island
		r.value(&l, maxIsland)
		if r.err == nil {
			r.err = l.index()
		}
		s.islands = append(s.islands, l)
	}
	r.delim(']')
	r.delim('}')
	switch {
	case r.err != nil:
		return nil, r.err
	case len(s.islands) != Islands:
		return nil, errNoState
	}
	return s, s.evidence.wrong()
}

// stateReader reads a state by its tokens. After an error it reads nothing more.
type stateReader struct {
	tokens *json.Decoder
	err    error
}

func (r *stateReader) token() json.Token {
	if r.err != nil {
		return nil
	}
	t, err := r.tokens.Token()
	r.err = err
	return t
}

func (r *stateReader) delim(want json.Delim) {
	if t := r.token(); r.err == nil && t != want {
		r.err = errNoState
	}
}

func (r *stateReader) name(want string) {
	if t := r.token(); r.err == nil && t != want {
		r.err = errNoState
	}
}

// value reads a value that has at most so many bytes.
func (r *stateReader) value(into any, most int64) {
	if r.err != nil {
		return
	}
	var text json.RawMessage
	if r.err = r.tokens.Decode(&text); r.err != nil {
		return
	}
	if int64(len(text)) > most {
		r.err = fmt.Errorf("a part of it has %d bytes, and may have %d", len(text), most)
		return
	}
	r.err = json.Unmarshal(text, into)
}

func (r *stateReader) member(name string, into any, most int64) {
	r.name(name)
	r.value(into, most)
}

// wrong says what in evidence that was read cannot be.
func (e *Evidence) wrong() error {
	if why := e.States.Wrong(); why != "" {
		return errors.New("its states: " + why)
	}
	for _, x := range e.Finds {
		if x == nil || x.First.File == nil || x.Smallest.File == nil {
			return errors.New("a failure is without its run")
		}
	}
	return nil
}

// suits says whether evidence that was read is of the same hunt as some that is
// empty.
func (e *Evidence) suits(none *Evidence) bool {
	return len(e.Marks) == len(none.Marks) && len(e.Of) == len(none.Of)
}
