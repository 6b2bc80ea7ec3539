package sim_test

import (
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// TestLinger: a run goes on for as long as it is to once it has come to its goal, and is
// the same run up to there. It ends with its goal, at the time that was stated or when
// nothing is left to happen.
func TestLinger(t *testing.T) {
	longer := 0
	for seed := range uint64(100) {
		s := rough(3)
		s.Until = 500
		short := runner(t, s)
		short.Reset(seed, nil)
		tally.Run()
		a := short.Run()
		var before sim.Outcome
		for _, linger := range []sim.Time{1, 20, 100_000} {
			there := *s
			there.Limits.Linger = linger
			long, watch := runner(t, &there), new(lines)
			long.Observe(watch)
			long.Reset(seed, nil)
			tally.Run()
			b := long.Run()
			if a.End != observe.EndGoal {
				if b.Digest != a.Digest || b.End != a.End {
					t.Fatalf("seed %d: a run that never came to its goal is another: %v, %v", seed, a, b)
				}
				continue
			}
			last := watch.list[len(watch.list)-1]
			switch {
			case b.End != observe.EndGoal || b.Verdict != a.Verdict || b.LearnedTime != a.LearnedTime:
				t.Fatalf("seed %d, on for %d: %v %v, learned at %d; without %v %v, learned at %d", seed, linger, b.End, b.Verdict, b.LearnedTime, a.End, a.Verdict, a.LearnedTime)
			case b.Events < a.Events || b.Events < before.Events || last.At > a.Ended+linger:
				t.Fatalf("seed %d, on for %d: %d events, the last at %d; without %d, at %d", seed, linger, b.Events, last.At, a.Events, a.Ended)
			}
			for i, c := range a.Checkpoints {
				if b.Checkpoints[i] != c {
					t.Fatalf("seed %d: another run before its end", seed)
				}
			}
			if b.Events > a.Events {
				longer++
			}
			before = b
		}
	}
	if longer < 50 {
		t.Errorf("only %d runs had anything left to happen", longer)
	}
}

// TestLingerForgets: a run in which an actor has forgotten by the time at which it was to
// end goes on, until all have known for so long, or to its limit.
func TestLingerForgets(t *testing.T) {
	s := rough(3)
	s.Network.Loss, s.Network.Duplicate, s.Crashes, s.Faults = 0, 0, faults.Crashes{}, nil
	s.Requests = []sim.ScriptedRequest{{Actor: 1}}
	plain := runner(t, s)
	plain.Reset(1, nil)
	tally.Run()
	goal := plain.Run().Ended
	at := func(d sim.Time) *delays.Delay { return &delays.Delay{Min: d, Max: d} }
	s.Faults = []faults.Fault{{Name: "fall", Every: at(goal + 50), For: at(400), Until: goal + 500, Crash: aims.These(3)}}
	for linger, forgets := range map[sim.Time]bool{40: false, 100: true} {
		s.Limits.Linger = linger
		r := runner(t, s)
		r.Reset(1, nil)
		tally.Run()
		o := r.Run()
		if !forgets && (o.Verdict != observe.VerdictDecided || o.End != observe.EndGoal || o.Ended > goal+linger) {
			t.Errorf("on for %d from %d: %v %v at %d", linger, goal, o.Verdict, o.End, o.Ended)
		}
		if forgets && o.Ended < goal+450 {
			t.Errorf("on for %d from %d: %v %v at %d, while an actor was down that had forgotten", linger, goal, o.Verdict, o.End, o.Ended)
		}
		if forgets && (o.End == observe.EndGoal) != (o.Verdict == observe.VerdictDecided) {
			t.Errorf("%v, and it ended by its %v", o.Verdict, o.End)
		}
	}
}

// TestLingerIsChecked: a run of a core ends by its bound.
func TestLingerIsChecked(t *testing.T) {
	s := rough(3)
	for _, c := range []struct {
		linger sim.Time
		core   *aims.Target
		ok     bool
	}{{0, &aims.Target{Group: aims.Everyone}, true}, {1, nil, true}, {sim.MaxTime, nil, true}, {-1, nil, false}, {sim.MaxTime + 1, nil, false}, {1, &aims.Target{Group: aims.Everyone}, false}} {
		s.Limits.Linger, s.Core, s.Until = c.linger, c.core, 500
		if ps := s.Check(); len(ps) == 0 != c.ok {
			t.Errorf("%+v: %v", c, ps)
		}
	}
}
