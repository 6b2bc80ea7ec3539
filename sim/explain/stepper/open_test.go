package stepper

import (
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
)

func digest(t *testing.T, s *sim.Scenario, seed uint64, source scheduler.Source) (uint64, sim.Outcome) {
	t.Helper()
	r, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	r.Reset(seed, source)
	o := r.Run()
	return o.Digest, o
}

// To open a scenario changes nothing in its calm run, nor under a seed, and what
// is written into its file reads back to the same.
func TestOpenChangesNothing(t *testing.T) {
	delays := 0
	for _, name := range scenarios.Names() {
		given, err := scenarios.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		calm, opened := Open(&given.Scenario, true)
		for _, family := range opened {
			if family == "delays" {
				delays++
			}
		}
		again, err := scenarios.Read(name, scenarios.WorldText(calm))
		if err != nil {
			t.Fatal(err)
		}
		plan, _ := given.Protocol.Resolve(&given.Scenario)
		now, _ := calm.Protocol.Resolve(calm)
		for i, line := range plan.Lines {
			if line.Ticks != now.Lines[i].Ticks {
				t.Errorf("%s: %s was %d ticks, and is %d", name, line.Name, line.Ticks, now.Lines[i].Ticks)
			}
		}
		was, _ := digest(t, &given.Scenario, 0, scheduler.Calm{})
		for _, s := range []*sim.Scenario{calm, &again.Scenario} {
			if is, o := digest(t, s, 0, scheduler.Calm{}); is != was {
				t.Errorf("%s: the calm run is another: %+v", name, o)
			}
		}
		seeded, _ := Open(&given.Scenario, false)
		was, _ = digest(t, &given.Scenario, 7, nil)
		if is, _ := digest(t, seeded, 7, nil); is != was {
			t.Errorf("%s: the run under seed 7 is another", name)
		}
	}
	if delays < 3 {
		t.Errorf("delays were opened in %d scenarios only", delays)
	}
}
