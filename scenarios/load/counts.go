package load

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/metrics"
)

// Counts plays the run, and counts more than its outcome does: what happened to the
// messages of each kind, how many were on their way at once, who learned first.
func (r *Run) Counts() (sim.Outcome, *metrics.Counts, error) {
	w, err := r.world()
	if err != nil {
		return sim.Outcome{}, nil, err
	}
	c := metrics.Attach(w, &r.Scenario.Scenario)
	w.Reset(r.Seed, r.Answers)
	return w.Run(), c, nil
}
