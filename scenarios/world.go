package scenarios

import "github.com/paxsim/paxsim/sim"

// WorldText is the text of a scenario without what it says about its runs: what two
// scenarios must have in common for their runs to be the same.
func WorldText(given *sim.Scenario) string {
	return Text(&Scenario{Scenario: *given})
}
