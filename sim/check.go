package sim

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/links"
	"github.com/paxsim/paxsim/sim/weather"
)

// complaint notes a problem at a path.
type complaint func(path, format string, args ...any)

// checkWeather holds the general weather and the periods.
func (s *Scenario) checkWeather(bad complaint) {
	n := &s.Network
	weather.CheckChances(bad, "network", n.Loss, n.Duplicate, n.Corrupt, n.Forge)
	if s.Crashes.Chance > scheduler.Certain {
		bad("crashes.chance", "a probability is at most 1")
	}
	if n.Copies < 0 || n.Copies > weather.MaxCopies {
		bad("network.copies", "expected 1 to %d", weather.MaxCopies)
	}
	if n.Bias < 0 || n.Bias >= delays.Limit {
		bad("network.bias", "expected 0 to %d ticks", delays.Limit)
	}
	if n.Places != nil {
		n.Places.Check(bad, "network.places", s.Actors)
	}
	if n.Capacity < 0 || n.Capacity > links.MaxCapacity {
		bad("network.capacity", "expected 1 to %d messages", links.MaxCapacity)
	}
	if s.Actors > links.MaxPaired {
		for _, x := range []struct {
			path string
			on   bool
		}{{"network.bias", n.Bias > 0}, {"network.fifo", n.FIFO}, {"network.capacity", n.Capacity > 0}} {
			if x.on {
				bad(x.path, "is kept for every pair of actors, and so for at most %d actors", links.MaxPaired)
			}
		}
	}
	if s.Until > 0 && len(s.Periods) > 0 {
		bad("until", "the periods say when the weather calms: after the last of them")
	}
	for i := range s.Periods {
		x := &s.Periods[i]
		path := fmt.Sprintf("periods.%d", i+1)
		if x.For < 1 || x.For > MaxTime {
			bad(path+".for", "expected 1 to %d ticks", MaxTime)
		}
		x.Check(bad, path)
		if x.Crashes > scheduler.Certain && x.Crashes != weather.Same {
			bad(path+".crashes", "a probability is at most 1")
		}
	}
	if s.CalmTime() > MaxTime {
		bad("periods", "together they are longer than %d ticks", MaxTime)
	}
	if s.Core != nil {
		if s.CalmTime() == 0 {
			bad("core", "the weather never calms: say until when it lasts, by until or by periods")
		}
		if g := s.Core.Group; g != aims.Listed && g != aims.Everyone {
			bad("core", "expected any or a list of actors")
		}
		s.checkTarget(bad, "core", s.Core)
		if s.Core.Group == aims.Listed && !s.quorate(s.Core.IDs) {
			bad("core", "is no %s of the members: it can decide nothing", s.quorumWord())
		}
	}
	if s.SpareQuorum {
		var gone []ID
		for i := range s.Faults {
			if f := &s.Faults[i]; f.ForGood() && f.Crash.Group == aims.Listed {
				gone = append(gone, f.Crash.IDs...)
			}
		}
		var stay []ID
		goes := ids.Of(gone)
		for id := ID(1); int(id) <= s.Actors; id++ {
			if !goes.Has(id) {
				stay = append(stay, id)
			}
		}
		if !s.quorate(stay) {
			bad("spare", "the faults leave no %s of the members up for good, and a quorum is to be spared", s.quorumWord())
		}
	}
}

// fullNetwork says whether more can happen to a message than to be lost or doubled.
func (s *Scenario) fullNetwork() bool {
	n := &s.Network
	if n.Shape.Model != delays.Uniform || n.Copies > 1 || n.Corrupt > 0 || n.Forge > 0 || n.Bias > 0 || n.Places != nil || n.FIFO || n.Capacity > 0 || s.Core != nil {
		return true
	}
	for i := range s.Periods {
		if x := &s.Periods[i].Weather; x.Corrupt != weather.Same || x.Forge != weather.Same || x.Delay != nil {
			return true
		}
	}
	for i := range s.Faults {
		if f := &s.Faults[i]; f.Weather != nil || f.Clog != nil {
			return true
		}
	}
	return false
}

// OneByOne says whether every message of the scenario may have to be an event of
// its own, also one of a broadcast to many.
func (s *Scenario) OneByOne() bool {
	for i := range s.Faults {
		if f := &s.Faults[i]; f.When != nil || f.UntilWhen != nil {
			return true
		}
	}
	return s.fullNetwork()
}
