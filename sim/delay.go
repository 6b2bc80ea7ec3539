package sim

import "github.com/paxsim/paxsim/scheduler"

// Delay says how long something takes.
type Delay struct {
	Min, Max Time
	Shape    DelayShape
}

// DelayShape is a placeholder until the models land.
type DelayShape struct{}

func (d Delay) weights() scheduler.Weights { return scheduler.Uniform(d.Max - d.Min + 1) }
