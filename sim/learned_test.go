package sim_test

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// TestLearnedAt: since when each actor has learned is told by actor, and a crash
// takes it away.
func TestLearnedAt(t *testing.T) {
	s := quiet(3)
	r := runner(t, s)
	r.Reset(1, nil)
	o := r.Run()
	if o.Verdict != observe.VerdictDecided || len(o.LearnedAt) != s.Actors+1 || o.Learned != s.Actors || o.Awaited != s.Actors ||
		o.LearnedTime != slices.Max(o.LearnedAt[1:]) || slices.Min(o.LearnedAt[1:]) != o.DecideTime || o.Counted {
		t.Fatalf("%+v", o)
	}
	at := slices.Clone(o.LearnedAt)
	s.Faults = []faults.Fault{{Name: "late", At: o.Ended + 10, Until: faults.Forever, Crash: aims.These(1)}}
	r = runner(t, s)
	r.Reset(1, nil)
	o = r.Run()
	if o.LearnedAt[1] != -1 || !slices.Equal(o.LearnedAt[2:], at[2:]) || o.Learned != s.Actors-1 || o.Awaited != s.Actors-1 || o.Verdict != observe.VerdictDecided {
		t.Errorf("%+v, before the crash %v", o, at)
	}
}
