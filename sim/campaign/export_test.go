package campaign

import "context"

// Blocks makes the blocks of a hunt so small that there are many in few runs.
func (h *Hunt) Blocks(runs uint64) { h.blockRuns = runs }

// Lengths is how many events runs under pct have at most, by variant.
func (h *Hunt) Lengths() ([]int, error) {
	err := h.measure(context.Background())
	return h.lengths, err
}

// Course is how the run of a seed is made, once Lengths has been called.
func (h *Hunt) Course(seed uint64) Draw { return newHunter(h).course(seed).Draw }
