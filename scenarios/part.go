package scenarios

import (
	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim/weather"
)

// nowhere is the text of what is not said: it is never written.
const nowhere = `""`

// maybe is a kind in which nil means that nothing is said.
func maybe[T any](k kind[T]) kind[*T] {
	return kind[*T]{
		takes: k.takes, bounds: k.bounds, schema: k.schema, words: k.words, free: k.free,
		read: func(l *loader, n *yaml.Node, path string) (*T, bool) {
			v, ok := k.value(l, n, path)
			return &v, ok
		},
		text: func(g given, v *T) string {
			if v == nil {
				return nowhere
			}
			return k.text(g, *v)
		},
	}
}

// orSame is a chance that may stay what it is elsewhere.
func orSame() kind[int64] {
	k := anyChance()
	text := k.text
	k.text = func(g given, v int64) string {
		if v == int64(weather.Same) {
			return nowhere
		}
		return text(g, v)
	}
	return k
}

// part is a mapping of fields that an R may have, and has if its T is not nil.
// If word is not "", the mapping of no fields is written as that word.
func part[R, T any](name, doc, word string, x lens[R, *T], fields ...field[T]) field[R] {
	takes := keysAndValues
	if word != "" {
		takes = word + ", or " + takes
	}
	f := field[R]{about: about{name: name, doc: doc, takes: takes, parts: abouts(fields), word: word}}
	f.read = func(l *loader, n *yaml.Node, path string, r *R) {
		v := new(T)
		for _, sub := range fields {
			sub.reset(v)
		}
		if word != "" && n.Kind == yaml.ScalarNode && !isEmpty(n) {
			if n.Value != word {
				l.fail(n, path, "expected %s, not %s%s", takes, describe(n), didYouMean(n.Value, []string{word}))
			}
		} else {
			readFields(l, n, path, fields, v)
		}
		x.set(r, v)
	}
	f.reset = func(r *R) { x.set(r, nil) }
	f.item = func(g given, r *R) item {
		v := x.get(r)
		if v == nil {
			return item{key: name, text: nowhere, doc: doc, calm: true}
		}
		text := record(g, fields, v)
		if word != "" && text == flowText(nil) {
			text = word
		}
		return item{key: name, text: text, doc: doc}
	}
	return f
}
