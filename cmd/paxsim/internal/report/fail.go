package report

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
)

// Sentence tells in a line how a run failed: which seed, what broke or which
// limit came first, and when.
func Sentence(r *Row) string {
	who := fmt.Sprintf("seed %d", r.Seed)
	if r.Calm {
		who = "calm"
	}
	if v := r.Violation; v != nil && v.Panicked() {
		return fmt.Sprintf("%s: %s at event %s (%s): %s", who, v.Broke(), say.Count(v.Event), say.Span(r.Scenario, v.At), v.Text)
	} else if v != nil {
		return fmt.Sprintf("%s: %s broken at event %s (%s%s): %s", who, v.Broke(), say.Count(v.Event), say.Span(r.Scenario, v.At), say.SeeAlso(v), v.Text)
	}
	if r.Verdict == observe.VerdictPartial {
		return fmt.Sprintf("%s: partial: %s; %s after %s (%s)", who, someLearned(r), endText(r.End), say.Plural(r.Events, "event"), say.Span(r.Scenario, r.Ended))
	}
	return fmt.Sprintf("%s: undecided: %s after %s (%s)", who, endText(r.End), say.Plural(r.Events, "event"), say.Span(r.Scenario, r.Ended))
}

// someLearned tells who has learned in a partial run.
func someLearned(r *Row) string {
	switch {
	case r.Awaited == 0:
		return "a decision was made, and nobody is left to wait for"
	case r.Learned == 0:
		return fmt.Sprintf("a decision was made, and crashes took it away: none of %d knows it", r.Awaited)
	}
	return fmt.Sprintf("%d of %d have learned", r.Learned, r.Awaited)
}

// lemmaNote says, once below what broke, what it means that a lemma did.
var lemmaNote = sim.Lemma.String() + ": " + sim.Lemma.Means()

// endText says what ended a run in which not all have learned.
func endText(e observe.End) string {
	switch e {
	case observe.EndTime:
		return "the limit on virtual time came first,"
	case observe.EndEvents:
		return "the limit on events came first,"
	case observe.EndBound:
		return "the core did not learn within its bound after faults end,"
	case observe.EndQueue:
		return "more events waited than there is room for,"
	case observe.EndCount:
		return "an actor did one thing more often than can be counted,"
	case observe.EndQuiet:
		return "nothing was left to happen"
	}
	return "it ended"
}
