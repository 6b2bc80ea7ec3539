package metrics_test

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/metrics"
)

// The runs of a scenario under ten seeds, as OpenMetrics.
func Example() {
	given, err := scenarios.Load("lossy")
	if err != nil {
		panic(err)
	}
	s := &given.Scenario
	world, err := s.Protocol.New(s)
	if err != nil {
		panic(err)
	}
	counts := metrics.Attach(world, s)
	campaign := metrics.NewCampaign(s, 1, nil)
	for seed := uint64(1); seed <= 10; seed++ {
		counts.Reset()
		world.Reset(seed, nil)
		o := world.Run()
		campaign.Add(&o, counts)
	}
	var page strings.Builder
	if err := campaign.OpenMetrics(&page); err != nil {
		panic(err)
	}
	for line := range strings.Lines(page.String()) {
		if strings.HasPrefix(line, "paxsim_runs_total") || strings.HasPrefix(line, "paxsim_crashes_total") {
			fmt.Print(line)
		}
	}
	// Output:
	// paxsim_runs_total{scenario="lossy",outcome="undecided"} 0
	// paxsim_runs_total{scenario="lossy",outcome="decided"} 10
	// paxsim_runs_total{scenario="lossy",outcome="violated"} 0
	// paxsim_runs_total{scenario="lossy",outcome="partial"} 0
	// paxsim_crashes_total{scenario="lossy"} 0
}
