package report

import (
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// HuntStates is a sample of the abstract states in which runs ended: see
// [campaign.States].
type HuntStates struct {
	Runs  uint64 `json:"runs"`
	OneIn uint64 `json:"one_in"` // of how many states one is in the sample: a power of two
	Once  []byte `json:"once"`   // those in which one run ended, 8 bytes each, ascending
	More  []byte `json:"more"`   // those in which more did
}

func newHuntStates(s *campaign.States) HuntStates {
	h := HuntStates{Runs: s.Runs, OneIn: 1 << s.Zero, Once: []byte{}, More: []byte{}}
	for _, x := range s.List {
		if x.Again {
			h.More = binary.BigEndian.AppendUint64(h.More, x.State)
		} else {
			h.Once = binary.BigEndian.AppendUint64(h.Once, x.State)
		}
	}
	return h
}

// states is what h was made from.
func (h *HuntStates) states() *campaign.States {
	s := &campaign.States{Runs: h.Runs}
	if h.OneIn > 0 {
		s.Zero = uint(bits.TrailingZeros64(h.OneIn))
	}
	for _, list := range []struct {
		states []byte
		again  bool
	}{{h.Once, false}, {h.More, true}} {
		for b := list.states; len(b) >= 8; b = b[8:] {
			s.List = append(s.List, campaign.Ended{State: binary.BigEndian.Uint64(b), Again: list.again})
		}
	}
	s.Sort()
	return s
}

// wrong says what in a sample cannot be.
func (h *HuntStates) wrong() string {
	switch {
	case bits.OnesCount64(h.OneIn) != 1:
		return fmt.Sprintf("states: one_in: %d is no power of two", h.OneIn)
	case len(h.Once)%8 != 0 || len(h.More)%8 != 0:
		return "states: once, more: expected 8 bytes a state"
	case len(h.Once)+len(h.More) > 8*campaign.MaxStates:
		return fmt.Sprintf("states: more than %d of them", campaign.MaxStates)
	}
	if why := h.states().Wrong(); why != "" {
		return "states: " + why
	}
	return ""
}

// text tells what the states say about runs to come.
func (h *HuntStates) text() string {
	s := h.states()
	about := ""
	if s.Zero > 0 {
		about = "about "
	}
	text := fmt.Sprintf("%s ended in %s%s", say.Plural(s.Runs, "independent run"), about, say.Plural(s.Distinct(), "abstract state"))
	once := s.Once()
	if once == 0 {
		return text + ", each in one that others ended in too"
	}
	return text + fmt.Sprintf(", %s%s of them once: the next ends in a new one in about 1 of %s (Good and Turing)", about, say.Count(once), say.Plural(max(1, (s.Runs+once/2)/once), "case"))
}
