package observe

// Verdict is the outcome of a run in a word.
type Verdict uint8

// The verdicts. The zero Verdict is the careful one.
const (
	VerdictUndecided Verdict = iota // no actor learned a decision
	VerdictDecided                  // all have learned that the run waits for: every actor that is up or will come back, or a whole core
	VerdictViolated                 // an invariant broke
	VerdictPartial                  // some actor learned, but not all that the run waits for
)

// Verdicts lists the verdicts, the best first.
var Verdicts = []Verdict{VerdictDecided, VerdictPartial, VerdictUndecided, VerdictViolated}

// String is the word that tables print.
func (v Verdict) String() string {
	return [...]string{"undecided", "decided", "violated", "partial"}[v]
}

// ParseVerdict is the verdict that a word of [Verdict.String] means.
func ParseVerdict(word string) (v Verdict, ok bool) {
	for _, v := range Verdicts {
		if v.String() == word {
			return v, true
		}
	}
	return 0, false
}

// End says why a run ended.
type End uint8

// Why runs end.
const (
	EndGoal      End = iota // all that was asked for has happened
	EndQuiet                // nothing was left to happen
	EndTime                 // the limit on virtual time
	EndEvents               // the limit on events
	EndViolation            // an invariant broke
	EndCount                // an actor did one thing so often that it cannot be numbered
	EndBound                // the core did not learn in time after the storm
	EndQueue                // more events waited than a world has room for
)

// String tells why in a few words.
func (e End) String() string {
	return [...]string{"goal", "quiet", "time limit", "event limit", "violation", "count limit", "bound after faults end", "queue limit"}[e]
}
