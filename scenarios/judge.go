package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// Judge holds the runs of a scenario against what is expected of them. It looks
// at outcomes alone, and each may be forgotten once it is added.
type Judge struct {
	of      *sim.Scenario // whose runs they are
	expect  *Expect       // maybe of another scenario
	runs    uint64
	stake   bool
	clauses []clause
}

// clause is one thing that is expected, and its state.
type clause struct {
	name string
	text string // what is expected

	// Of a clause about every run: why a run fails it, or "".
	fails func(o *sim.Outcome) string
	// Of a clause about some run: whether with this one, among the first most,
	// it is met, and what is missing as long as it is not.
	meets func(o *sim.Outcome) bool
	unmet func() string
	most  uint64

	failed bool
	met    bool
	seed   uint64 // of the run that failed it first, or met it
	came   string // what that run did instead
}

// Finding is the state of a clause after all runs.
type Finding struct {
	Clause  string // its name: one of [Clauses], or see [InstanceClause]
	Expects string // what is expected, as a file says it
	Held    bool
	Run     bool   // Seed names a run: the first that fails, or that meets what some run must
	Seed    uint64 // of that run
	Came    string // what came instead; "" if it held
}

// NewJudge judges runs of a scenario by an expectation, its own or that of the
// scenario that it was made from.
func NewJudge(of *sim.Scenario, expect *Expect) *Judge {
	j := &Judge{of: of, expect: expect}
	j.every(ClauseAlways, AlwaysWords[expect.Always], j.always)
	j.some()
	run := expect.OfRun()
	for _, clause := range InstanceClauses {
		j.when(clause, clause, run, standingOf)
	}
	j.every(ClauseMessages, fmt.Sprintf("{at_most: %d}", expect.MessagesAtMost), func(o *sim.Outcome) string {
		if o.Sent > expect.MessagesAtMost {
			return fmt.Sprintf("sent %d", o.Sent)
		}
		return ""
	})
	j.marks()
	for k := range expect.Instances {
		x := &expect.Instances[k]
		in := func(o *sim.Outcome) standing { return standingIn(o, x.Instance) }
		for _, clause := range InstanceClauses {
			j.when(InstanceClause(x.Instance, clause), clause, x, in)
		}
	}
	return j
}

// every adds a clause about every run, if it is one of the expectation.
func (j *Judge) every(name, text string, fails func(o *sim.Outcome) string) {
	if j.expect.Says(name) {
		j.clauses = append(j.clauses, clause{name: name, text: text, fails: fails})
	}
}

// marks adds the clause about the marks that runs reach.
func (j *Judge) marks() {
	if !j.expect.Says(ClauseMarks) {
		return
	}
	var seen sim.Marks
	missing := func() (names []string) {
		for _, name := range j.expect.Marks {
			i := slices.IndexFunc(j.of.Protocol.Marks(), func(m sim.Mark) bool { return m.Name == name })
			if i < 0 || seen>>i&1 == 0 {
				names = append(names, name)
			}
		}
		return names
	}
	j.clauses = append(j.clauses, clause{
		name: ClauseMarks, text: "[" + strings.Join(j.expect.Marks, ", ") + "]",
		meets: func(o *sim.Outcome) bool {
			seen |= o.Marks
			return len(missing()) == 0
		},
		unmet: func() string { return "no run reached " + strings.Join(missing(), ", ") },
	})
}

