package campaign

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// TestAhead: while a batch is not read, at most ahead+1 later ones have begun,
// however many workers there are. So if ahead is the number of islands less 2, no
// batch of an island begins before the last of it is over.
func TestAhead(t *testing.T) {
	for _, ahead := range []int{0, 1, 5, 62} {
		synctest.Test(t, func(t *testing.T) { holdAhead(t, ahead) })
	}
}

func holdAhead(t *testing.T, ahead int) {
	var begun atomic.Int64 // the last batch that has
	most := int64(0)
	c := &campaign[uint64]{count: 200, batch: 1, ahead: ahead}
	c.begin = func() (func(context.Context, uint64, uint64) (uint64, error), error) {
		return func(_ context.Context, first, _ uint64) (uint64, error) {
			for last := begun.Load(); int64(first) > last && !begun.CompareAndSwap(last, int64(first)); last = begun.Load() {
			}
			if first%100 == 0 {
				synctest.Wait() // a slow one: all others begin that can, and wait
				most = max(most, begun.Load()-int64(first))
			}
			return first, nil
		}, nil
	}
	next := uint64(0)
	c.each = func(first uint64) error {
		if first != next {
			t.Errorf("ahead %d: batch %d is read after %d", ahead, first, next)
		}
		next++
		return nil
	}
	if err := c.together(context.Background(), 100); err != nil || next != 200 {
		t.Fatal(err, next)
	}
	if most != int64(ahead)+1 {
		t.Errorf("ahead %d: %d batches began while the one before was under way, want %d", ahead, most, ahead+1)
	}
}
