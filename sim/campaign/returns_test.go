package campaign_test

import (
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/search"
)

// TestFeedbackReturns: see [campaign.Hunt.Returns].
func TestFeedbackReturns(t *testing.T) {
	list, err := scenarios.Ground()
	if err != nil {
		t.Fatal(err)
	}
	h := &campaign.Hunt{Strategies: []string{campaign.Feedback}, First: 5, Runs: 12 * campaign.BlockRuns, Budget: search.Budget{Events: 300, Alarms: 6, Losses: 3, Duplicates: 3, Crashes: 2}}
	for _, g := range list {
		h.Ground = append(h.Ground, campaign.Variant{Scenario: &g.Scenario.Scenario, Weight: g.Weight})
	}
	h.Returns(t)
}
