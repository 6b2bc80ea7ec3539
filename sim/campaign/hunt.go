package campaign

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/search"
)

// Hunt is a campaign in the searched engine: many runs, over one scenario or over
// several. A run follows from its seed alone, and under feedback from the runs of
// its island before it too. The result of a hunt is the same for any number of workers.
//
// The zero Hunt is none: Ground, Strategies and Runs (or For) must be given. The command
// paxsim fuzz and sim/simtest have all of [Strategies], [UsualBudget] and seeds from 1 on;
// the command makes [UsualRuns] and goes on after a failure, and simtest makes 2,000 and
// stops at the first.
type Hunt struct {
	Ground     []Variant     // each run has one of these; all of the same protocol; one at least
	Strategies []string      // names of [Strategies], by seed in rotation; one at least
	Depth      int           // of pct, at least 1; 0: 3
	Budget     search.Budget // the most that a run has
	Steady     bool          // each run has all of it; else it draws what it has of that

	First, Runs uint64        // the first seed, and how many
	For         time.Duration // if above 0, stop after so long a time, at any run
	StopAtFirst bool          // stop at the first failure
	Workers     int           // how many runs at the same time; below 1: one

	// Shard, from 1 to Shards, makes this a part of the hunt. There are at most as many shards
	// as islands. All parts together give the result of the whole. 0: it is the whole.
	Shard, Shards int

	// Required are the marks that must each be hit, or else the hunt has proved nothing.
	Required []string

	// Each is called with all that came of the runs so far, every few runs and in
	// the order of their seeds; nil: nobody watches. An error ends the hunt.
	Each func(*Evidence) error

	// From is how far the hunt had come before; nil: it begins.
	From *State

	// Keep is called now and then, but not more often than once in KeepEvery, and
	// may keep the state in which the hunt then is; nil: nobody does. What it is given
	// is good until it returns. An error ends the hunt.
	Keep      func(*State) error
	KeepEvery time.Duration

	lengths []int    // by variant: how many events a run under pct has at most, over which it draws its falls
	islands []island // what feedback has learned

	blockRuns uint64 // in place of what Hunt.block says, in tests; 0: that
}

// Variant is a scenario of a hunt.
type Variant struct {
	*sim.Scenario
	Text   string // of the scenario, for run files
	Weight uint32 // how often a run has it, beside those of the others; 0: 1
}

// Run makes the runs. If it ends early, because ctx is done or Each failed, it
// returns what came of the runs so far with the error.
func (h *Hunt) Run(ctx context.Context) (*Evidence, error) {
	total := h.none()
	for i := range h.Ground {
		if why := Unsearchable(h.Ground[i].Scenario); why != "" {
			return total, fmt.Errorf("%s: %s", h.Ground[i].Name, why)
		}
	}
	if err := h.measure(ctx); err != nil {
		return total, err
	}
	begun := time.Now()
	c := &campaign[*Evidence]{first: h.First, count: h.Runs, batch: h.block(), mine: h.mine}
	if h.For > 0 {
		c.count = min(math.MaxUint64-h.First, 1<<62)
	}
	h.islands = make([]island, Islands)
	if s := h.From; s != nil {
		if s.done%c.batch != 0 || !s.evidence.suits(total) {
			return total, errors.New("the state is of another hunt")
		}
		total, h.islands, c.from = s.evidence, s.islands, s.done
		begun = begun.Add(-s.spent)
	}
	until := ctx
	if h.For > 0 {
		var cancel context.CancelFunc
		until, cancel = context.WithDeadline(ctx, begun.Add(h.For))
		defer cancel()
	}
	workers := Workers(c.count, h.Workers)
	c.ahead = 2 * workers
	if h.uses(Feedback) { // the next block of an island waits for the one before: see TestAhead
		workers = min(workers, h.owned())
		c.ahead = max(0, min(c.ahead, h.owned()-2))
	}
	hunters := make(chan *hunter, workers)
	for range workers {
		hunters <- newHunter(h)
	}
	c.begin = func() (func(ctx context.Context, first, count uint64) (*Evidence, error), error) {
		return func(ctx context.Context, first, count uint64) (*Evidence, error) {
			x := <-hunters
			defer func() { hunters <- x }()
			return x.batch(ctx, first, count)
		}, nil
	}
	c.each = func(e *Evidence) error {
		total.Merge(e)
		if h.Each != nil {
			if err := h.Each(total); err != nil {
				return err
			}
		}
		if h.StopAtFirst && total.Violated > 0 {
			return errEnough
		}
		return nil
	}
	kept := time.Now()
	c.pause = func() bool { return h.Keep != nil && time.Since(kept) >= h.KeepEvery }
	for c.from < c.count {
		var err error
		if workers <= 1 {
			err = c.alone(until)
		} else {
			err = c.together(until, workers)
		}
		if err == nil && c.from < c.count {
			err = h.Keep(h.state(c.from, time.Since(begun), total))
			kept = time.Now()
		}
		switch {
		case errors.Is(err, errEnough) || ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded):
			return total, nil
		case err != nil:
			return total, err
		}
	}
	return total, nil
}

var errEnough = errors.New("that is enough")

// Unsearchable says why a scenario makes no sense in the searched engine; "": it
// does. The adversary picks the next event there. So what makes events wait, and wait
// again under the same name, could not be distinguished from its picks.
func Unsearchable(s *sim.Scenario) string {
	if s.Network.FIFO {
		return "network.fifo keeps messages in their order, and in the searched engine any may come first: leave it out"
	}
	for i := range s.Faults {
		if f := &s.Faults[i]; f.Family() == faults.FamilyClog || f.Family() == faults.FamilyPause {
			return fmt.Sprintf("the fault %s makes events wait, and in the searched engine any event may be made to wait: leave it out", f.Name)
		}
	}
	return ""
}

func (h *Hunt) uses(strategy string) bool {
	for _, s := range h.Strategies {
		if s == strategy {
			return true
		}
	}
	return false
}
