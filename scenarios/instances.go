package scenarios

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
)

// maxInstances is of how many instances a file may expect something.
const maxInstances = 1000

// instanceNumber is how the number of an instance is written.
var instanceNumber = regexp.MustCompile(`^(0|[1-9][0-9]{0,6})$`)

// instancesField is the mapping, inside of expect, from the numbers of instances
// to what is expected of each.
func instancesField() field[Scenario] {
	fields := instanceFields()
	const (
		doc   = "what is expected of single instances, of a protocol that decides several; by their numbers, from 0"
		takes = none + ", or the numbers of instances and what is expected of each, such as {2: {decided_within: 1s}}"
	)
	return field[Scenario]{
		about: about{name: "instances", doc: doc, takes: takes, named: true, keys: "N", names: &schema{Pattern: instanceNumber.String()}, most: maxInstances, word: none, usual: none,
			entry: &about{takes: "what is expected of an instance, such as {decided_within: 1s}", parts: abouts(fields)}},
		read: func(l *loader, n *yaml.Node, path string, s *Scenario) {
			if n.Kind == yaml.ScalarNode && n.Value == none {
				return
			}
			list, _ := l.pairs(n, path, takes, maxInstances)
			for _, p := range list {
				here := join(path, p.name)
				number, err := count(0, sim.MaxInstance).parse(l.given, p.name)
				if err != nil {
					l.fail(p.key, here, "there is no instance %s: expected a number from 0 to %d", clip(p.name), sim.MaxInstance)
				}
				x := ExpectOf{Instance: sim.Instance(number)}
				readFields(l, p.value, here, fields, &x)
				s.Expect.Instances = append(s.Expect.Instances, x)
			}
			slices.SortFunc(s.Expect.Instances, func(x, y ExpectOf) int { return cmp.Compare(x.Instance, y.Instance) })
		},
		reset: func(s *Scenario) { s.Expect.Instances = nil },
		item: func(g given, s *Scenario) item {
			i := item{key: "instances", text: none, doc: doc, calm: len(s.Expect.Instances) == 0}
			if i.calm {
				return i
			}
			parts := make([]string, len(s.Expect.Instances))
			for k := range s.Expect.Instances {
				x := &s.Expect.Instances[k]
				parts[k] = fmt.Sprintf("%d: %s", x.Instance, record(g, fields, x))
			}
			i.text = "{" + strings.Join(parts, ", ") + "}"
			return i
		},
	}
}

// instanceFields are what a file says of one instance.
func instanceFields() []field[ExpectOf] {
	type X = ExpectOf
	anyTime := or(duration(1, sim.MaxTime), anything, 0)
	return []field[X]{
		optional(ClauseChosenWithin, "by when a quorum has voted for a value of it, in every run", anyTime, whole(func(x *X) *sim.Time { return &x.ChosenWithin }), 0),
		optional(ClauseDecidedWithin, "by when the first actor has learned its decision, in every run", anyTime, whole(func(x *X) *sim.Time { return &x.DecidedWithin }), 0),
		optional(ClauseLearnedWithin, "by when all that the run waits for have learned it, in every run", anyTime, whole(func(x *X) *sim.Time { return &x.LearnedWithin }), 0),
		optional(ClauseNeverDecidedBefore, "until when no actor learns its decision, in any run", anyTime, whole(func(x *X) *sim.Time { return &x.NeverDecidedBefore }), 0),
		optional(ClauseLearned, "who has learned it at the end of every run", quota(), at(func(x *X) *Quota { return &x.Learned }), Quota{}),
		optional("within", "since when at the latest those of learned have; any: by the end of the run", anyTime, whole(func(x *X) *sim.Time { return &x.Within }), 0),
	}
}

// clauseWord is the name of a clause of an expectation, or of one about an instance.
func clauseWord() kind[string] {
	example := "instances.N.CLAUSE such as " + InstanceClause(2, ClauseLearned)
	k := oneWord(Clauses)
	k.takes += ", or " + example
	k.schema = schema{AnyOf: []schema{k.schema, {Type: "string", Pattern: `^instances\.(0|[1-9][0-9]{0,6})\.(` + strings.Join(InstanceClauses, "|") + `)$`}}}
	word := k.parse
	k.parse = func(g given, text string) (string, error) {
		if _, _, ok := ParseInstanceClause(text); ok {
			return text, nil
		}
		rest, ok := strings.CutPrefix(text, "instances.")
		if !ok && strings.HasPrefix(text, "instance") {
			return "", fmt.Errorf("expected %s, not %q", example, clip(text))
		}
		if !ok {
			return word(g, text)
		}
		number, clause, _ := strings.Cut(rest, ".")
		if _, err := count(0, sim.MaxInstance).parse(g, number); err != nil {
			return "", fmt.Errorf("there is no instance %q: expected a number from 0 to %d", clip(number), sim.MaxInstance)
		}
		if clause == "" {
			return "", errors.New("expected one of " + strings.Join(InstanceClauses, ", ") + " after " + clip(text) + ".")
		}
		return "", fmt.Errorf("nothing is expected of an instance as %q: expected one of %s%s", clip(clause), strings.Join(InstanceClauses, ", "), didYouMean(clause, InstanceClauses))
	}
	return k
}
