package scenarios

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/internal/words"
)

// Override changes a part of a scenario before it is read. Overrides apply in
// their order.
type Override struct{ flag, text string }

const (
	setFlag  = "--set"
	calmFlag = "--calm"

	mutantFlag = "--mutant"
)

// Set gives a field a value: path=value, such as network.loss=10%,
// faults.cut1.at=2s or requests.1.actor=2 (the first is 1). The value is
// written as in a file. A section or a fault that is not there is made.
func Set(pathValue string) Override { return Override{setFlag, pathValue} }

// SetBy is [Set], told as the flag that said it: --vary, for example.
func SetBy(flag, pathValue string) Override { return Override{flag, pathValue} }

// Calm switches off a family of faults (see [Families]) or removes the fault
// of this name.
func Calm(name string) Override { return Override{calmFlag, name} }

// Mutant is Set("mutant=" + name), told as the flag of that name.
func Mutant(name string) Override { return Override{mutantFlag, name} }

// String is the override as it is written on the command line.
func (o Override) String() string { return o.flag + " " + clip(o.text) }

// Args are the arguments that say the override on a command line.
func (o Override) Args() []string { return []string{o.flag, o.text} }

// Family is a family of faults that [Calm] switches off.
type Family struct{ Name, Doc string }

// calmFamilies are what Calm takes besides the names of faults.
var calmFamilies = []Family{
	{"loss", "no message is lost by chance: `loss` is 0%, in `network` and wherever the weather is another (in periods and in faults)"},
	{"duplicate", "no message is doubled: `duplicate` is 0%, wherever it is said"},
	{"corrupt", "no message arrives damaged: `corrupt` is 0%, wherever it is said"},
	{"forge", "no message arrives as another's: `forge` is 0%, wherever it is said"},
	{"delay", "every message takes the least time: the lower end of `delay`, wherever it is said"},
	{"bias", "all links are as fast: `network.bias` is 0s"},
	{"crashes", "nobody crashes by chance: `crashes.chance` is 0%, and so it is in periods"},
	{"periods", "the weather is the same in all periods; they last as long"},
	{"disk", "a save takes no time: `disk.sync` is 0s"},
}

// families are their names.
var families = func() (names []string) {
	for _, f := range calmFamilies {
		names = append(names, f.Name)
	}
	return names
}()

// Families lists the families of faults that [Calm] knows.
func Families() []string { return slices.Clone(families) }

// complain notes a mistake in an override.
func (l *loader) complain(o Override, message string) {
	l.add(Mistake{File: o.String(), Message: message}, nil)
}

// override applies one override to the nodes of a file.
func (l *loader) override(root *yaml.Node, fields []about, o Override) {
	if _, _, found := strange(o.text); found {
		l.complain(o, "this is not UTF-8 text")
		return
	}
	if o.flag == calmFlag {
		l.calm(root, o)
		return
	}
	path, value, ok := strings.Cut(o.text, "=")
	if o.flag == mutantFlag {
		path, value, ok = mutantKey, o.text, true
	}
	switch {
	case !ok || path == "":
		l.complain(o, "expected path=value, such as network.loss=10%")
		return
	case value == "":
		l.complain(o, "the value is empty")
		return
	}
	at, wrong := resolve(root, fields, path)
	if wrong != "" {
		l.complain(o, wrong)
		return
	}
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.DoubleQuotedStyle, Value: value}
	if !at.free {
		var bad *Mistake
		if n, bad = parse("", value, nil); bad != nil {
			l.add(Mistake{File: o.String(), Excerpt: o.excerpt(bad.Line, bad.Column), Message: bad.Message}, nil)
			return
		}
	}
	if !at.free && isNone(n) && l.sayNone(root, path, at, o) {
		return
	}
	l.mark(n, o)
	foreign(n, l.spoil)
	l.put(root, strings.Split(path, "."), n, o)
}

// sayNone takes out a fault, or a section, if an override gives none for it, as a file
// does for its base. It says whether the path is that of one.
func (l *loader) sayNone(root *yaml.Node, path string, at about, o Override) bool {
	section, name, inside := strings.Cut(path, ".")
	switch {
	case !inside && (at.parts != nil || at.named) && at.word == "" && !slices.Contains(at.words, none):
		drop(root, section)
		return true
	case !inside || section != "faults" || strings.Contains(name, "."):
		return false
	}
	if faults := child(root, section); faults == nil || child(faults, name) == nil {
		l.complain(o, noFault(root, name))
		return true
	}
	l.remove(root, Override{o.flag, name})
	return true
}

// noFault says that a scenario has no fault of a name, and which it has.
func noFault(root *yaml.Node, name string) string {
	text := "the scenario has no fault " + clip(name)
	var names []string
	if faults := child(root, "faults"); faults != nil && faults.Kind == yaml.MappingNode {
		names = keyNames(faults)
	}
	if len(names) == 0 {
		return text + ", and no other"
	}
	return text + orAll(name, names)
}

