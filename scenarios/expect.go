package scenarios

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// Expect is what a scenario says of its runs, under the seeds from 1 on. It
// changes nothing in a run. The zero Expect is what is demanded of a scenario
// that says nothing: every run decides.
type Expect struct {
	Always Always // of every run
	Some   Some   // of at least one run

	// Of a run as a whole. Of a protocol that decides more than one instance, the first value
	// chosen and the first decision are those of any instance. An actor that has learned knows
	// all that the goal has.
	ChosenWithin       sim.Time // no value is chosen later, or never; 0: not said
	DecidedWithin      sim.Time // no first decision comes later, or never; 0: not said
	LearnedWithin      sim.Time // nobody learns later, or never; 0: not said
	NeverDecidedBefore sim.Time // no first decision comes earlier; 0: not said

	Learned Quota    // these have learned in every run
	Within  sim.Time // since then at the latest; 0: by the end of the run

	Instances []ExpectOf // of single instances, in the order of their numbers

	MessagesAtMost uint64   // no run sends more messages; 0: not said
	Marks          []string // each is reached at least once in all runs
	Runs           uint64   // how many seeds this is about; 0: [DefaultExpectRuns]
}

// DefaultExpectRuns is how many seeds an expectation is about where the scenario
// does not say.
const DefaultExpectRuns = 1000

// MaxExpectRuns is the greatest number of seeds that an expectation may be about.
const MaxExpectRuns = 1_000_000

// Always is what is expected of every run.
type Always uint8

// What may be expected of every run.
const (
	AlwaysDecided   Always = iota // all learn that the run waits for; so no invariant breaks
	AlwaysHeld                    // no invariant breaks
	AlwaysPartial                 // some actor decides, not all learn, and no invariant breaks
	AlwaysUndecided               // nobody decides, and no invariant breaks
	AlwaysAnything                // nothing
)

// AlwaysWords are the words of the values of Always, in their order.
var AlwaysWords = []string{"decided", "held", "partial", "undecided", "anything"}

// Some is what is expected of at least one of the first runs: each of what it
// says, not all of one run.
type Some struct {
	Violated  string // the invariant that breaks, first of all; "": not said
	Decided   bool   // in a run all learn
	Partial   bool   // in a run some actor decides, and not all learn
	Undecided bool   // in a run nobody decides
	In        uint64 // of so many runs; 0: of all
}

// says whether anything is expected.
func (s *Some) says() bool { return s.Violated != "" || s.Decided || s.Partial || s.Undecided }

// Premise is what a scenario rests on: overrides that take the fault or its
// mitigation away, and what must then fail.
type Premise struct {
	Set    []string // fields and their new values: path=value, as scenario files write them
	Calm   []string // families of faults, and faults by the script, that are left out
	Mutant string   // the mutant that is put in; none: the one that is there is taken out; "": not said
	Breaks []string // the clauses of Expect that must fail; none: at least one does
}

// Given says whether there is a premise.
func (p *Premise) Given() bool { return p.takes() || len(p.Breaks) > 0 }

// takes says whether anything is taken away.
func (p *Premise) takes() bool { return len(p.Set)+len(p.Calm) > 0 || p.Mutant != "" }

// Silent says whether the scenario says nothing of its runs.
func (e *Expect) Silent() bool {
	return e.Always == 0 && e.Some == Some{} && e.ChosenWithin == 0 && !e.Learned.Said() && e.Within == 0 && e.DecidedWithin == 0 && e.LearnedWithin == 0 && e.NeverDecidedBefore == 0 &&
		len(e.Instances) == 0 && e.MessagesAtMost == 0 && e.Marks == nil && e.Runs == 0
}

// The clauses of an expectation, by the names that files and Premise.Breaks have
// for them.
const (
	ClauseAlways             = "always"
	ClauseSome               = "some"
	ClauseChosenWithin       = "chosen_within"
	ClauseDecidedWithin      = "decided_within"
	ClauseLearnedWithin      = "learned_within"
	ClauseNeverDecidedBefore = "never_decided_before"
	ClauseLearned            = "learned"
	ClauseMessages           = "messages"
	ClauseMarks              = "marks"
)

