package walk

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// hardly is the least chance there is, one in 10^9: enough for a choice to be
// asked, and so to be answered by hand.
const hardly sim.Probability = 1

// The most that a delay and a time down can be chosen longer than the least, in
// nanoseconds; and the least time down.
const (
	delayRoom = 100e6
	downRoom  = 10e9
	downLeast = 10e6
)

// Open is a scenario in which what can be settled by hand is asked: a family of
// faults that is off asks nothing. Loss, duplicates and crashes that are off get
// the least chance there is. Where the base is calm, delays that are constant
// get room above; the waits of the protocol stay what they were computed to be
// without it. In the calm run nothing changes by that. opened are the names of
// the families.
func Open(given *sim.Scenario, calm bool) (s *sim.Scenario, opened []string) {
	x := *given
	s = &x
	if s.Network.Loss == 0 {
		s.Network.Loss = hardly
		opened = append(opened, "loss")
	}
	if s.Network.Duplicate == 0 {
		s.Network.Duplicate = hardly
		opened = append(opened, "duplicates")
	}
	if calm && openDelay(given, s) {
		opened = append(opened, "delays")
	}
	if s.Crashes.Chance == 0 {
		least := min(max(downLeast/s.Tick, 1), 1<<20)
		s.Crashes = sim.Crashes{Chance: hardly, DownMin: sim.Time(least), DownMax: sim.Time(least + min(max(downRoom/s.Tick, 1), 1<<24))}
		opened = append(opened, "crashes")
	}
	// What it says of its runs it says of runs by chance.
	s.Expect, s.Premise, s.Group = sim.Expect{}, sim.Premise{}, ""
	return s, opened
}

// openDelay gives delays room, if they are constant, and says whether it did.
// A protocol computes its waits from the greatest delay: they are written into
// the scenario first. Where that cannot be done, or would not be all, delays
// stay as they are.
func openDelay(given, s *sim.Scenario) bool {
	if n := given.Network; n.DelayMin != n.DelayMax || n.Shape.Model != 0 || given.Core != nil || len(given.Seasons) > 0 {
		return false
	}
	plan, problems := given.Protocol.Resolve(given)
	if len(problems) > 0 {
		return false
	}
	settings := make([]int64, len(given.Protocol.Settings()))
	for i, setting := range given.Protocol.Settings() {
		settings[i] = given.Setting(setting.Name)
		if settings[i] != sim.Auto || setting.Kind != sim.Duration {
			continue
		}
		at := slices.IndexFunc(plan.Lines, func(l sim.PlanLine) bool { return l.Name == setting.Name })
		if at < 0 || int64(plan.Lines[at].Ticks) < setting.Min || int64(plan.Lines[at].Ticks) > setting.Max {
			return false
		}
		settings[i] = int64(plan.Lines[at].Ticks)
	}
	s.Settings = settings
	s.Limits.Time = plan.TimeLimit
	s.Network.DelayMax += sim.Time(min(max(delayRoom/s.Tick, 1), 1000))
	return true
}
