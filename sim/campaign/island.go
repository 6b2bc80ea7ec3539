package campaign

import (
	"context"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
)

// Islands is how many islands there are. Feedback learns from the runs that were
// before; so that what a run is does not depend on who made those, each island
// learns from its own, one after the other: the i-th batch of each epoch is of
// the i-th island.
const Islands = 64

// island is what feedback has learned in one of the parts of a hunt. It goes back
// to a state that it was in and goes on from there in another way (Ecoffet,
// Huizinga, Lehman, Stanley and Clune, "First return, then explore", Nature 590,
// 2021), in the states of [sim.Abstracter].
type island struct {
	cells []cell
	known map[uint64]bool // the states of the cells
	turns []sim.Turn      // scratch: those of the run under way
}

// cell is a state, and the way to it: that of the cell from which it was reached,
// to where that was left, and then on under another seed.
type cell struct {
	State uint64 `json:"state"`
	From  int32  `json:"from"`  // the cell that was gone back to; -1: none, its run was a fresh one
	Seed  uint64 `json:"seed"`  // of the run that first came to this state
	At    uint64 `json:"at"`    // the event after which it was there
	Tries uint32 `json:"tries"` // how often it was gone back to
}

// What feedback is tuned by. What else was tried is in docs/hunt.md.
const (
	freshIn  = 4    // one of so many runs goes back to nothing
	ofCells  = 8    // cells are drawn, of which it takes the one gone back to least
	maxCells = 4096 // of an island
)

// course is how a run is made.
type course struct {
	Draw
	from  int32      // the cell of its island that it goes back to; -1: none
	begin uint64     // the seed that it begins with
	turns []sim.Turn // where it leaves that, and for which
}

// course says how the run of a seed is made. It is one of its own, unless feedback
// goes back to where another came to.
func (x *hunter) course(seed uint64) course {
	c := course{Draw: x.Draw(seed), from: -1, begin: seed}
	if c.Strategy == Feedback {
		x.islands[x.islandOf(seed)].plan(x.Hunt, &c)
	}
	return c
}

// islandOf is the number of the island of a seed.
func (h *Hunt) islandOf(seed uint64) int { return int((seed - h.First) / batchRuns % Islands) }

// plan makes a run one that goes back to a cell, or leaves it a fresh one.
func (l *island) plan(h *Hunt, c *course) {
	dice := drawing{seed: scheduler.NewSeed(c.Seed ^ 0x151a4d)}
	if len(l.cells) == 0 || dice.below(freshIn) == 0 {
		return
	}
	i := dice.below(uint32(len(l.cells)))
	for range ofCells - 1 {
		if j := dice.below(uint32(len(l.cells))); l.cells[j].Tries < l.cells[i].Tries {
			i = j
		}
	}
	l.cells[i].Tries++
	l.back(h, c, int32(i))
}

// back makes a run one that goes back to a cell.
func (l *island) back(h *Hunt, c *course, to int32) {
	c.from = to
	at := &l.cells[to]
	c.turns = append(l.turns[:0], sim.Turn{After: at.At, Seed: c.Seed})
	for at.From >= 0 {
		from := &l.cells[at.From]
		c.turns = append(c.turns, sim.Turn{After: from.At, Seed: at.Seed})
		at = from
	}
	slices.Reverse(c.turns)
	l.turns = c.turns
	c.begin = at.Seed
	first := h.Draw(c.begin)
	c.Variant, c.Budget = first.Variant, first.Budget
}

// watch makes a run that has begun go on to its end, and keeps the states that are
// new. Its error is that of ctx.
func (l *island) watch(ctx context.Context, w sim.Runner, c *course) error {
	back := uint64(0)
	if c.from >= 0 {
		back = l.cells[c.from].At
	}
	before := uint64(0)
	for n := uint64(1); ; n++ {
		more := w.Step()
		if n > back {
			if state := abstractOf(w, c.Variant); state != before {
				before = state
				l.reach(cell{State: state, From: c.from, Seed: c.Seed, At: n})
			}
		}
		if !more {
			return nil
		}
		if n%lookEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	}
}

// reach takes up a cell, if its state is new.
func (l *island) reach(c cell) {
	if l.known == nil {
		l.known = map[uint64]bool{}
	}
	if l.known[c.State] || len(l.cells) == maxCells {
		return
	}
	l.known[c.State] = true
	l.cells = append(l.cells, c)
}
