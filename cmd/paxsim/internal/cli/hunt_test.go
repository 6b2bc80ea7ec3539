package cli

import (
	"context"
	"testing"

	zoo "github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
)

func TestProbe(t *testing.T) {
	for _, m := range zoo.All() {
		list, err := scenarios.Ground(scenarios.Mutant(m.Name))
		if err != nil {
			t.Fatal(err)
		}
		h := &campaign.Hunt{Strategies: campaign.Strategies(), Budget: sim.Budget{Events: 400, Alarms: 8, Losses: 3, Duplicates: 3, Crashes: 2}, Runs: 20000, Workers: 2, StopAtFirst: true}
		for _, g := range list {
			h.Ground = append(h.Ground, campaign.Variant{Scenario: g.Scenario, Text: scenarios.Text(g.Scenario), Weight: g.Weight})
		}
		e, err := h.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		var f campaign.Find
		if len(e.Finds) > 0 {
			f = *e.Finds[0]
		}
		t.Logf("%-22s %-12s %6d runs %s %s %s size %d events %d", m.Name, m.Kind, e.Runs, f.Signature, f.First.Variant, f.First.Strategy, f.First.Size(), f.First.Events)
	}
}
