package scenarios

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v4"
)

// PremiseOverrides are those that take the premise of a scenario away.
func PremiseOverrides(s *Scenario) []Override {
	var list []Override
	for _, text := range s.Premise.Set {
		list = append(list, Set(text))
	}
	for _, name := range s.Premise.Calm {
		list = append(list, Calm(name))
	}
	if s.Premise.Mutant != "" {
		list = append(list, Mutant(s.Premise.Mutant))
	}
	return list
}

// WithoutPremise is the scenario with its premise taken away. It says nothing of
// its own runs. The scenario must have been read without a mistake; then the
// error can only be that its protocol finds that settings, and what the premise
// makes of the rest, do not fit together.
func WithoutPremise(s *Scenario) (*Scenario, error) { return ours.withoutPremise(s) }

func (ps Protocols) withoutPremise(s *Scenario) (*Scenario, error) {
	without, err := ps.load(s.Name+ending, Text(s), place{}, PremiseOverrides(s), true) // of the mistakes only the texts are shown
	var bad *Errors
	if errors.As(err, &bad) {
		for i := range bad.Mistakes {
			m := &bad.Mistakes[i]
			*m = Mistake{File: s.Name, Message: "without its premise: " + m.Message} // the places are those of no file
		}
	}
	return without, err
}

// checkPremise notes what is wrong with a premise, as overrides of the scenario
// that is otherwise sound.
func (l *loader) checkPremise(ps Protocols, root *yaml.Node, s *Scenario) {
	if !s.Premise.Given() {
		if s.Group != "" && s.Group != calmGroup {
			l.fail(child(root, "group"), "group", "a scenario of the group %s needs a premise: what it rests on, and what must fail without it", s.Group)
		}
		return
	}
	bare := *s
	bare.Group, bare.Expect, bare.Premise = "", Expect{}, Premise{}
	list := PremiseOverrides(s)
	without, err := ps.load("", Text(&bare), place{}, list, false) // a text of no file
	var bad *Errors
	if !errors.As(err, &bad) {
		if without.Tick != s.Tick {
			l.tell(child(root, "premise"), "premise", "the tick stays as it is: what is expected is counted in it")
		}
		return
	}
	premise := child(root, "premise")
	hint := ""
	if l.homes[premise] != nil {
		hint = "; the premise is that of the base: state another one, or premise: none"
	}
	for _, m := range bad.Mistakes {
		n, path := premise, "premise"
		for _, o := range list {
			if o.String() == m.File {
				n, path = l.placeOfOverride(premise, o)
				break
			}
		}
		l.tell(n, path, "%s%s", m.Message, hint)
	}
}

// placeOfOverride is where a premise says what an override says.
func (l *loader) placeOfOverride(premise *yaml.Node, o Override) (*yaml.Node, string) {
	section, name := strings.TrimPrefix(o.flag, "--"), o.text
	if o.flag == setFlag {
		name, _, _ = strings.Cut(o.text, "=")
	}
	path := "premise." + section
	n := child(premise, section)
	if n == nil {
		return premise, path
	}
	if c := child(n, name); c != nil {
		return c, path
	}
	for _, c := range n.Content { // of a list of names
		if c.Value == name && n.Kind == yaml.SequenceNode {
			return c, path
		}
	}
	return n, path
}
