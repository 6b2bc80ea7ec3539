package explore_test

import (
	"context"
	"testing"
	"time"

	"github.com/paxsim/paxsim/sim/explore"
)

func TestOrderX(t *testing.T) {
	for _, crashes := range []int{1} {
		for _, c := range []struct{ dead, order bool }{{true, true}} {
			for _, ch := range []uint64{1} {
				explore.DebugChoice = ch
				s := duel()
				scope := s.Protocol.Scope(s)
				scope.Dead = c.dead
				scope.Crashes = crashes
				begin := time.Now()
				r, err := explore.Check(context.Background(), s, scope, explore.Options{Order: c.order, States: 20_000_000})
				t.Logf("%v: %d worlds, %d steps, %d calls, %v %v %v %v", c, r.States, r.Steps, r.Calls, r.Verdict, r.Broken, err, time.Since(begin))
			}
		}
	}
}
