package paxos

import "github.com/paxsim/paxsim/sim"

// Calm is what the bound of a core after the storm is made of, for tests.
type Calm struct {
	Delay, Save, Core, Wait, Patience, Round, Refusals sim.Time
	Work, Drain                                        func(saves int) sim.Time
	InTime                                             func(work sim.Time) bool
}

// CalmOf is that of a scenario.
func CalmOf(s *sim.Scenario) Calm {
	t := computeTiming(s)
	c := calmOf(s, &t)
	return Calm{c.d, c.save, c.core, c.wait, c.patience, c.round(), c.refusals(), c.work, c.drain, c.inTime}
}
