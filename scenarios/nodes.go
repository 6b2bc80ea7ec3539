package scenarios

import (
	"fmt"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// scalar is the text of a node that must hold a single value.
func (l *loader) scalar(n *yaml.Node, path, takes string) (string, bool) {
	switch {
	case n.Kind != yaml.ScalarNode:
		l.fail(n, path, "expected %s, not %s", takes, describe(n))
	case isEmpty(n):
		l.fail(n, path, "is empty: expected %s", takes)
	default:
		return n.Value, true
	}
	return "", false
}

func isEmpty(n *yaml.Node) bool { return n.Value == "" || n.Tag == "!!null" }

func quoted(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Style&^yaml.TaggedStyle != 0 }

// describe tells what a node is.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "keys and values"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	if isEmpty(n) {
		return "nothing"
	}
	return fmt.Sprintf("%q", clip(n.Value))
}

// elements are the entries of a node that must be a list, and not empty.
func (l *loader) elements(n *yaml.Node, path, takes string, most int) ([]*yaml.Node, bool) {
	switch {
	case n.Kind == yaml.ScalarNode && isEmpty(n):
		l.fail(n, path, "is empty: expected %s", takes)
	case n.Kind != yaml.SequenceNode:
		l.fail(n, path, "expected %s, not %s", takes, describe(n))
	case len(n.Content) == 0:
		l.fail(n, path, "the list is empty: expected %s", takes)
	case len(n.Content) > most:
		l.fail(n, path, "%d entries: expected at most %d", len(n.Content), most)
	default:
		return n.Content, true
	}
	return nil, false
}

// pair is a key of a mapping and what it says.
type pair struct {
	name  string
	key   *yaml.Node
	value *yaml.Node
}

// pairs are the keys of a node that must be a mapping, and not empty. A key
// that is there twice is a mistake, and told once.
func (l *loader) pairs(n *yaml.Node, path, takes string, most int) ([]pair, bool) {
	switch {
	case n.Kind == yaml.ScalarNode && isEmpty(n), n.Kind == yaml.MappingNode && len(n.Content) == 0:
		l.fail(n, path, "is empty: expected %s", takes)
		return nil, false
	case n.Kind != yaml.MappingNode:
		l.fail(n, path, "expected %s, not %s", takes, describe(n))
		return nil, false
	case len(n.Content)/2 > most:
		l.fail(n, path, "%d entries: expected at most %d", len(n.Content)/2, most)
		return nil, false
	}
	var list []pair
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch {
		case l.spoiled[key]:
			continue
		case key.Kind != yaml.ScalarNode:
			l.fail(key, path, "a key is a word, not %s", describe(key))
			continue
		case isEmpty(key):
			l.fail(key, path, "a key is empty")
			continue
		}
		if first := seen[key.Value]; first != nil {
			where := ""
			if first.Line != key.Line && l.homes[first] == l.homes[key] {
				where = fmt.Sprintf(", first in line %d", first.Line)
			}
			l.fail(key, join(path, key.Value), "the key is here twice%s", where)
			continue
		}
		seen[key.Value] = key
		list = append(list, pair{key.Value, key, n.Content[i+1]})
	}
	return list, true
}

// join appends a name to a path.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// child is what a mapping says under a name, or an entry of a list by its
// number from 1; nil: nothing.
func child(n *yaml.Node, name string) *yaml.Node {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if k := n.Content[i]; k.Kind == yaml.ScalarNode && k.Value == name {
				return n.Content[i+1]
			}
		}
	case yaml.SequenceNode:
		if i, ok := position(name, len(n.Content)); ok {
			return n.Content[i]
		}
	}
	return nil
}

// position is the index of the entry that a number from 1 names.
func position(name string, entries int) (int, bool) {
	i, err := strconv.Atoi(name)
	return i - 1, err == nil && i >= 1 && i <= entries && strconv.Itoa(i) == name
}