// hasPath says whether the text of the override is path=value.
func (o Override) hasPath() bool { return o.flag != calmFlag && o.flag != mutantFlag }

// sets says whether the override is of a field.
func (o Override) sets(path string) bool {
	return o.hasPath() && strings.HasPrefix(o.text, path+"=")
}

// mark remembers that nodes come from an override.
func (l *loader) mark(n *yaml.Node, o Override) {
	l.from[n] = o
	for _, c := range n.Content {
		l.mark(c, o)
	}
}

// put replaces what a file says at a path, or adds it; mappings on the way that
// are not there, or are the word all, are made. If the file has something else in their place,
// nothing is done here: the reader of the file reports it.
func (l *loader) put(n *yaml.Node, names []string, value *yaml.Node, o Override) {
	if len(names) > 1 {
		next := child(n, names[0])
		if next == nil || next.Kind == yaml.ScalarNode && next.Value == all {
			next = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
			l.from[next] = o
			l.put(n, names[:1], next, o)
		}
		l.put(next, names[1:], value, o)
		return
	}
	switch n.Kind {
	case yaml.SequenceNode:
		if i, ok := position(names[0], len(n.Content)); ok {
			n.Content[i] = value
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if k := n.Content[i]; k.Kind == yaml.ScalarNode && k.Value == names[0] {
				n.Content[i+1] = value
				return
			}
		}
		key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: names[0]}
		l.from[key] = o
		n.Content = append(n.Content, key, value)
	}
}

// resolve is the field that a path names, or what is wrong with the path.
func resolve(root *yaml.Node, fields []about, path string) (at about, wrong string) {
	unknown := func() string {
		return "there is no field " + clip(path) + nearestPath(path, paths(root, fields, ""))
	}
	names := strings.Split(path, ".")
	at = about{parts: fields}
	n := root // nil: not there
	for depth, name := range names {
		var next *yaml.Node
		if n != nil {
			next = child(n, name)
		}
		switch {
		case at.parts != nil:
			i := slices.IndexFunc(at.parts, func(a about) bool { return a.name == name })
			if i < 0 {
				return at, unknown()
			}
			at = at.parts[i]
		case at.entry == nil:
			return at, unknown()
		case at.named:
			begins := at.entry.oneOf == nil || depth == len(names)-1 || slices.Contains(at.entry.oneOf, names[depth+1])
			if next == nil && !begins {
				if w := Nearest(names[depth+1], at.entry.oneOf); w != "" {
					return at, "there is no field " + clip(path) + "; did you mean " + clip(strings.Join(append(names[:depth+1:depth+1], w), ".")) + "?"
				}
				if names[0] == "faults" {
					return at, noFault(root, name)
				}
				return at, unknown()
			}
			at = *at.entry
		case next == nil:
			if !number.MatchString(name) {
				return at, unknown()
			}
			entries := 0
			if n != nil && n.Kind == yaml.SequenceNode {
				entries = len(n.Content)
			}
			return at, "there is no entry " + clip(name) + ": the list has " + strconv.Itoa(entries) + ", counted from 1"
		default:
			at = *at.entry
		}
		n = next
	}
	return at, ""
}

// paths lists the paths of the fields, with the entries that a file has.
func paths(n *yaml.Node, fields []about, above string) []string {
	var list []string
	for _, f := range fields {
		here := join(above, f.name)
		list = append(list, here)
		var c *yaml.Node
		if n != nil {
			c = child(n, f.name)
		}
		list = append(list, paths(c, f.parts, here)...)
		if f.entry == nil || c == nil {
			continue
		}
		for i, entry := range c.Content {
			switch {
			case !f.named:
				list = append(list, paths(entry, f.entry.parts, join(here, strconv.Itoa(i+1)))...)
			case i%2 == 0:
				list = append(list, join(here, entry.Value))
				list = append(list, paths(nil, f.entry.parts, join(here, entry.Value))...)
			}
		}
	}
	return list
}

// nearestPath is the end of a message about a path: the one of some paths that
// is most likely meant.
func nearestPath(path string, paths []string) string {
	last := func(p string) string { return p[strings.LastIndex(p, ".")+1:] }
	if first, _, _ := strings.Cut(path, "."); renamed[first] != "" {
		return "; did you mean " + clip(renamed[first]+strings.TrimPrefix(path, first)) + "?"
	}
	for _, p := range paths {
		if p == last(p) && words.Distance(p, path) == 1 { // a letter too many, or too few
			return "; did you mean " + p + "?"
		}
	}
	for _, p := range paths {
		if last(p) == last(path) && (path == last(path) || words.Distance(p, path) < 5) {
			return "; did you mean " + clip(p) + "?"
		}
	}
	if text := didYouMean(path, paths); text != "" {
		return text
	}
	var ends []string
	for _, p := range paths {
		ends = append(ends, last(p))
	}
	if end := Nearest(last(path), ends); end != "" {
		return "; did you mean " + clip(paths[slices.Index(ends, end)]) + "?"
	}
	return ""
}
