package anyscenario

import (
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/observe"
)

// Came is what became of a scenario.
type Came uint8

// What may become of a scenario.
const (
	Decided     Came = iota // it ran, and all have learned
	AtItsLimit              // it ran up to a limit that it states itself
	NotPromised             // nothing was decided by all, as its plan says may be
	TooMuch                 // it was not run, or not to its end: it needs more than a run may
	Fault                   // anything else
)

// Patience is after how many events a run is given up that is promised nothing;
// what is promised gets LongPatience.
const (
	Patience     = 10 * MaxWork
	LongPatience = 500 * MaxWork
)

// MaxMemory is how much memory a scenario may need.
const MaxMemory = 2 << 30

// Explained is what became of a scenario, and why that is as it should be.
type Explained struct {
	Came
	Why     string // of TooMuch and NotPromised: the reason; of a Fault: what is wrong, in a few words
	Text    string // of a Fault: all that is known
	Outcome sim.Outcome
}

// Explain reads a scenario, runs it once under a seed, and says what became of
// it.
func Explain(text string, seed uint64) (e Explained) {
	defer func() {
		if r := recover(); r != nil {
			e = Explained{Came: Fault, Why: fmt.Sprint("panic: ", r), Text: string(debug.Stack())}
		}
	}()
	s, err := scenarios.Read("any.yaml", text)
	if err != nil {
		return refused(err)
	}
	if campaign.Memory(&s.Scenario) > MaxMemory {
		return Explained{Came: TooMuch, Why: "memory"}
	}
	if events, reason := Work(&s.Scenario); events > MaxWork {
		return Explained{Came: TooMuch, Why: reason}
	}
	r, err := s.Protocol.New(&s.Scenario)
	if err != nil {
		return Explained{Came: Fault, Why: "the world refuses it", Text: err.Error()}
	}
	plan, _ := s.Protocol.Resolve(&s.Scenario)
	r.Reset(seed, nil)
	if r.Steps(Patience) {
		if plan.NoGuarantee != "" { // also where a limit is stated, which it would reach
			return Explained{Came: TooMuch, Why: "more events than were expected"}
		}
		if r.Steps(LongPatience - Patience) {
			o := r.Outcome()
			return Explained{Came: Fault, Why: "it goes on and on", Text: fmt.Sprintf("after %d events, at tick %d", o.Events, o.Ended), Outcome: o}
		}
	}
	return explain(&s.Scenario, plan, r.Outcome(), r)
}

// refused says what became of a scenario that was not read. A limit on time that
// would be computed, but could not be written, is no mistake of the reader: the
// scenario is expected to take too long.
func refused(err error) Explained {
	var bad *scenarios.Errors
	if errors.As(err, &bad) && !slices.ContainsFunc(bad.Mistakes, func(m scenarios.Mistake) bool {
		return !strings.Contains(m.Message, "limits.time") || !strings.Contains(m.Message, "computed")
	}) {
		return Explained{Came: TooMuch, Why: "the computed limit on time is too far"}
	}
	why := "it is refused"
	if bad != nil && len(bad.Mistakes) > 0 {
		why += ": " + bad.Mistakes[0].Message
	}
	return Explained{Came: Fault, Why: why, Text: err.Error()}
}

// explain says how a run ended.
func explain(s *sim.Scenario, plan sim.Plan, o sim.Outcome, r sim.Runner) Explained {
	e := Explained{Outcome: o}
	switch {
	case o.Verdict == observe.VerdictViolated:
		e.Came, e.Why, e.Text = Fault, "violated: "+o.Violation.Invariant, fmt.Sprintf("%+v", *o.Violation)
	case o.Verdict == observe.VerdictDecided:
		e.Came = Decided
	case o.End == observe.EndTime && s.Limits.Time > 0 || o.End == observe.EndEvents && s.Limits.Events > 0:
		e.Came = AtItsLimit
	case plan.NoGuarantee != "":
		e.Came, e.Why = NotPromised, plan.NoGuarantee
	default:
		e.Came, e.Why = Fault, fmt.Sprintf("%v: %v", o.Verdict, o.End)
		e.Text = fmt.Sprintf("after %d events, at tick %d of %d\n%s", o.Events, o.Ended, plan.TimeLimit, strings.Join(r.Diagnosis(), "\n"))
	}
	return e
}
