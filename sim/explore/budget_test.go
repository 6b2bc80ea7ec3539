package explore_test

import (
	"context"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
)

// TestAlarmBudget: an alarm that sets itself again goes off as often as the scope says,
// and no more.
func TestAlarmBudget(t *testing.T) {
	for budget := range 5 {
		s := oddly(func(a *odd, e *env) {
			a.n++
			e.After(5, sim.Timer{})
		})
		scope := s.Protocol.Scope(s)
		scope.Alarms[0] = budget
		r, err := explore.Check(context.Background(), s, scope, explore.Options{})
		if err != nil || r.Verdict != explore.Held || r.States != 2+budget {
			t.Errorf("%d alarms: %+v, %v", budget, r, err)
		}
	}
}

// TestCrashBudget: as many crashes as the scope says, and no more.
func TestCrashBudget(t *testing.T) {
	for budget := range 4 {
		s := oddly(func(a *odd, _ *env) { a.n++ })
		scope := s.Protocol.Scope(s)
		scope.Crashes = budget
		r, err := explore.Check(context.Background(), s, scope, explore.Options{})
		if err != nil || r.Verdict != explore.Held || r.States != 2+2*budget {
			t.Errorf("%d crashes: %d worlds, %+v, %v", budget, r.States, r, err)
		}
	}
}

// TestNeverEndsAtOnce: an actor that answers its own messages for ever is told so, where
// they are handled at once.
func TestNeverEndsAtOnce(t *testing.T) {
	s := oddly(func(a *odd, e *env) {
		a.n++
		e.Send(1, ping{})
	})
	scope := s.Protocol.Scope(s)
	scope.Inline = true
	if _, err := explore.Check(context.Background(), s, scope, explore.Options{States: 100}); err == nil || !strings.Contains(err.Error(), "more than 10000 messages are handled at once") {
		t.Error(err)
	}
}
