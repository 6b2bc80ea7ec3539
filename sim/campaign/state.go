package campaign

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"
)

// State is how far a hunt has come: with it another process makes the rest, and
// comes to the same.
type State struct {
	done     uint64 // seeds, of all shards
	spent    time.Duration
	evidence *Evidence
	islands  []island
}

// Runs is how many runs have been made.
func (s *State) Runs() uint64 { return s.evidence.Runs }

// written is a State as it is written down.
type written struct {
	Done     uint64        `json:"done"`
	Spent    time.Duration `json:"wall_ns"`
	Evidence *Evidence     `json:"evidence"`
	Islands  []island      `json:"islands"`
}

// MarshalJSON implements [json.Marshaler].
func (s *State) MarshalJSON() ([]byte, error) {
	return json.Marshal(written{Done: s.done, Spent: s.spent, Evidence: s.evidence, Islands: s.islands})
}

// UnmarshalJSON implements [json.Unmarshaler]. It trusts what it reads: whoever
// keeps a State makes sure that it is the same when it comes back.
func (s *State) UnmarshalJSON(data []byte) error {
	var x written
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&x); err != nil {
		return err
	}
	if x.Evidence == nil || len(x.Islands) != Islands {
		return errors.New("it is no state of a hunt")
	}
	for i := range x.Islands {
		if err := x.Islands[i].index(); err != nil {
			return err
		}
	}
	*s = State{done: x.Done, spent: x.Spent, evidence: x.Evidence, islands: x.Islands}
	return nil
}

// state is how the hunt stands.
func (h *Hunt) state(done uint64, spent time.Duration, e *Evidence) *State {
	return &State{done: done, spent: spent, evidence: e, islands: h.islands}
}
