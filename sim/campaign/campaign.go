// Package campaign makes many runs of one scenario, over several cores. Runs
// stay single-threaded: each worker has a world of its own, and what comes out
// is in the order of the seeds, the same for any number of workers.
package campaign

import (
	"context"
	"sync"

	"github.com/paxsim/paxsim/sim"
)

// Row is one finished run.
type Row struct {
	sim.Outcome
	ValueName string // the name of the value decided first; "": none
	Place     string // the round under which it was; "": none
}

// batch is so many seeds that handing them out costs nothing beside running
// them, and so few that the rows of one are no weight.
const batch = 32

// Seeds runs a scenario under count seeds from first on, over so many workers,
// and calls each with every row in the order of the seeds. It stops at the first
// error of each, and when ctx is done, and returns that error. The row and what
// it points to are good until each returns.
func Seeds(ctx context.Context, s *sim.Scenario, first, count uint64, workers int, each func(*Row) error) error {
	if uint64(workers) > (count+batch-1)/batch {
		workers = int((count + batch - 1) / batch)
	}
	if workers <= 1 {
		return alone(ctx, s, first, count, each)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs := make(chan *job, workers)  // to be run by any worker
	order := make(chan *job, workers) // the same jobs, to be read in order
	go func() {
		defer close(order)
		defer close(jobs)
		for at := uint64(0); at < count; at += batch {
			j := &job{first: first + at, count: min(batch, count-at), done: make(chan struct{})}
			for _, c := range []chan *job{order, jobs} {
				select {
				case c <- j:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			r, err := s.Protocol.New(s)
			for j := range jobs {
				if j.err = err; err == nil {
					j.run(ctx, r)
				}
				close(j.done)
			}
		})
	}
	err := inOrder(ctx, order, each)
	cancel()
	for range order { // so that nobody waits to write to it
	}
	wg.Wait()
	return err
}

// job is a batch of seeds and, once it is done, their rows.
type job struct {
	first, count uint64
	rows         []Row
	err          error
	done         chan struct{}
}

func (j *job) run(ctx context.Context, r sim.Runner) {
	for i := range j.count {
		if j.err = ctx.Err(); j.err != nil {
			return
		}
		row := Run(r, j.first+i)
		row.Notes = append([]uint64(nil), row.Notes...)
		row.Checkpoints = append([]uint64(nil), row.Checkpoints...)
		j.rows = append(j.rows, row)
	}
}

func inOrder(ctx context.Context, order <-chan *job, each func(*Row) error) error {
	for j := range order {
		select {
		case <-j.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		for i := range j.rows {
			if err := each(&j.rows[i]); err != nil {
				return err
			}
		}
		if j.err != nil {
			return j.err
		}
	}
	return ctx.Err()
}

func alone(ctx context.Context, s *sim.Scenario, first, count uint64, each func(*Row) error) error {
	r, err := s.Protocol.New(s)
	if err != nil {
		return err
	}
	for i := range count {
		if err := ctx.Err(); err != nil {
			return err
		}
		row := Run(r, first+i)
		if err := each(&row); err != nil {
			return err
		}
	}
	return nil
}

// Run makes one run under a seed alone. What the row points to is good until
// the world's next Reset.
func Run(r sim.Runner, seed uint64) Row {
	r.Reset(seed, nil)
	row := Row{Outcome: r.Run()}
	if row.Value != 0 {
		row.ValueName, row.Place = r.ValueName(row.Value), r.Place(row.Under)
	}
	return row
}
