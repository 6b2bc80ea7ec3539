package campaign

import (
	"context"
	"testing"

	"github.com/paxsim/paxsim/sim/abilities"
)

// Returns checks, once h has run, that the way to each state that was kept leads there:
// who goes it is in that state after that event.
func (h *Hunt) Returns(t *testing.T) {
	if _, err := h.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	x := newHunter(h)
	states, deep, tries := 0, 0, uint32(0)
	for i := range h.islands {
		l := &h.islands[i]
		for _, s := range l.States {
			tries += s.Tries
			states++
			if len(s.Ways) == 0 || len(s.Ways) > ofWays || int(s.Seen) < len(s.Ways) {
				t.Errorf("island %d: seen %d times, and %d ways lead there", i, s.Seen, len(s.Ways))
			}
			for _, w := range s.Ways {
				c := course{Draw: Draw{Seed: 1, Strategy: Feedback}}
				l.back(h, &c, w)
				deep = max(deep, len(c.turns))
				r, err := x.world(c.Variant)
				if err != nil {
					t.Fatal(err)
				}
				x.how = x.search(&c)
				r.Search(&x.how)
				r.Reset(c.begin, nil)
				for range l.Ways[w].At {
					r.Step()
				}
				if got := r.(abilities.Abstracter).Abstract(); got != s.State {
					t.Fatalf("island %d: after %d turns and %d events it is %x, not %x", i, len(c.turns), l.Ways[w].At, got, s.State)
				}
			}
		}
	}
	t.Logf("%d states, gone back to %d times, at most %d turns", states, tries, deep)
	if states < 300 || deep < 4 || tries < uint32(h.Runs)/2 {
		t.Errorf("%d states, gone back to %d times, at most %d turns", states, tries, deep)
	}
}
