package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/delays"
)

// Same, as a chance of a [Weather], leaves it as it is elsewhere.
const Same = scheduler.Probability(1<<32 - 1)

// Weather is what may differ from link to link and from season to season. Start
// from [Unchanged]; each field that is set replaces that of [Network].
type Weather struct {
	Delay     *delays.Delay // nil: as elsewhere
	Loss      scheduler.Probability
	Duplicate scheduler.Probability
	Corrupt   scheduler.Probability
	Forge     scheduler.Probability
}

// Unchanged is the weather that is as elsewhere.
func Unchanged() Weather { return Weather{Loss: Same, Duplicate: Same, Corrupt: Same, Forge: Same} }

// over is a network in this weather.
func (x *Weather) over(n Network) Network {
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

// calmed is a network without what happens by chance; delays stay.
func (n Network) calmed() Network {
	n.Loss, n.Duplicate, n.Corrupt, n.Forge = 0, 0, 0, 0
	return n
}

// Links says on which links, and for which messages, a fault is in force.
type Links struct {
	From  Target  // the senders; nobody: everybody
	To    Target  // the receivers; nobody: everybody
	Kinds []uint8 // of messages; nil: all
}

// Season is a part of the storm: so long a time in which the weather is another.
type Season struct {
	For     Time
	Weather                       // in place of that of Scenario.Network
	Crashes scheduler.Probability // before each effect, in place of Scenario.Crashes.Chance; Same: as there
}
