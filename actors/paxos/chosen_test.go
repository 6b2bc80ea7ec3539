package paxos_test

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/internal/votes"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// TestFactsAgainstTrace: in random scenarios, when a value was chosen, decided
// and learned is what a reader of the trace makes of it, who counts votes.
func TestFactsAgainstTrace(t *testing.T) {
	scenarios, seeds := uint64(300), uint64(4)
	if testing.Short() {
		scenarios = 60
	}
	chosen, partly, learned := 0, 0, 0
	for n := range scenarios {
		s := randomWeather(n)
		members := s.Actors
		if s.Members != nil {
			members = len(s.Members)
		}
		if n%2 == 1 {
			s.Limits.Events = 20 + 2*n // many stop in the middle
		}
		count := &votes.Count{Quorum: members/2 + 1, Members: func(id sim.ID) bool { return s.Members == nil || slices.Contains(s.Members, id) }}
		r := newRunner(t, s)
		var l trail
		r.Observe(count)
		r.Observe(&l)
		for seed := range seeds {
			count.Reset()
			l.list = l.list[:0]
			r.Reset(seed, nil)
			tally.Run()
			o := r.Run()
			if !slices.Equal(count.Chosen, count.Told) {
				t.Fatalf("tempest %d, seed %d: the trace says %+v, and by its votes it is %+v", n, seed, count.Told, count.Chosen)
			}
			if is := len(count.Chosen) > 0; is != (o.Chosen.Value != 0) || is && (o.ChosenTime != count.Chosen[0].At ||
				r.ValueName(o.Chosen.Value)+" ("+r.RoundText(o.Chosen.Under)+")" != count.Chosen[0].Text) {
				t.Fatalf("tempest %d, seed %d: %+v at %d, by the votes %+v", n, seed, o.Chosen, o.ChosenTime, count.Chosen)
			}
			if count.Decided != (o.Decisions > 0) || count.DecideTime != o.DecideTime || o.Decisions > 0 && (o.ChosenTime > o.DecideTime || o.Chosen.Value != o.Value) {
				t.Fatalf("tempest %d, seed %d: decided at %d, by the trace %d", n, seed, o.DecideTime, count.DecideTime)
			}
			if o.Chosen.Value != 0 {
				chosen++
			}
			if o.Verdict == observe.VerdictPartial {
				partly++
			}
			if len(o.Core) > 0 || o.Awaited != s.Actors {
				continue // whom the run waits for changes on the way
			}
			at := map[sim.ID]sim.Time{}
			for _, e := range l.list {
				switch _, has := at[e.Actor]; {
				case e.What == observe.Decided && !has:
					at[e.Actor] = e.At
				case e.What == observe.Crashed:
					delete(at, e.Actor)
				}
			}
			last := sim.Time(0)
			for _, t := range at {
				last = max(last, t)
			}
			if o.Learned != len(at) || o.AllLearned() && o.LearnedTime != last {
				t.Fatalf("tempest %d, seed %d: learned by %d at %d, by the trace %v", n, seed, o.Learned, o.LearnedTime, at)
			}
			if o.AllLearned() {
				learned++
			}
		}
	}
	t.Logf("chosen in %d runs, partial %d, learned by all %d", chosen, partly, learned)
	if chosen < int(scenarios) || partly < int(scenarios)/20 || learned < int(scenarios)/4 {
		t.Error("too little happened for this to say anything")
	}
}
