package naive

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// place is where a path leads.
type place struct {
	actors    string   // all that is not on its way: actors, disks, alarms, clients, the history
	fired     string   // how often alarms have gone off, and actors crashed, where that is bounded
	packets   []string // what is on its way; in a growing set, all that ever was. In the order of the texts, or as they were sent
	enabled   []step
	asked     []asked // in the last step
	violation *sim.Violation
}

// asked is a choice that was asked, and what was answered.
type asked struct{ outcomes, answer uint32 }

// text is the whole state.
func (a *place) text() string {
	return a.actors + a.fired + strings.Join(a.packets, "\n")
}

// isSame says whether a step has changed nothing, so that it is none: an alarm that went
// off and was set again, or a message that was ignored. Nor does such a message leave the
// network, unless those behind it wait for that.
func (a *place) isSame(before *place, network sim.Delivery, by step) bool {
	if before == nil || a.violation != nil || a.actors != before.actors {
		return false
	}
	packets := before.packets
	switch {
	case by.packet == "" || by.stays || network == sim.AnyTimes:
	case network == sim.InOrder:
		return false
	default:
		i := slices.Index(packets, by.packet)
		packets = slices.Delete(slices.Clone(packets), i, i+1)
	}
	return slices.Equal(a.packets, packets)
}
