package explore

import (
	"sync"
	"sync/atomic"
)

// A look is no part of a run, so it may have goroutines. None of them calls a handler: a
// [sim.Model] is asked by one alone, while the others wait.

// mostWorkers is how many workers there may be.
const mostWorkers = 64

// together calls a function once for each of so many workers, at the same time, and returns
// when all are done.
func together(workers int, do func(worker int)) {
	var wg sync.WaitGroup
	for worker := 1; worker < workers; worker++ {
		wg.Go(func() { do(worker) })
	}
	do(0)
	wg.Wait()
}

// parts calls a function once for each of n parts of a work. What becomes of a part must
// not depend on which worker does it.
func parts(workers, n int, do func(worker, part int)) {
	var next atomic.Int64
	together(min(workers, n), func(worker int) {
		for {
			part := int(next.Add(1)) - 1
			if part >= n {
				return
			}
			do(worker, part)
		}
	})
}
