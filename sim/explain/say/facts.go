package say

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// Facts says how a run went, as the foot of its trace has it: "chosen at 3 ms, decided at
// 4 ms, learned by 5/5 at 4 ms". What never happened, or is not known, is left out.
func Facts(s *sim.Scenario, f *trace.Trailer) string {
	return facts(f, func(us int64) string { return Span(s, sim.Time(us/(s.Tick/1000))) })
}

// FactsByEvents is Facts of a searched run, in which nothing takes time, and each event
// has a tick of its own: "chosen at event 21".
func FactsByEvents(s *sim.Scenario, f *trace.Trailer) string {
	return facts(f, func(us int64) string { return "event " + Count(uint64(us/(s.Tick/1000))) })
}

func facts(f *trace.Trailer, at func(us int64) string) string {
	var parts []string
	if f.ChosenUS >= 0 {
		parts = append(parts, "chosen at "+at(f.ChosenUS))
	}
	if f.DecidedUS >= 0 {
		parts = append(parts, "decided at "+at(f.DecidedUS))
	}
	if f.LearnedUS >= 0 || f.Learned > 0 {
		text := fmt.Sprintf("learned by %d/%d", f.Learned, f.Awaited)
		if f.LearnedUS >= 0 {
			text += " at " + at(f.LearnedUS)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// SeeAlso names the earlier events that a violation speaks of: "; see also events 7
// and 12". It is empty if there are none.
func SeeAlso(v *sim.Violation) string {
	list := v.Earlier()
	if len(list) == 0 {
		return ""
	}
	text := "; see also event "
	if len(list) > 1 {
		text = "; see also events "
	}
	for i, e := range list {
		switch {
		case i > 0 && i == len(list)-1:
			text += " and "
		case i > 0:
			text += ", "
		}
		text += Count(e)
	}
	return text
}