// Clauses lists the clauses of any expectation, in their order. Beside them there
// are those about instances, see [InstanceClause].
var Clauses = []string{ClauseAlways, ClauseSome, ClauseChosenWithin, ClauseDecidedWithin, ClauseLearnedWithin, ClauseNeverDecidedBefore, ClauseLearned,
	ClauseMessages, ClauseMarks}

// Says whether the expectation has a clause.
func (e *Expect) Says(clause string) bool {
	switch clause {
	case ClauseAlways:
		return e.Always != AlwaysAnything
	case ClauseSome:
		return e.Some.says()
	case ClauseMessages:
		return e.MessagesAtMost > 0
	case ClauseMarks:
		return len(e.Marks) > 0
	}
	return e.OfRun().says(clause) || e.saysOf(clause)
}

// CheckExpect lists what is wrong with what the scenario says of its runs:
// expectations that no runs can meet, names that nothing has, a premise that
// takes nothing away. A world can be made of the scenario all the same.
func (s *Scenario) CheckExpect() (ps []sim.Problem) {
	bad := func(path, format string, args ...any) {
		ps = append(ps, sim.Problem{Path: path, Text: fmt.Sprintf(format, args...)})
	}
	e := &s.Expect
	if e.Always > AlwaysAnything {
		bad("expect.always", "%d is no expectation", e.Always)
		return ps
	}
	if e.Runs > MaxExpectRuns || e.Some.In > MaxExpectRuns {
		bad("expect", "an expectation is about %d runs at most", uint64(MaxExpectRuns))
	}
	always := AlwaysWords[e.Always]
	some := func(said bool, what string, against ...Always) {
		if said && slices.Contains(against, e.Always) {
			bad("expect.some", "some run is to be %s, and always: %s says that none is", what, always)
		}
	}
	some(e.Some.Violated != "", "violated", AlwaysDecided, AlwaysHeld, AlwaysPartial, AlwaysUndecided)
	some(e.Some.Undecided, "undecided", AlwaysDecided, AlwaysPartial)
	some(e.Some.Partial, "partial", AlwaysDecided, AlwaysUndecided)
	some(e.Some.Decided, "decided", AlwaysPartial, AlwaysUndecided)
	if e.Some.In > 0 && !e.Some.says() {
		bad("expect.some", "expected violated, decided, partial or undecided, and in how many runs")
	}
	ps = append(ps, s.checkWhenOf("expect", e.OfRun(), true)...)
	ps = append(ps, s.checkInstances()...)
	if v := e.Some.Violated; v != "" {
		switch {
		case v == sim.PanicInvariant:
		case !slices.ContainsFunc(s.Protocol.Invariants(), func(i sim.Invariant) bool { return i.Name == v }):
			bad("expect.some.violated", "%s has no invariant %q", s.Protocol.Name(), v)
		case !s.Watches(v):
			bad("expect.some.violated", "%s is not watched: invariants leaves it out", v)
		}
	}
	for _, m := range e.Marks {
		if !slices.ContainsFunc(s.Protocol.Marks(), func(k sim.Mark) bool { return k.Name == m }) {
			bad("expect.marks", "%s has no mark %q", s.Protocol.Name(), m)
		}
	}
	if len(e.Marks) > 0 && s.Invariants != nil && len(s.Invariants) == 0 {
		bad("expect.marks", "no run reaches a mark where no invariant is watched")
	}
	p := &s.Premise
	if p.Given() && !p.takes() {
		bad("premise", "takes nothing away: expected set, calm or mutant")
	}
	for _, clause := range p.Breaks {
		if !e.Says(clause) {
			bad("premise.breaks", "the scenario does not expect anything of %s", clause)
		}
	}
	if p.Given() && len(e.Clauses()) == 0 {
		bad("premise", "nothing can fail without it: the scenario expects nothing")
	}
	return ps
}
