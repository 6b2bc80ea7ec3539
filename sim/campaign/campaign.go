// Package campaign makes many runs of one scenario, over several cores. Runs
// stay single-threaded: each worker has a world of its own, and what comes out
// is in the order of the seeds, the same for any number of workers.
package campaign

import (
	"context"
	"sync"

	"github.com/paxsim/paxsim/sim"
)

// Seeds runs a scenario under count seeds from first on, over so many workers,
// and calls each with what came of every run, in the order of the seeds.
//
// keep is called by the workers, at the end of a run, and makes of the world
// what is to be kept of it. It must share nothing with the world, which is about
// to make the next run.
//
// Seeds stops at the first error of each, and when ctx is done, also in the
// middle of a run, and returns that error. Runs that were complete by then, and
// before which none is missing, have been handed on.
func Seeds[T any](ctx context.Context, s *sim.Scenario, first, count uint64, workers int, keep func(sim.Runner) T, each func(T) error) error {
	c := &campaign[T]{scenario: s, first: first, count: count, keep: keep, each: each}
	c.batch = max(1, min(largestBatch, count/uint64(8*max(workers, 1))))
	if workers = Workers(count, workers); workers <= 1 {
		return c.alone(ctx)
	}
	return c.together(ctx, workers)
}

// Workers is how many of so many workers have something to do, of so many runs.
func Workers(count uint64, workers int) int {
	return int(min(count, uint64(max(workers, 1))))
}

// largestBatch is so many seeds that handing them out costs nothing beside
// running them, and so few that what is kept of them is no weight.
const largestBatch = 32

type campaign[T any] struct {
	scenario     *sim.Scenario
	first, count uint64
	batch        uint64
	keep         func(sim.Runner) T
	each         func(T) error
}

// alone does the whole work in the caller's thread.
func (c *campaign[T]) alone(ctx context.Context) error {
	w, err := c.scenario.Protocol.New(c.scenario)
	if err != nil {
		return err
	}
	for i := range c.count {
		if err := Run(ctx, w, c.first+i); err != nil {
			return err
		}
		if err := c.each(c.keep(w)); err != nil {
			return err
		}
	}
	return nil
}

// job is a batch of seeds and, once it is done, what was kept of their runs.
type job[T any] struct {
	first, count uint64
	kept         []T
	err          error
	done         chan struct{}
}

// together hands out batches to workers and reads them in order.
func (c *campaign[T]) together(outer context.Context, workers int) error {
	ctx, cancel := context.WithCancel(outer)
	defer cancel()
	jobs := make(chan *job[T])             // to be run by any worker
	order := make(chan *job[T], 2*workers) // the same jobs, to be read in order
	go func() {
		defer close(order)
		defer close(jobs)
		for at := uint64(0); at < c.count; at += c.batch {
			j := &job[T]{first: c.first + at, count: min(c.batch, c.count-at), done: make(chan struct{})}
			select {
			case jobs <- j: // so whoever reads it in order can wait for it
			case <-ctx.Done():
				return
			}
			select {
			case order <- j:
			case <-ctx.Done():
				return
			}
		}
	}()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			w, err := c.scenario.Protocol.New(c.scenario)
			for j := range jobs {
				if j.err = err; err == nil {
					c.run(ctx, w, j)
				}
				close(j.done)
			}
		})
	}
	err := c.inOrder(order)
	cancel()
	wg.Wait()
	if err == nil {
		err = outer.Err()
	}
	return err
}

// run makes the runs of a batch.
func (c *campaign[T]) run(ctx context.Context, w sim.Runner, j *job[T]) {
	for i := range j.count {
		if j.err = Run(ctx, w, j.first+i); j.err != nil {
			return
		}
		j.kept = append(j.kept, c.keep(w))
	}
}

// inOrder hands on what was kept, batch by batch.
func (c *campaign[T]) inOrder(order <-chan *job[T]) error {
	for j := range order {
		<-j.done
		for _, kept := range j.kept {
			if err := c.each(kept); err != nil {
				return err
			}
		}
		if j.err != nil {
			return j.err
		}
	}
	return nil
}

// lookEvery is how many events pass between two looks at whether to go on. An
// event may be a broadcast to thousands.
const lookEvery = 1 << 8

// Run makes one run under a seed alone. Its error is that of ctx.
func Run(ctx context.Context, w sim.Runner, seed uint64) error {
	w.Reset(seed, nil)
	return Finish(ctx, w)
}

// Finish makes the run that a world has begun go on to its end. Its error is
// that of ctx; then the run is not over.
func Finish(ctx context.Context, w sim.Runner) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for n := 1; w.Step(); n++ {
		if n%lookEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	}
	return nil
}
