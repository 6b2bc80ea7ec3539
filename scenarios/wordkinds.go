package scenarios

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// yes is the place of a field of R that is true or false.
func yes[R any](place func(*R) *bool) lens[R, int64] {
	return lens[R, int64]{
		get: func(r *R) int64 {
			if *place(r) {
				return 1
			}
			return 0
		},
		set: func(r *R, v int64) { *place(r) = v == 1 },
	}
}

// inline is a mapping inside a section, written on one line. A word stands for
// one that says nothing.
func inline[R any](name, word, doc string, fields ...field[R]) field[R] {
	f := section(name, doc, fields...)
	f.word = word
	read := f.read
	f.read = func(l *loader, n *yaml.Node, path string, r *R) {
		if n.Kind == yaml.ScalarNode && n.Value == word {
			f.reset(r)
			return
		}
		read(l, n, path, r)
	}
	f.item = func(g given, r *R) item {
		i := item{key: name, text: record(g, fields, r), doc: doc}
		if i.text == "{}" {
			i.text, i.calm = word, true
		}
		return i
	}
	return f
}

// oneWord is one of some words; "" is none of them.
func oneWord(of []string) kind[string] {
	return kind[string]{
		takes:  "one of " + strings.Join(of, ", "),
		schema: schema{Enum: of},
		words:  of,
		parse: func(_ given, text string) (string, error) {
			if !slices.Contains(of, text) {
				return "", errForm
			}
			return text, nil
		},
		text: func(_ given, v string) string { return v },
	}
}

// wordList is a list of some words, each once.
func wordList(of []string) kind[[]string] {
	return once(list("a list of names such as ["+strings.Join(of[:min(1, len(of))], "")+"]", oneWord(of), maxNames))
}

// once makes a list refuse what it has already.
func once(k kind[[]string]) kind[[]string] {
	k.bounds, k.schema.UniqueItems = "each once", true
	read := k.read
	k.read = func(l *loader, n *yaml.Node, path string) ([]string, bool) {
		vs, ok := read(l, n, path)
		seen := map[string]bool{}
		for i, v := range vs {
			if v != "" && seen[v] {
				l.fail(n.Content[i], path, "%s is named twice", v)
				ok = false
			}
			seen[v] = true
		}
		return vs, ok
	}
	return k
}

// noneOr is a list, or none, which is nil.
func noneOr[T any](some kind[[]T]) kind[[]T] {
	k := some
	k.takes = none + ", or " + some.takes
	k.schema = schema{AnyOf: []schema{some.schema, {Const: none}}}
	k.read = func(l *loader, n *yaml.Node, path string) ([]T, bool) {
		if n.Kind == yaml.ScalarNode && n.Value == none {
			return nil, true
		}
		return some.read(l, n, path)
	}
	k.text = func(g given, vs []T) string {
		if len(vs) == 0 {
			return none
		}
		return some.text(g, vs)
	}
	return k
}

// oneOrMore is a name, or a list of names, each once.
func oneOrMore(takes string, each kind[string], most int) kind[[]string] {
	some := once(list(takes, each, most))
	k := some
	k.schema = schema{AnyOf: []schema{each.schema, some.schema}}
	k.read = func(l *loader, n *yaml.Node, path string) ([]string, bool) {
		if n.Kind != yaml.ScalarNode || isEmpty(n) {
			return some.read(l, n, path)
		}
		v, ok := each.value(l, n, path)
		return []string{v}, ok
	}
	k.text = func(g given, vs []string) string {
		if len(vs) == 1 {
			return each.text(g, vs[0])
		}
		return some.text(g, vs)
	}
	return k
}

// faultWord is the name of a family of faults, or of a fault by the script.
// Whether there is one is seen when it is left out.
func faultWord() kind[string] {
	return kind[string]{
		takes:  "the name of a fault",
		schema: schema{Type: "string", Pattern: faultName.String()},
		parse: func(_ given, text string) (string, error) {
			if !faultName.MatchString(text) {
				return "", errForm
			}
			return text, nil
		},
		text: func(_ given, v string) string { return quote(v, false) },
	}
}

// mutantWord is the name of a mutant, as people write it. Whether there is one is
// seen when it is put in.
func mutantWord() kind[string] {
	return kind[string]{
		takes:  "the name of a mutant, or none",
		schema: schema{Type: []string{"string", "integer"}, Pattern: mutantForm.String()},
		parse: func(_ given, text string) (string, error) {
			if !mutantForm.MatchString(text) {
				return "", errForm
			}
			return text, nil
		},
		text: func(_ given, v string) string { return quote(v, false) },
	}
}

// settings are paths of fields and their values, each as path=value.
func settings() kind[[]string] {
	const takes = "paths and values such as {network.loss: 10%}"
	return kind[[]string]{
		takes:  takes,
		schema: schema{Type: "object", MinMembers: 1, MaxMembers: maxPremise},
		read: func(l *loader, n *yaml.Node, path string) ([]string, bool) {
			pairs, ok := l.pairs(n, path, takes, maxPremise)
			var vs []string
			for _, p := range pairs {
				switch {
				case !pathForm.MatchString(p.name):
					l.fail(p.key, path, "expected the path of a field such as network.loss, not %q", clip(p.name))
					ok = false
				case p.value.Kind == yaml.ScalarNode && isEmpty(p.value):
					l.fail(p.value, join(path, p.name), "is empty: expected a value")
					ok = false
				case freeAt(l.fields, p.name) && p.value.Kind == yaml.ScalarNode:
					vs = append(vs, p.name+"="+p.value.Value)
				default:
					vs = append(vs, p.name+"="+flow(p.value))
				}
			}
			return vs, ok && len(vs) == len(pairs)
		},
		text: func(g given, vs []string) string {
			parts := make([]string, len(vs))
			for i, v := range vs {
				path, value, _ := strings.Cut(v, "=")
				if freeAt(g.fields, path) {
					value = quote(value, false)
				}
				parts[i] = path + ": " + value
			}
			return "{" + strings.Join(parts, ", ") + "}"
		},
	}
}

var (
	mutantForm  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,79}$`)
	pathForm    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$`)
	plainInFlow = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.%/+µ-]*$`)
)

// freeAt says whether the field at a path takes any text.
func freeAt(fields []about, path string) bool {
	at := about{parts: fields}
	for name := range strings.SplitSeq(path, ".") {
		switch i := slices.IndexFunc(at.parts, func(a about) bool { return a.name == name }); {
		case i >= 0:
			at = at.parts[i]
		case at.entry != nil:
			at = *at.entry
		default:
			return false
		}
	}
	return at.free
}

// flow writes a node on one line, so that it is read back to the same.
func flow(n *yaml.Node) string {
	parts := make([]string, 0, len(n.Content))
	switch n.Kind {
	case yaml.SequenceNode:
		for _, c := range n.Content {
			parts = append(parts, flow(c))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			parts = append(parts, flow(n.Content[i])+": "+flow(n.Content[i+1]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	if quoted(n) || !plainInFlow.MatchString(n.Value) {
		return strconv.Quote(n.Value)
	}
	return n.Value
}
