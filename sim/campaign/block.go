package campaign

// How the runs of a hunt are parted: into blocks, which are of the islands in turn,
// which are of the shards in turn.

// BlockRuns is how many runs a worker makes, at most, before it hands on their results.
const BlockRuns = 500

// block is how many runs that is in this hunt. Without feedback a few are enough.
// With it they are of one island, and so many that it learns something before the
// next begins; but fewer where there are many actors, and runs are long.
func (h *Hunt) block() uint64 {
	if h.blockRuns > 0 {
		return h.blockRuns
	}
	if !h.uses(Feedback) {
		return BlockRuns / 20
	}
	most := 1
	for i := range h.Ground {
		most = max(most, h.Ground[i].Actors)
	}
	return uint64(max(1, min(BlockRuns, BlockRuns*fewActors*fewActors/(most*most))))
}

// fewActors is up to how many actors there are whole blocks.
const fewActors = 20

// islandOf is the island of a seed.
func (h *Hunt) islandOf(seed uint64) *island {
	return &h.islands[(seed-h.First)/h.block()%Islands]
}

// mine says whether a block is of this shard. A shard has whole islands: the i-th of
// n has each n-th of them.
func (h *Hunt) mine(block uint64) bool {
	return h.Shards == 0 || block%Islands%uint64(h.Shards) == uint64(h.Shard-1)
}

// owned is how many islands are of this shard.
func (h *Hunt) owned() (n int) {
	for i := range uint64(Islands) {
		if h.mine(i) {
			n++
		}
	}
	return n
}
