package scenarios

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// field is one thing that a file can say about an R: the scenario, or a part
// of it. It knows how to read, to default and to write it.
type field[R any] struct {
	about
	read  func(l *loader, n *yaml.Node, path string, r *R)
	reset func(r *R) // gives it its default
	item  func(g given, r *R) item
}

// about is what there is to know of a field, whatever it belongs to.
type about struct {
	name     string // the key
	doc      string // one line
	takes    string // what it takes, in a few words
	bounds   string // from where to where, at the usual tick; "": no more to say
	schema   schema // of its value, unless it has parts or entries
	usual    string // its default as written at the usual tick; "": none
	required bool
	free     bool     // any text: --set takes the value as it is
	parts    []about  // of a section
	word     string   // that may take the place of its parts or entries; "": none
	oneOf    []string // parts, or parts of each entry: exactly one of these is there
	someOf   []string // at least one of these is there
	entry    *about   // what each entry is, if it holds entries
	most     int      // how many entries there are at most
	words    []string // that take the place of all entries
	named    bool     // entries have names; else they are counted from 1
	names    *schema  // of these names; nil: of the names of faults
	keys     string   // what stands for such a name in [Fields]; "": NAME
}

// lens is where in an R a T is kept.
type lens[R, T any] struct {
	get func(*R) T
	set func(*R, T)
}

// at is the place of a field of R.
func at[R, T any](place func(*R) *T) lens[R, T] {
	return lens[R, T]{
		get: func(r *R) T { return *place(r) },
		set: func(r *R, v T) { *place(r) = v },
	}
}

// whole is the place of a field of R that is a whole number.
func whole[R any, N ~int | ~int64 | ~uint8 | ~uint16 | ~uint32 | ~uint64](place func(*R) *N) lens[R, int64] {
	return lens[R, int64]{
		get: func(r *R) int64 { return int64(*place(r)) },
		set: func(r *R, v int64) { *place(r) = N(v) },
	}
}

// optional is a field that has a default.
func optional[R, T any](name, doc string, k kind[T], x lens[R, T], value T) field[R] {
	f := required(name, doc, k, x)
	f.required = false
	if text := k.text(given{tick: usualTick}, value); text != "" && text != nowhere && text != "[]" && text != "{}" {
		f.usual = text
	}
	f.reset = func(r *R) { x.set(r, value) }
	f.item = func(g given, r *R) item {
		text := k.text(g, x.get(r))
		return item{key: name, text: text, doc: doc, calm: text == k.text(g, value)}
	}
	return f
}

// required is a field that every file must have.
func required[R, T any](name, doc string, k kind[T], x lens[R, T]) field[R] {
	return field[R]{
		about: about{name: name, doc: doc, takes: k.takes, bounds: k.bounds, schema: k.schema, required: true, free: k.free},
		read: func(l *loader, n *yaml.Node, path string, r *R) {
			if v, ok := k.value(l, n, path); ok {
				x.set(r, v)
			}
		},
		reset: func(*R) {},
		item:  func(g given, r *R) item { return item{key: name, text: k.text(g, x.get(r)), doc: doc} },
	}
}

// always makes a field be written even if it has its default.
func always[R any](f field[R]) field[R] {
	write := f.item
	f.item = func(g given, r *R) item {
		i := write(g, r)
		i.calm = false
		return i
	}
	return f
}

// keysAndValues is what a section takes.
const keysAndValues = "keys and values"

// section is a mapping of fields.
func section[R any](name, doc string, fields ...field[R]) field[R] {
	f := field[R]{about: about{name: name, doc: doc, takes: keysAndValues, parts: abouts(fields)}}
	f.read = func(l *loader, n *yaml.Node, path string, r *R) { readFields(l, n, path, fields, r) }
	f.reset = func(r *R) {
		for _, sub := range fields {
			sub.reset(r)
		}
	}
	f.item = func(g given, r *R) item {
		i := item{key: name, doc: doc, calm: true, items: make([]item, len(fields))}
		for k, sub := range fields {
			i.items[k] = sub.item(g, r)
			i.calm = i.calm && i.items[k].calm
		}
		return i
	}
	return f
}

func abouts[R any](fields []field[R]) []about {
	list := make([]about, len(fields))
	for i, f := range fields {
		list[i] = f.about
	}
	return list
}

// readFields reads a mapping: every key must be a field, and every field that
// is not there gets its default.
func readFields[R any](l *loader, n *yaml.Node, path string, fields []field[R], r *R) {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	there, ok := l.pairs(n, path, "keys such as "+names[0], 1<<20)
	if !ok {
		return
	}
	values := map[string]*yaml.Node{}
	meant := map[string]bool{} // by a key that is misspelt
	for _, p := range there {
		if slices.Contains(names, p.name) {
			values[p.name] = p.value
			continue
		}
		if name, _, ok := strings.Cut(p.name, ":"); ok && slices.Contains(names, name) {
			l.fail(p.key, join(path, name), "%s", noSpace)
			meant[name] = true
			continue
		}
		l.fail(p.key, join(path, p.name), "there is no such key%s", orAll(p.name, names))
		meant[Nearest(p.name, names)] = true
	}
	for _, f := range fields {
		switch v := values[f.name]; {
		case v != nil:
			f.read(l, v, join(path, f.name), r)
		case !f.required:
			f.reset(r)
		case meant[f.name]:
			l.noteBad(join(path, f.name))
		default:
			l.fail(n, join(path, f.name), "is missing: expected %s", f.takes)
		}
	}
}
