package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
)

// The most entries that a list may have. A list of actors is bounded by their
// number.
const (
	maxFaults   = 1000
	maxRequests = 10_000
	maxParts    = 254
	maxNames    = 1000
)

// list is a list of values of a kind, at most so many.
func list[T any](takes string, each kind[T], most int) kind[[]T] {
	return kind[[]T]{
		takes:  takes,
		bounds: fmt.Sprintf("1 to %d entries", most),
		schema: schema{Type: "array", Items: &each.schema, MinItems: 1, MaxItems: most},
		read: func(l *loader, n *yaml.Node, path string) ([]T, bool) {
			nodes, ok := l.elements(n, path, takes, most)
			if !ok {
				return nil, false
			}
			vs := make([]T, len(nodes))
			for i, node := range nodes {
				v, good := each.value(l, node, path)
				vs[i], ok = v, ok && good
			}
			return vs, ok
		},
		text: func(g given, vs []T) string {
			texts := make([]string, len(vs))
			for i, v := range vs {
				texts[i] = each.text(g, v)
			}
			return "[" + strings.Join(texts, ", ") + "]"
		},
	}
}

// actorList is a list of actors.
func actorList() kind[[]sim.ID] {
	k := list("a list of actors such as [1, 2]", actor(), sim.MaxActors)
	k.bounds, k.schema.UniqueItems = "each actor once", true
	return k
}

// allOr is a list of actors, or all, which is nil.
func allOr(some kind[[]sim.ID]) kind[[]sim.ID] {
	k := some
	k.takes = all + ", or " + some.takes
	k.schema = schema{AnyOf: []schema{some.schema, {Const: all}}}
	k.read = func(l *loader, n *yaml.Node, path string) ([]sim.ID, bool) {
		switch {
		case n.Kind != yaml.ScalarNode || isEmpty(n):
			return some.read(l, n, path)
		case n.Value == all:
			return nil, true
		}
		l.fail(n, path, "expected %s, not %q%s", k.takes, clip(n.Value), didYouMean(n.Value, []string{all}))
		return nil, false
	}
	k.text = func(g given, vs []sim.ID) string {
		if vs == nil {
			return all
		}
		return some.text(g, vs)
	}
	return k
}

// partsOf is a list of lists of actors.
func partsOf() kind[[][]sim.ID] {
	return list("a list of parts such as [[1, 2, 3], [4, 5]]", actorList(), maxParts)
}

// anyOr is a list of parts, or any, which is the list of no parts.
func anyOr(some kind[[][]sim.ID]) kind[[][]sim.ID] {
	k := some
	k.takes = anybody + ", or " + some.takes
	k.schema = schema{AnyOf: []schema{some.schema, {Const: anybody}}}
	k.read = func(l *loader, n *yaml.Node, path string) ([][]sim.ID, bool) {
		switch {
		case n.Kind != yaml.ScalarNode || isEmpty(n):
			return some.read(l, n, path)
		case n.Value == anybody:
			return [][]sim.ID{}, true
		}
		l.fail(n, path, "expected %s, not %q%s", k.takes, clip(n.Value), didYouMean(n.Value, []string{anybody}))
		return nil, false
	}
	k.text = func(g given, parts [][]sim.ID) string {
		if parts != nil && len(parts) == 0 {
			return anybody
		}
		return some.text(g, parts)
	}
	return k
}

// messageList is a list of kinds of messages, by their words; nil is none.
func messageList(w *sim.Vocabulary) kind[[]uint8] {
	words := used(w.Messages)
	one := kind[uint8]{
		takes:  "one of " + strings.Join(words, ", "),
		words:  words,
		schema: schema{Enum: words},
		parse: func(_ given, text string) (uint8, error) {
			if text == "" || !slices.Contains(words, text) {
				return 0, errForm
			}
			return uint8(slices.Index(w.Messages, text)), nil
		},
		text: func(_ given, v uint8) string { return w.Messages[v] },
	}
	takes := "a list of messages"
	if len(words) > 0 {
		takes += " such as [" + middle(words) + "]"
	}
	some := list(takes, one, sim.MaxMessages)
	k := some
	k.bounds, k.schema.UniqueItems = "each message once", true
	k.read = func(l *loader, n *yaml.Node, path string) ([]uint8, bool) {
		vs, ok := some.read(l, n, path)
		for i := range vs { // where a word is none, it is there as kind 0
			if word := n.Content[i].Value; slices.Contains(words, word) && slices.Contains(vs[:i], vs[i]) {
				l.fail(n.Content[i], path, "%s is named twice", word)
				ok = false
			}
		}
		return vs, ok
	}
	return k
}

// nameList is what a schema can say of a list of names of invariants.
func nameList(of []string) schema {
	return schema{AnyOf: []schema{{Enum: append([]string{all, none}, sim.Grades...)}, {Type: "array", Items: &schema{Enum: append(slices.Clone(sim.Grades), of...)}, MinItems: 1, UniqueItems: true}}}
}

// Words that stand for lists.
const (
	all  = "all"
	none = "none"
)

// invariantsKind is a list of names of invariants and of grades, which stand for
// all invariants that have them; or such a grade alone; or all, which is nil, or
// none, which is empty.
func invariantsKind(p sim.Protocol) kind[[]string] {
	of := invariantNames(p)
	words := append(slices.Clone(sim.Grades), of...)
	each := kind[string]{
		takes: "one of " + strings.Join(words, ", "),
		words: words,
		parse: func(_ given, text string) (string, error) {
			if !slices.Contains(words, text) {
				return "", errForm
			}
			return text, nil
		},
		text: func(_ given, v string) string { return v },
	}
	some := list("all, none, "+strings.Join(sim.Grades, ", ")+" or a list of names", each, maxNames)
	k := some
	k.bounds, k.schema = "", nameList(of)
	expand := func(l *loader, n *yaml.Node, path string, words []string) ([]string, bool) {
		vs := sim.ExpandInvariants(p, words)
		if len(vs) == 0 {
			l.fail(n, path, "%s has no invariant of that grade", p.Name())
		}
		return vs, len(vs) > 0
	}
	k.read = func(l *loader, n *yaml.Node, path string) ([]string, bool) {
		switch {
		case n.Kind != yaml.ScalarNode || isEmpty(n):
		case n.Value == all:
			return nil, true
		case n.Value == none:
			return []string{}, true
		case slices.Contains(of, n.Value):
			l.fail(n, path, "expected a list: [%s]", n.Value)
			return nil, false
		case slices.Contains(sim.Grades, n.Value):
			return expand(l, n, path, []string{n.Value})
		default:
			l.fail(n, path, "expected %s, not %q%s", k.takes, clip(n.Value), didYouMean(n.Value, append([]string{all, none}, words...)))
			return nil, false
		}
		vs, ok := some.read(l, n, path)
		for i, v := range vs {
			if v != "" && slices.Contains(vs[:i], v) {
				l.fail(n.Content[i], path, "%s is named twice", v)
				ok = false
			}
		}
		if !ok {
			return vs, false
		}
		return expand(l, n, path, vs)
	}
	k.text = func(g given, vs []string) string {
		switch {
		case vs == nil:
			return all
		case len(vs) == 0:
			return none
		}
		return some.text(g, vs)
	}
	return k
}
