// Package weather says how messages travel, and what becomes of each: when it arrives,
// whether it is lost, doubled, damaged or forged.
package weather

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/delays"
)

// Same, as a chance of a [Weather], leaves it as it is elsewhere.
const Same = scheduler.Probability(1<<32 - 1)

// Weather is what may differ from link to link and from period to period: each field
// replaces that of [Network] with its name, unless it is nil or [Same]. Start from
// [Unchanged]: the zero Weather has no losses, duplicates, damage and forgery.
type Weather struct {
	Delay     *delays.Delay // in place of DelayMin, DelayMax and Shape; nil: as elsewhere
	Loss      scheduler.Probability
	Duplicate scheduler.Probability
	Corrupt   scheduler.Probability
	Forge     scheduler.Probability
}

// Unchanged is the weather that replaces nothing.
func Unchanged() Weather { return Weather{Loss: Same, Duplicate: Same, Corrupt: Same, Forge: Same} }

// Over is the network with what the weather replaces.
func (x *Weather) Over(n Network) Network {
	if x.Delay != nil {
		n.DelayMin, n.DelayMax, n.Shape = x.Delay.Min, x.Delay.Max, x.Delay.Shape
	}
	for _, p := range []struct {
		here  scheduler.Probability
		there *scheduler.Probability
	}{{x.Loss, &n.Loss}, {x.Duplicate, &n.Duplicate}, {x.Corrupt, &n.Corrupt}, {x.Forge, &n.Forge}} {
		if p.here != Same {
			*p.there = p.here
		}
	}
	return n
}

// Period is a time in which the weather is another.
type Period struct {
	For     scheduler.Time        // how long it lasts, in ticks, at least 1
	Weather                       // in place of that of [sim.Scenario].Network
	Crashes scheduler.Probability // before each effect, in place of [faults.Crashes].Chance; Same: as there
}

// CheckChances calls bad for each probability above 1, with its path: path is that of
// the network or the weather in its file.
func CheckChances(bad func(path, format string, args ...any), path string, loss, duplicate, corrupt, forge scheduler.Probability) {
	for _, p := range []struct {
		name string
		p    scheduler.Probability
	}{{"loss", loss}, {"duplicate", duplicate}, {"corrupt", corrupt}, {"forge", forge}} {
		if p.p > scheduler.Certain {
			bad(path+"."+p.name, "a probability is at most 1")
		}
	}
}

// Check calls bad for each thing that is wrong with a weather, with the path of the
// field. path is that of the weather in its file.
func (x *Weather) Check(bad func(path, format string, args ...any), path string) {
	or0 := func(p scheduler.Probability) scheduler.Probability {
		if p == Same {
			return 0
		}
		return p
	}
	CheckChances(bad, path, or0(x.Loss), or0(x.Duplicate), or0(x.Corrupt), or0(x.Forge))
	if x.Delay != nil {
		x.Delay.Check(bad, path+".delay")
	}
}
