package campaign

// Blocks makes the blocks of a hunt so small that there are many in few runs.
func (h *Hunt) Blocks(runs uint64) { h.blockRuns = runs }
