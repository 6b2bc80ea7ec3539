package scenarios

import (
	"errors"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// Runs makes so many runs of a scenario, under the seeds from 1 on, and calls
// each with what came of every one, in the order of the seeds. It stops at the
// first error of each and returns it. An outcome need be good only until each
// returns.
type Runs func(s *sim.Scenario, count uint64, each func(*sim.Outcome) error) error

// Report compares a scenario with what it says of its runs.
type Report struct {
	Scenario *Scenario
	Runs     uint64    // how many were made of it
	Came     Came      // their verdicts
	Findings []Finding // what it expects
	Premise  *Rest     // nil: it names none
	Lacks    string    // why this says nothing, whatever was found; "": it does
}

// Rest is the state of the expectation without the premise.
type Rest struct {
	Overrides []Override
	Runs      uint64    // how many were made, until enough had failed
	Findings  []Finding // of the expectation of the scenario, in runs without its premise; what was open by then is left out
	Broken    []string  // the clauses that failed
	Unbroken  []string  // those that had to fail, and did not
}

// Came is how many runs had each verdict.
type Came [4]uint64

// Held says whether all is as the scenario says: every expectation holds, and
// fails without the premise as it must.
func (r *Report) Held() bool {
	return r.Lacks == "" && !r.Failed()
}

// Failed says whether something is other than the scenario says. A report that has
// neither failed nor held proves nothing, see Lacks.
func (r *Report) Failed() bool {
	return len(failures(r.Findings)) > 0 || r.Premise != nil && len(r.Premise.Unbroken) > 0
}

// Expects is what the scenario expects, on one line.
func (r *Report) Expects() string { return expects(r.Findings) }

// Verify holds a scenario to what it says of its runs: count of them, or as many
// as it says if count is 0; and again without its premise. The error is that of
// runs.
func Verify(s *Scenario, count uint64, runs Runs) (*Report, error) {
	if count == 0 {
		count = max(ExpectRuns(s), s.Expect.Some.In)
	}
	r := &Report{Scenario: s}
	j := NewJudge(&s.Scenario, &s.Expect)
	err := runs(&s.Scenario, count, func(o *sim.Outcome) error { j.Add(o); r.Came[o.Verdict]++; return nil })
	r.Runs, r.Findings = j.Runs(), j.Findings()
	switch {
	case len(s.Outside) > 0 && s.Expect.Silent():
		r.Lacks = "it uses faults outside the model of " + shown.Title(s.Protocol.Name()) + ", and does not say what it expects"
	case !j.AtStake():
		r.Lacks = "no value was at stake in any run: this proves nothing"
	case s.Expect.Always == AlwaysHeld && s.Invariants != nil && len(s.Invariants) == 0:
		r.Lacks = "always: held says that no invariant breaks, and none is on: this proves nothing"
	}
	if err != nil || !s.Premise.Given() {
		return r, err
	}
	r.Premise, err = verifyWithout(s, count, runs)
	return r, err
}

// errEnough ends the runs once all has failed that must.
var errEnough = errors.New("enough")

// verifyWithout makes the runs without the premise.
func verifyWithout(s *Scenario, count uint64, runs Runs) (*Rest, error) {
	without, err := WithoutPremise(s)
	if err != nil {
		return nil, err // a scenario that was changed after it was read
	}
	j := NewJudge(&without.Scenario, &s.Expect)
	must := s.Premise.Breaks
	enough := func() bool {
		if len(must) == 0 {
			return slices.ContainsFunc(s.Expect.Clauses(), j.Failed)
		}
		return !slices.ContainsFunc(must, func(name string) bool { return !j.Failed(name) })
	}
	err = runs(&without.Scenario, count, func(o *sim.Outcome) error {
		if j.Add(o); enough() {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	rest := &Rest{Overrides: PremiseOverrides(s), Runs: j.Runs(), Findings: j.Findings()}
	if j.Runs() < count { // some later run might have met what none has met so far
		rest.Findings = slices.DeleteFunc(rest.Findings, func(f Finding) bool { return !f.Held && !f.Run })
	}
	rest.Broken = failures(rest.Findings)
	for _, name := range must {
		if !slices.Contains(rest.Broken, name) {
			rest.Unbroken = append(rest.Unbroken, name)
		}
	}
	if len(must) == 0 && len(rest.Broken) == 0 {
		rest.Unbroken = []string{"any of " + expects(rest.Findings)}
	}
	return rest, nil
}
