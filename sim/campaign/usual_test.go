package campaign_test

import (
	"math"
	"testing"

	"github.com/paxsim/paxsim/sim/campaign"
)

// TestRepetition: repetitions share no seed, and what has none is refused.
func TestRepetition(t *testing.T) {
	for _, tt := range []struct {
		seed, number, runs uint64
		first              uint64
		ok                 bool
	}{
		{1, 1, campaign.UsualRuns, 1, true},
		{1, 2, campaign.UsualRuns, 1 + 1<<32, true},
		{77, 20, 1_000_000_000, 77 + 19<<32, true},
		{0, 1, 0, 0, true},
		{1, 0, 1, 0, false},
		{1, campaign.MaxRepetition, 1_000_000_000, 1 + (campaign.MaxRepetition-1)<<32, true},
		{1, campaign.MaxRepetition + 1, 1, 0, false},
		{math.MaxUint64, 1, 1, math.MaxUint64, true},
		{math.MaxUint64, 1, 2, 0, false},
		{math.MaxUint64, 2, 1, 0, false},
	} {
		if first, ok := campaign.Repetition(tt.seed, tt.number, tt.runs); ok != tt.ok || ok && first != tt.first {
			t.Errorf("%+v: %d, %v", tt, first, ok)
		}
	}
	last, _ := campaign.Repetition(1, 1, 1_000_000_000)
	for number := uint64(2); number <= 40; number++ {
		first, ok := campaign.Repetition(1, number, 1_000_000_000)
		if !ok || first < last+1_000_000_000 {
			t.Errorf("repetition %d begins at %d, and that before it at %d", number, first, last)
		}
		last = first
	}
}
