package scenarios

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim/aims"
)

// Words that stand for actors, besides [all] and the roles of the protocol.
const (
	anybody  = "any"
	majority = "majority"
	quorum   = "quorum" // of a phase of the protocol
	minority = "minority"
)

var someForm = regexp.MustCompile(`^any +([1-9][0-9]{0,8})$`)

// target is whom a fault strikes: a list of actors, or a word. Some words are roles of the
// protocol.
func target(roles []string) kind[aims.Target] {
	ids := actorList()
	words := append([]string{all, anybody, majority, minority}, roles...)
	k := kind[aims.Target]{
		takes:  "a list of actors such as [1, 2], or all, any, any 2, " + strings.Join(words[2:], ", "),
		bounds: "each actor once",
		words:  words,
		schema: schema{AnyOf: []schema{ids.schema, {Enum: words}, {Type: "string", Pattern: "^any +[1-9][0-9]{0,8}$"}}},
	}
	k.parse = func(_ given, text string) (aims.Target, error) {
		switch text {
		case all:
			return aims.Target{Group: aims.Everyone}, nil
		case anybody:
			return aims.Target{Group: aims.AtRandom, Many: 1}, nil
		case majority:
			return aims.Target{Group: aims.Majority}, nil
		case minority:
			return aims.Target{Group: aims.Minority}, nil
		}
		for i, role := range roles {
			if text == role {
				return aims.Target{Group: aims.InRole, Role: uint8(i)}, nil
			}
		}
		if m := someForm.FindStringSubmatch(text); m != nil {
			many, err := strconv.Atoi(m[1])
			return aims.Target{Group: aims.AtRandom, Many: many}, err
		}
		if number.MatchString(text) {
			return aims.Target{}, fmt.Errorf("expected a list: [%s]", clip(text))
		}
		return aims.Target{}, errForm
	}
	single := k
	k.read = func(l *loader, n *yaml.Node, path string) (aims.Target, bool) {
		if n.Kind == yaml.ScalarNode {
			return single.value(l, n, path)
		}
		if n.Kind != yaml.SequenceNode {
			l.fail(n, path, "expected %s, not %s", k.takes, describe(n))
			return aims.Target{}, false
		}
		list, ok := ids.value(l, n, path)
		return aims.These(list...), ok
	}
	k.text = func(g given, t aims.Target) string {
		switch t.Group {
		case aims.Everyone:
			return all
		case aims.AtRandom:
			if t.Many == 1 {
				return anybody
			}
			return fmt.Sprintf("%s %d", anybody, t.Many)
		case aims.InRole:
			return roles[t.Role]
		case aims.Majority:
			return majority
		case aims.Minority:
			return minority
		}
		return ids.text(g, t.IDs)
	}
	return k
}

// coreKind is for whom the weather calms: all, which is nil, any, or a list.
func coreKind() kind[*aims.Target] {
	ids := actorList()
	k := kind[*aims.Target]{
		takes:  "all, any or " + ids.takes,
		bounds: ids.bounds,
		words:  []string{all, anybody},
		schema: schema{AnyOf: []schema{{Enum: []string{all, anybody}}, ids.schema}},
		parse: func(_ given, text string) (*aims.Target, error) {
			switch text {
			case all:
				return nil, nil
			case anybody:
				return &aims.Target{Group: aims.Everyone}, nil
			}
			return nil, errForm
		},
	}
	single := k
	k.read = func(l *loader, n *yaml.Node, path string) (*aims.Target, bool) {
		if n.Kind == yaml.ScalarNode {
			return single.value(l, n, path)
		}
		list, ok := ids.value(l, n, path)
		t := aims.These(list...)
		return &t, ok
	}
	k.text = func(g given, t *aims.Target) string {
		switch {
		case t == nil:
			return all
		case t.Group == aims.Everyone:
			return anybody
		}
		return ids.text(g, t.IDs)
	}
	return k
}
