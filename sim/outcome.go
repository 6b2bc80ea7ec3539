package sim

// Verdict is the outcome of a run in a word.
type Verdict uint8

// The verdicts. The zero Verdict is the careful one.
const (
	VerdictUndecided Verdict = iota // a limit came first, or nothing was left to happen
	VerdictDecided                  // every actor that is up or will come back has learned
	VerdictViolated                 // an invariant broke
)

// String is the word that tables print.
func (v Verdict) String() string {
	return [...]string{"undecided", "decided", "violated"}[v]
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
)

// String tells why in a few words.
func (e End) String() string {
	return [...]string{"goal", "quiet", "time limit", "event limit", "violation", "count limit", "bound after the storm"}[e]
}

// Outcome is how a run ended, and what it cost.
type Outcome struct {
	Seed    uint64
	Verdict Verdict
	End     End

	Value       Value  // the first decision made known; 0: none
	Under       uint64 // the round of it
	DecideTime  Time   // when it was
	LearnedTime Time   // when the last actor learned
	Delays      uint32 // messages, also to oneself, on the longest causal chain to the first decision
	Decisions   int    // decisions made known, one an actor and life

	Sent       uint64 // messages from one actor to another, copies not counted
	Delivered  uint64 // arrivals, also of copies and of messages to oneself
	Dropped    uint64 // lost, cut off, or arrived at an actor that was down
	Duplicated uint64
	Crashes    uint64
	Families   []Happened // by family of faults
	Core       []ID       // who had calm in the end, if only some had; the world's own, see Runner.Run
	Leader     ID         // who of them kept the role
	StormOver  Time       // when all had arrived that the storm left, also behind disks, if there is a core
	Deadline   Time       // when the core must have learned; 0: there is no bound, or no core
	Events     uint64
	Notes      []uint64 // by Words.Notes: how often actors noted each
	Marks      Marks    // what the run came to; none if no invariant is watched

	Ended       Time
	Violation   *Violation // nil: no invariant broke
	Digest      uint64
	Checkpoints []uint64 // digests at events 64, 128, 256, …
}

// firstCheckpoint is the number of the event of the first digest in Outcome.Checkpoints.
const firstCheckpoint = 64

// Violation says which invariant broke, and where.
type Violation struct {
	Breach
	Event uint64 // the number of the event in which it broke
	At    Time
}
