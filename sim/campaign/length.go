package campaign

import (
	"context"

	"github.com/paxsim/paxsim/sim/search"
)

// How many events a run under pct has. Its promise is one over as many as the falls
// are drawn over, so they are to be few; and it is void for a run that goes on after
// them. So the longest of some runs is measured, with a quarter on top. Hardly any run
// reaches that, and one that does ends there. What is drawn over is then what runs have at
// most, not by chance but always.

// measuredRuns is how many runs tell how long those of a variant are.
const measuredRuns = 60

// measure finds out how long the runs of each variant are, if pct is to know.
func (h *Hunt) measure(ctx context.Context) error {
	h.lengths = make([]int, len(h.Ground))
	for i := range h.Ground {
		if !h.uses("pct") {
			continue
		}
		w, err := h.Ground[i].Protocol.New(h.Ground[i].Scenario)
		if err != nil {
			return err
		}
		w.Search(&search.Search{Picker: &search.PCT{Depth: 1, Length: 1}, Budget: h.Budget})
		longest := 0
		for seed := range uint64(measuredRuns) {
			if err := Run(ctx, w, seed); err != nil {
				return err
			}
			longest = max(longest, int(w.Outcome().Events))
		}
		h.lengths[i] = max(longest+longest/4, 1)
		if most := h.Budget.Events; most > 0 {
			h.lengths[i] = min(h.lengths[i], most)
		}
	}
	return nil
}