// some adds the clauses about some run.
func (j *Judge) some() {
	s := j.expect.Some
	add := func(said bool, text, came string, meets func(o *sim.Outcome) bool) {
		if !said {
			return
		}
		if s.In > 0 {
			text += fmt.Sprintf(", in: %d", s.In)
		}
		j.clauses = append(j.clauses, clause{name: ClauseSome, text: "{" + text + "}", meets: meets, most: s.In, unmet: func() string { return came }})
	}
	add(s.Violated != "", "violated: "+s.Violated, "no run broke it", func(o *sim.Outcome) bool {
		return o.Violation != nil && o.Violation.Invariant == s.Violated
	})
	add(s.Decided, "decided: true", "no run did", func(o *sim.Outcome) bool { return o.Verdict == observe.VerdictDecided })
	add(s.Partial, "partial: true", "no run was", func(o *sim.Outcome) bool { return o.Verdict == observe.VerdictPartial })
	add(s.Undecided, "undecided: true", "no run was", func(o *sim.Outcome) bool { return o.Verdict == observe.VerdictUndecided })
}

// always says why a run is not what every run must be, or "".
func (j *Judge) always(o *sim.Outcome) string {
	fine := o.Verdict != observe.VerdictViolated
	switch j.expect.Always {
	case AlwaysDecided:
		fine = o.Verdict == observe.VerdictDecided
	case AlwaysPartial:
		fine = o.Verdict == observe.VerdictPartial
	case AlwaysUndecided:
		fine = o.Verdict == observe.VerdictUndecided
	}
	if fine {
		return ""
	}
	return j.ended(o)
}

// ended tells how a run ended, in a few words.
func (j *Judge) ended(o *sim.Outcome) string {
	switch {
	case o.Violation != nil:
		return fmt.Sprintf("%s broke at event %d", o.Violation.Broke(), o.Violation.Event)
	case o.Verdict == observe.VerdictDecided:
		at, _, _ := o.FirstDecided()
		return "decided after " + timeText(int64(at), j.of.Tick)
	}
	if o.Verdict == observe.VerdictPartial {
		return fmt.Sprintf("partial: %d of %d have learned, %s", o.Learned, o.Awaited, o.End)
	}
	return "undecided: " + o.End.String()
}

// Add judges one more run. Runs come in the order of their seeds.
func (j *Judge) Add(o *sim.Outcome) {
	j.runs++
	j.stake = j.stake || o.AtStake()
	for i := range j.clauses {
		c := &j.clauses[i]
		switch {
		case c.failed || c.met:
		case c.fails != nil:
			if came := c.fails(o); came != "" {
				c.failed, c.seed, c.came = true, o.Seed, came
			}
		case c.meets(o) && (c.most == 0 || j.runs <= c.most):
			c.met, c.seed = true, o.Seed
		}
	}
}

// Runs is how many runs have been judged.
func (j *Judge) Runs() uint64 { return j.runs }

// AtStake says whether something was at stake in any run, see [sim.Outcome].AtStake.
// If nothing was, all that held did because nothing could break.
func (j *Judge) AtStake() bool { return j.stake }

// Failed says whether a clause has failed for good, whatever runs are to come.
func (j *Judge) Failed(name string) bool {
	return slices.ContainsFunc(j.clauses, func(c clause) bool { return c.name == name && c.failed })
}

// Findings is the state of each clause, in the order of [Expect.Clauses].
func (j *Judge) Findings() []Finding {
	list := make([]Finding, 0, len(j.clauses))
	for _, c := range j.clauses {
		f := Finding{Clause: c.name, Expects: c.name + ": " + c.text, Held: !c.failed, Seed: c.seed, Run: c.failed || c.met}
		if c.meets != nil && !c.met {
			f.Held, f.Came = false, c.unmet()
		} else {
			f.Came = c.came
		}
		list = append(list, f)
	}
	return list
}

// failures are the clauses that did not hold, each once.
func failures(list []Finding) (names []string) {
	for _, f := range list {
		if !f.Held && !slices.Contains(names, f.Clause) {
			names = append(names, f.Clause)
		}
	}
	return names
}

// expects is what an expectation says, on one line: always: decided, decided_within: 1s.
func expects(list []Finding) string {
	parts := make([]string, len(list))
	for i, f := range list {
		parts[i] = f.Expects
	}
	return strings.Join(parts, ", ")
}
