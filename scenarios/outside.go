package scenarios

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// forgedSenders is a class of faults outside the model of a protocol.
const forgedSenders = "forged-senders"

// outsides are the classes of faults outside the model of a protocol.
var outsides = []string{forgedSenders, quorumsThatMiss}

// unnamed are the classes outside the model that a scenario uses, by the path of
// what does, and does not name. Safety is demanded of what stays within it; so
// nobody should leave it by a slip.
func unnamed(s *Scenario) (list []sim.Problem) {
	forges := func(path string, p scheduler.Probability) {
		if p > 0 && p != weather.Same && !slices.Contains(s.Outside, forgedSenders) {
			list = append(list, sim.Problem{Path: path, Text: "forged senders are outside the model of " + shown.Title(s.Protocol.Name()) + ": a scenario that has them says outside: [" + forgedSenders + "]"})
		}
	}
	forges("network.forge", s.Network.Forge)
	for i := range s.Periods {
		forges(fmt.Sprintf("periods.%d.forge", i+1), s.Periods[i].Forge)
	}
	for i := range s.Faults {
		if f := &s.Faults[i]; f.Weather != nil {
			forges("faults."+f.Name+".weather.forge", f.Weather.Forge)
		}
	}
	if why := s.Missing(); why != "" && !slices.Contains(s.Outside, quorumsThatMiss) {
		list = append(list, sim.Problem{Path: "quorums", Text: why + ": a scenario that wants that says outside: [" + quorumsThatMiss + "]"})
	}
	return list
}
