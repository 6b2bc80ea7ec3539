package campaign

import (
	"bytes"
	"encoding/json"
	"time"
)

// State is how far a hunt has come. With it another process makes the rest, with the same
// result.
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

// UnmarshalJSON implements [json.Unmarshaler].
func (s *State) UnmarshalJSON(data []byte) error {
	read, err := ReadState(bytes.NewReader(data))
	if err == nil {
		*s = *read
	}
	return err
}

// state is the hunt's state so far.
func (h *Hunt) state(done uint64, spent time.Duration, e *Evidence) *State {
	return &State{done: done, spent: spent, evidence: e, islands: h.islands}
}
