package bench

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/paxsim/paxsim/sim/campaign"
)

// Ground is where a mutant is hunted, by an oracle.
type Ground func(oracle, mutant string) ([]campaign.Variant, error)

// Run does jobs, so many at once. Each is a hunt of one worker. Run calls done with the
// result of each, in no order, one at a time. It stops at the first error, also in the
// middle of a hunt, and when ctx is done, and returns that error.
func (s *Settings) Run(outer context.Context, jobs []Job, workers int, ground Ground, done func(Row) error) error {
	ctx, cancel := context.WithCancelCause(outer)
	defer cancel(nil)
	next := make(chan Job)
	go func() {
		defer close(next)
		for _, j := range jobs {
			select {
			case next <- j:
			case <-ctx.Done():
				return
			}
		}
	}()
	var one sync.Mutex // calls of done
	var broken atomic.Pointer[campaign.Panic]
	var wg sync.WaitGroup
	for range min(workers, len(jobs)) {
		wg.Go(func() {
			runtime.LockOSThread() // whose time is the hunt's
			defer runtime.UnlockOSThread()
			for j := range next {
				if ctx.Err() != nil {
					return
				}
				var row Row
				var err error
				if p := campaign.Catch(func() { row, err = s.measure(ctx, j, ground) }); p != nil {
					broken.Store(p)
					cancel(errBroken)
					return
				}
				if err == nil {
					one.Lock()
					if err = ctx.Err(); err == nil {
						err = done(row)
					}
					one.Unlock()
				}
				if err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	wg.Wait()
	if p := broken.Load(); p != nil {
		panic(p)
	}
	return context.Cause(ctx)
}

var errBroken = errors.New("bench: a hunt panicked")

// measure hunts once.
func (s *Settings) measure(ctx context.Context, j Job, ground Ground) (Row, error) {
	list, err := ground(j.Oracle, j.Mutant)
	if err != nil {
		return Row{}, err
	}
	h := s.hunt(j, list)
	wall, cpu := time.Now(), threadTime()
	e, err := h.Run(ctx)
	if err != nil {
		return Row{}, err
	}
	row := s.row(j)
	row.Runs, row.Events = e.Runs, e.Events
	row.WallNS = time.Since(wall).Nanoseconds()
	row.CPU = row.WallNS
	if cpu >= 0 {
		row.CPU = threadTime() - cpu
	}
	if len(e.Finds) > 0 {
		f := e.Finds[0]
		if f.First.Seed-h.First >= e.Runs {
			panic(fmt.Sprintf("bench: %+v: found by seed %d after %d runs from %d on", j, f.First.Seed, e.Runs, h.First))
		}
		row.Found, row.In = f.Signature, f.First.Variant
	}
	return row, nil
}
