package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// ExpectOf is what is expected of one instance, in every run. What it says means
// what the fields of the same names mean in [Expect]; there they are about the
// run as a whole, so that whoever has learned knows all instances of the goal.
type ExpectOf struct {
	Instance sim.Instance

	ChosenWithin       sim.Time // no value of it is chosen later, or never; 0: not said
	DecidedWithin      sim.Time // its first decision comes no later; 0: not said
	LearnedWithin      sim.Time // all know it that the run waits for, since then at the latest; 0: not said
	NeverDecidedBefore sim.Time // its first decision comes no earlier; 0: not said
	Learned            Quota    // these know it in every run
	Within             sim.Time // since then at the latest; 0: by the end of the run
}

// InstanceClauses lists the clauses that an expectation of one instance can have,
// in their order.
var InstanceClauses = []string{ClauseChosenWithin, ClauseDecidedWithin, ClauseLearnedWithin, ClauseNeverDecidedBefore, ClauseLearned}

// says says whether the expectation has one of [InstanceClauses].
func (x *ExpectOf) says(clause string) bool {
	switch clause {
	case ClauseChosenWithin:
		return x.ChosenWithin > 0
	case ClauseDecidedWithin:
		return x.DecidedWithin > 0
	case ClauseLearnedWithin:
		return x.LearnedWithin > 0
	case ClauseNeverDecidedBefore:
		return x.NeverDecidedBefore > 0
	case ClauseLearned:
		return x.Learned.Said()
	}
	return false
}

// instancesKey is how files name the expectations of instances.
const instancesKey = "instances"

// InstanceClause is the name of a clause about an instance: instances.2.learned.
func InstanceClause(i sim.Instance, clause string) string {
	return instancesKey + "." + strconv.Itoa(int(i)) + "." + clause
}

// ParseInstanceClause takes such a name apart.
func ParseInstanceClause(name string) (i sim.Instance, clause string, ok bool) {
	parts := strings.Split(name, ".")
	if len(parts) != 3 || parts[0] != instancesKey || !slices.Contains(InstanceClauses, parts[2]) {
		return 0, "", false
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil || n < 0 || n > sim.MaxInstance || strconv.Itoa(n) != parts[1] {
		return 0, "", false
	}
	return sim.Instance(n), parts[2], true
}

// Clauses lists the clauses that the expectation has: those of [Clauses] in their
// order, then those about instances.
func (e *Expect) Clauses() []string {
	var list []string
	for _, c := range Clauses {
		if e.Says(c) {
			list = append(list, c)
		}
	}
	for k := range e.Instances {
		x := &e.Instances[k]
		for _, c := range InstanceClauses {
			if x.says(c) {
				list = append(list, InstanceClause(x.Instance, c))
			}
		}
	}
	return list
}

// saysOf says whether the expectation has a clause about an instance.
func (e *Expect) saysOf(name string) bool {
	i, clause, ok := ParseInstanceClause(name)
	return ok && slices.ContainsFunc(e.Instances, func(x ExpectOf) bool { return x.Instance == i && x.says(clause) })
}

// checkInstances lists what is wrong with what is expected of instances: those
// that no run waits for, and what no run can meet.
func (s *Scenario) checkInstances() (ps []sim.Problem) {
	e := &s.Expect
	if len(e.Instances) == 0 || len(s.Check()) > 0 {
		return nil // what the goal is can be asked of a sound scenario only
	}
	goal := s.Protocol.Goal(&s.Scenario).Instances
	run := e.OfRun()
	for k := range e.Instances {
		x := &e.Instances[k]
		path := "expect." + instancesKey + "." + strconv.Itoa(int(x.Instance))
		bad := func(path, format string, args ...any) {
			ps = append(ps, sim.Problem{Path: path, Text: fmt.Sprintf(format, args...)})
		}
		switch {
		case k > 0 && x.Instance <= e.Instances[k-1].Instance:
			bad(path, "expected instances in the order of their numbers, each once")
		case x.Instance > sim.MaxInstance:
			bad(path, "the greatest number of an instance is %d", sim.MaxInstance)
		case x.Instance >= goal && goal == 1:
			bad(path, "%s decides instance 0 alone: no run waits for instance %d", s.Protocol.Name(), x.Instance)
		case x.Instance >= goal:
			bad(path, "a run of %s waits for instances 0 to %d: none waits for instance %d", s.Protocol.Name(), goal-1, x.Instance)
		case !slices.ContainsFunc(InstanceClauses, x.says) && x.Within == 0:
			bad(path, "says nothing: expected one of %s", strings.Join(InstanceClauses, ", "))
		}
		ps = append(ps, s.checkWhenOf(path, x, goal == 1)...)
		for _, t := range x.latest() {
			if t.t > 0 && t.t < run.NeverDecidedBefore {
				bad(path+"."+t.key, "is below never_decided_before of the run: no run meets both")
			}
		}
		for _, t := range run.latest()[1:] { // a decision may be of any instance, who has learned knows this one
			if t.t > 0 && t.t < x.NeverDecidedBefore {
				bad(path+".never_decided_before", "is above %s of the run: no run meets both", t.key)
			}
		}
	}
	return ps
}
