package stepper

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// hardly is the least chance there is, one in 10^9: enough for a choice to be
// asked, and so to be answered by hand.
const hardly scheduler.Probability = 1

// The most that a delay and a time down can be chosen longer than the least, in
// nanoseconds; and the least time down.
const (
	delayRoom = 100_000_000
	downRoom  = 10_000_000_000
	downLeast = 10_000_000
)

// family is a family of faults that can be made possible.
type family struct {
	name  string
	words []string // of its choices, or how they begin
	off   func(given *sim.Scenario) bool
	open  func(s *sim.Scenario)
	calm  bool // only where nothing happens by chance
}

var families = []family{
	{
		name: "loss", words: []string{"lost"},
		off: func(s *sim.Scenario) bool {
			return s.Network.Loss == 0 && !anyWeather(s, func(x *weather.Weather) bool { return happens(x.Loss) })
		},
		open: func(s *sim.Scenario) { s.Network.Loss = hardly },
	},
	{
		name: "duplicates", words: []string{"doubled"},
		off: func(s *sim.Scenario) bool {
			return s.Network.Duplicate == 0 && !anyWeather(s, func(x *weather.Weather) bool { return happens(x.Duplicate) })
		},
		open: func(s *sim.Scenario) { s.Network.Duplicate = hardly },
	},
	{
		name: "delays", words: []string{"delay"}, calm: true,
		off: func(s *sim.Scenario) bool {
			return s.Core == nil && constant(s.Network.Delay()) &&
				!anyWeather(s, func(x *weather.Weather) bool { return x.Delay != nil && !constant(*x.Delay) })
		},
		open: func(s *sim.Scenario) { s.Network.DelayMax += sim.Time(min(max(delayRoom/s.Tick, 1), 1000)) },
	},
	{
		name: "crashes", words: []string{"crash"},
		off: func(s *sim.Scenario) bool {
			return s.Crashes.Chance == 0 && !slices.ContainsFunc(s.Periods, func(x weather.Period) bool { return happens(x.Crashes) })
		},
		open: func(s *sim.Scenario) {
			s.Crashes.Chance = hardly
			if s.Crashes.DownMax == 0 { // else somebody has said how long
				least := min(max(downLeast/s.Tick, 1), 1<<20)
				s.Crashes.DownMin, s.Crashes.DownMax = sim.Time(least), sim.Time(least+min(max(downRoom/s.Tick, 1), 1<<24))
			}
		},
	},
}

// happens says whether a chance that a weather states is one.
func happens(p scheduler.Probability) bool { return p != 0 && p != weather.Same }

func constant(d delays.Delay) bool { return d.Min == d.Max && d.Shape.Model == delays.Uniform }

// anyWeather says whether one of the weathers beside the general one is such.
func anyWeather(s *sim.Scenario, is func(*weather.Weather) bool) bool {
	return slices.ContainsFunc(s.Periods, func(x weather.Period) bool { return is(&x.Weather) }) ||
		slices.ContainsFunc(s.Faults, func(f faults.Fault) bool { return f.Weather != nil && is(f.Weather) })
}

// Open is a scenario in which what can be chosen by hand is asked: a family of
// faults that is off asks nothing. What the scenario says anywhere of a family
// stays: only those are opened that are off in every weather. Loss, duplicates
// and crashes get the least chance there is; where the base is calm, constant
// delays get room above. A family stays off if a plan of the protocol would be
// another with it, even with all that was computed written down. So the run does not
// change, if [Stepper.Opened] gets the names that Open returns. opened are the names of
// the families.
func Open(given *sim.Scenario, calm bool) (s *sim.Scenario, opened []string) {
	x := *given
	s = &x
	for i := range families {
		f := &families[i]
		if f.calm && !calm || !f.off(given) {
			continue
		}
		with := *s
		f.open(&with)
		if !sameWaits(given, &with, calm) && (!freeze(given, &with) || !sameWaits(given, &with, calm)) {
			continue
		}
		*s = with
		opened = append(opened, f.name)
	}
	return s, opened
}

// freeze writes the waits and the limit that a protocol computes for a scenario
// into another, and says whether that could be done.
func freeze(given, s *sim.Scenario) bool {
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
	return true
}

// sameWaits says whether a protocol computes the same of two scenarios. In calm
// no chance is asked how it falls, so that there the chances may differ.
func sameWaits(given, s *sim.Scenario, calm bool) bool {
	was, problems := given.Protocol.Resolve(given)
	now, others := given.Protocol.Resolve(s)
	if len(problems)+len(others) > 0 || was.TimeLimit != now.TimeLimit || given.Core != nil && !sameBound(&was, &now) {
		return false
	}
	at := map[string]sim.PlanLine{}
	for _, l := range now.Lines {
		at[l.Name] = l
	}
	for _, l := range was.Lines {
		if x, ok := at[l.Name]; !ok || x.Ticks != l.Ticks || x.Text != l.Text && !calm {
			return false
		}
	}
	return true
}

// sameBound says whether two plans promise a core the same bound, however much
// its disks have still to do.
func sameBound(a, b *sim.Plan) bool {
	if a.Bound == nil || b.Bound == nil {
		return a.Bound == nil && b.Bound == nil
	}
	return !slices.ContainsFunc([]int{0, 1, 100, 10_000}, func(saves int) bool { return a.Bound(saves) != b.Bound(saves) })
}
