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
// Every 64th run is made twice. If the second differs from the first, the error is an
// [Unsteady].
//
// Seeds stops at the first error of each, and when ctx is done, also in the
// middle of a run, and returns that error. Runs that were complete by then, and
// before which none is missing, have been handed on.
func Seeds[T any](ctx context.Context, s *sim.Scenario, first, count uint64, workers int, keep func(sim.Runner) T, each func(T) error) error {
	c := &campaign[[]T]{first: first, count: count, batch: max(1, min(largestBatch, count/uint64(8*max(workers, 1))))}
	c.begin = func() (func(ctx context.Context, first, count uint64) ([]T, error), error) {
		w, err := s.Protocol.New(s)
		return func(ctx context.Context, from, count uint64) (kept []T, err error) {
			for seed := from; seed-from < count; seed++ {
				if err := Run(ctx, w, seed); err != nil {
					return kept, err
				}
				kept = append(kept, keep(w))
				if twice(seed - first) {
					if err := steady(ctx, s, seed, w, func(w sim.Runner) { w.Reset(seed, nil) }); err != nil {
						return kept, err
					}
				}
			}
			return kept, nil
		}, err
	}
	c.each = func(kept []T) error {
		for _, one := range kept {
			if err := each(one); err != nil {
				return err
			}
		}
		return nil
	}
	if workers = Workers(count, workers); workers <= 1 {
		c.batch = 1 // so that each run is handed on when it is over
		return c.alone(ctx)
	}
	c.ahead = 2 * workers
	return c.together(ctx, workers)
}

// Workers is how many of so many workers have something to do, of so many runs.
func Workers(count uint64, workers int) int {
	return int(min(count, uint64(max(workers, 1))))
}

// largestBatch is so many seeds that handing them out costs nothing beside
// running them, and so few that what is kept of them is no weight.
const largestBatch = 32

// campaign is count seeds from first on, in batches. Each batch results in a T.
type campaign[T any] struct {
	first, count uint64
	batch        uint64
	from         uint64                  // how many seeds were done before; then, how many are done
	mine         func(batch uint64) bool // which batches are made; nil: all
	pause        func() bool             // whether to stop before the next batch; nil: never
	ahead        int                     // how many batches may wait to be read

	// begin makes a worker: a function that makes the runs of a batch. With an error it
	// returns the results of the runs before that.
	begin func() (func(ctx context.Context, first, count uint64) (T, error), error)
	each  func(T) error // is called in the order of the batches
}

// starts is where the batches begin, after first, up to the end or a pause. One is
// made before any pause.
func (c *campaign[T]) starts(yield func(at uint64) bool) {
	made := false
	for at := c.from; at < c.count; at += c.batch {
		if c.mine == nil || c.mine(at/c.batch) {
			if made && c.pause != nil && c.pause() {
				c.from = at
				return
			}
			made = true
			if !yield(at) {
				return
			}
		}
	}
	c.from = c.count
}

// alone does the whole work in the caller's thread.
func (c *campaign[T]) alone(ctx context.Context) error {
	work, err := c.begin()
	if err != nil {
		return err
	}
	for at := range c.starts {
		kept, err := work(ctx, c.first+at, min(c.batch, c.count-at))
		if failed := c.each(kept); failed != nil {
			return failed
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// job is a batch of seeds and, once it is done, the results of its runs.
type job[T any] struct {
	first, count uint64
	kept         T
	err          error
	panic        *Panic // of the worker
	done         chan struct{}
}

// together hands out batches to workers and reads them in order.
func (c *campaign[T]) together(outer context.Context, workers int) error {
	ctx, cancel := context.WithCancel(outer)
	defer cancel()
	jobs := make(chan *job[T])           // to be run by any worker
	order := make(chan *job[T], c.ahead) // the same jobs, to be read in order
	go func() {
		defer close(order)
		defer close(jobs)
		for at := range c.starts {
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
			var work func(ctx context.Context, first, count uint64) (T, error)
			var err error
			broken := Catch(func() { work, err = c.begin() })
			for j := range jobs {
				if j.err = err; err == nil && broken == nil {
					broken = Catch(func() { j.kept, j.err = work(ctx, j.first, j.count) })
				}
				j.panic = broken // also of those after it: what it leaves behind is no world
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

// inOrder hands on what was kept, batch by batch.
func (c *campaign[T]) inOrder(order <-chan *job[T]) error {
	for j := range order {
		<-j.done
		if j.panic != nil {
			panic(j.panic)
		}
		if err := c.each(j.kept); err != nil {
			return err
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
	for w.Steps(lookEvery) {
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
