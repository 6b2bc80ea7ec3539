package explore

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// A look is no part of a run, so it may have goroutines. None of them calls a handler: a
// [sim.Model] is asked by one alone, while the others wait.

// mostWorkers is how many workers there may be.
const mostWorkers = 64

// crew is workers that do the same work at the same time, again and again. The one who calls
// is worker 0. Work comes every few hundred microseconds, and to wake a thread takes about as
// long. So the others look for the next work for a while before they sleep.
type crew struct {
	size int
	do   func(worker int)
	turn atomic.Uint32 // how often there was work
	busy atomic.Int32  // how many of the others still do the last
	over bool          // the crew is sent away

	mu    sync.Mutex
	wake  *sync.Cond
	sleep int // how many of the others sleep
	ended sync.WaitGroup
}

// patience is how often a worker looks for the next work before it sleeps, and eager how
// often before it lets others run.
const (
	patience = 1 << 18
	eager    = 1 << 7
)

// newCrew hires so many workers. Somebody has to end the crew.
func newCrew(size int) *crew {
	c := &crew{size: min(size, mostWorkers)}
	c.wake = sync.NewCond(&c.mu)
	for worker := 1; worker < c.size; worker++ {
		c.ended.Go(func() { c.works(worker) })
	}
	return c
}

// works does what there is to do, until the end.
func (c *crew) works(worker int) {
	for turn := uint32(1); ; turn++ {
		c.await(turn)
		if c.over {
			return
		}
		c.do(worker)
		c.busy.Add(-1)
	}
}

// await waits for the work with this number.
func (c *crew) await(turn uint32) {
	looks := patience
	if runtime.GOMAXPROCS(0) < c.size {
		looks = 0
	}
	for i := range looks {
		if c.turn.Load() == turn {
			return
		}
		if i%eager == 0 {
			runtime.Gosched()
		}
	}
	c.mu.Lock()
	for c.turn.Load() != turn {
		c.sleep++
		c.wake.Wait()
		c.sleep--
	}
	c.mu.Unlock()
}

// begin lets all others begin with the next work.
func (c *crew) begin() {
	c.mu.Lock()
	c.turn.Add(1)
	if c.sleep > 0 {
		c.wake.Broadcast()
	}
	c.mu.Unlock()
}

// together calls a function once for each worker, at the same time, and returns when all are
// done.
func (c *crew) together(do func(worker int)) {
	c.do = do
	c.busy.Store(int32(c.size - 1))
	c.begin()
	do(0)
	for c.busy.Load() > 0 {
		runtime.Gosched()
	}
}

// parts calls a function once for each of n parts of a work. What becomes of a part must
// not depend on which worker does it.
func (c *crew) parts(n int, do func(worker, part int)) {
	var next atomic.Int64
	c.together(func(worker int) {
		for {
			part := int(next.Add(1)) - 1
			if part >= n {
				return
			}
			do(worker, part)
		}
	})
}

// end sends all away.
func (c *crew) end() {
	c.over = true
	c.begin()
	c.ended.Wait()
}
