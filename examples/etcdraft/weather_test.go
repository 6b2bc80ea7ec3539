package etcdraft

import (
	"context"
	"fmt"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/observe"
)

// TestWeather: in a minute of weather nothing breaks, and in the calm after it all that
// clients ask for is applied. ETCDRAFT_SEEDS=1000 makes as many runs of each kind.
func TestWeather(t *testing.T) {
	for _, actors := range []int{3, 5} {
		for _, set := range []string{"clock=ticks", "clock=timers", "pre_vote=false", "check_quorum=false"} {
			t.Run(fmt.Sprintf("%d-%s", actors, set), func(t *testing.T) {
				s := load(t, "weather", fmt.Sprintf("actors=%d", actors), "etcdraft."+set)
				count, crashes, events, terms := seeds(t, 40), uint64(0), uint64(0), uint64(0)
				each(t, s, count, 2, func(o *sim.Outcome) {
					if o.Verdict != observe.VerdictDecided || o.Ended < 600_000 {
						t.Errorf("seed %d: %v at %d: %+v", o.Seed, o.Verdict, o.Ended, o.Violation)
					}
					crashes, events, terms = crashes+o.Crashes, events+o.Events, terms+uint64(o.Instances[len(o.Instances)-1].Under)
				})
				t.Logf("%d seeds: in the mean %d events, %d crashes, and term %d at the end", count, events/count, crashes/count, terms/count)
			})
		}
	}
}

// each makes runs over so many workers.
func each(t *testing.T, s *sim.Scenario, count uint64, workers int, f func(*sim.Outcome)) {
	t.Helper()
	keep := func(w sim.Runner) sim.Outcome { return w.Outcome().Kept() }
	err := campaign.Seeds(context.Background(), s, 1, count, workers, keep, func(o sim.Outcome) error {
		f(&o)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestCalmElection: where all choices have their calm answer, one actor stands before the
// others, and the first election succeeds.
func TestCalmElection(t *testing.T) {
	for _, actors := range []int{1, 3, 5, 9} {
		for _, clock := range []string{"ticks", "timers"} {
			w, err := Protocol.New(load(t, "election", fmt.Sprintf("actors=%d", actors), "etcdraft.clock="+clock,
				"requests=[{actor: 1, at: 4s, value: x}]", "network.delay=2ms"))
			if err != nil {
				t.Fatal(err)
			}
			w.Reset(1, scheduler.Calm{})
			if o := w.Run(); o.Verdict != observe.VerdictDecided || o.Under != 1 || o.Notes[noteCampaign] != 1 {
				t.Errorf("%d actors, %s: %v in term %d after %d campaigns", actors, clock, o.Verdict, o.Under, o.Notes[noteCampaign])
			}
		}
	}
}
