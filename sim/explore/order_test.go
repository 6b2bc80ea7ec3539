package explore_test

import (
	"context"
	"testing"
	"time"

	"github.com/paxsim/paxsim/sim/explore"
)

func TestOrderX(t *testing.T) {
	for _, c := range []struct {
		dead, order     bool
		crashes, states int
	}{{true, true, 0, 0}, {false, true, 0, 0}, {true, false, 0, 200_000}} {
		s := duel()
		scope := s.Protocol.Scope(s)
		scope.Crashes = c.crashes
		begin := time.Now()
		r, err := explore.Check(context.Background(), s, scope, explore.Options{Dead: c.dead, Order: c.order, States: c.states})
		t.Logf("%v: %d worlds, %d steps, %d calls, %v %v %v %d looks %v", c, r.States, r.Steps, r.Calls, r.Verdict, r.Broken, err, r.Looks, time.Since(begin))
	}
}
