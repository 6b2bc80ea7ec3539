package plain

import (
	"fmt"
	"reflect"

	"github.com/paxsim/paxsim/sim/ids"
)

// Plan says how the values of a type are copied and hashed.
type Plan struct {
	t    reflect.Type
	root node
}

// what a node of a plan is.
type what uint8

const (
	word      what = iota // a whole number or a truth value
	text                  // a string
	structure             // its fields
	array                 // its elements
	list                  // likewise, of a slice
	set                   // ids.Set
	actor                 // ids.ID
	value                 // ids.Value
	renamer               // a type with a method Renamed
	shared                // not looked at: a copy has the same
	fresh                 // not looked at: a copy has what a fresh value has
)

// order says what the places of a list or an array mean.
type order uint8

const (
	inOrder order = iota
	asBag
	byActor
	byValue
)

// node is a part of a plan.
type node struct {
	what    what
	order   order
	silent  bool // it is copied, and not hashed
	flat    bool // an assignment copies it
	t       reflect.Type
	at      uintptr            // where it is in the struct around it
	elem    *node              // of an array or a list
	none    Sum                // the hash of an element that is zero, apart, where those say nothing
	fields  []node             // of a struct
	rename  reflect.Value      // the method Renamed, found by its name: one found by a number would keep the methods of all types in every program
	renamed map[renamed]uint64 // what it has made of words so far
}

// renamed is a word under a renaming, which nobody changes.
type renamed struct {
	by   *Renaming
	word uint64
}

// Of makes the plan of a type. It is an error if values of the type are not plain.
func Of(t reflect.Type) (*Plan, error) {
	root, err := nodeOf(t, "", "")
	if err != nil {
		return nil, err
	}
	return &Plan{t, root}, nil
}

// For makes the plan of the type T.
func For[T any]() (*Plan, error) { return Of(reflect.TypeFor[T]()) }

// refused is the error of a field that no plan can read.
func refused(path string, t reflect.Type) error {
	if path == "" {
		path = t.String()
	}
	return fmt.Errorf("%s is %s, which cannot be compared as a value: hold plain values there, or say with a tag `state:\"fixed\"` or `state:\"scratch\"` what it is", path, withArticle(t))
}

// withArticle is a type in words.
func withArticle(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return "a pointer (" + t.String() + ")"
	case reflect.Map:
		return "a map (" + t.String() + ")"
	case reflect.Func:
		return "a function (" + t.String() + ")"
	case reflect.Interface:
		return "an interface (" + t.String() + ")"
	case reflect.Chan:
		return "a channel (" + t.String() + ")"
	}
	return "of type " + t.String()
}

// nodeOf makes the plan of a type, which has a path and a tag.
func nodeOf(t reflect.Type, path, tag string) (node, error) {
	n := node{t: t}
	switch tag {
	case "":
	case "fixed":
		n.what, n.flat, n.silent = shared, true, true
		return n, nil
	case "scratch", "mark":
		inner, err := nodeOf(t, path, "")
		if err != nil {
			inner = node{t: t, what: fresh} // not plain
		}
		if t.Kind() == reflect.Struct && err != nil {
			return silentStruct(t, path)
		}
		inner.silent = true
		return inner, nil
	case "bag":
		n.order = asBag
	case "by-actor":
		n.order = byActor
	case "by-value":
		n.order = byValue
	default:
		return n, fmt.Errorf("%s has the tag state:%q: expected fixed, scratch, mark, bag, by-actor or by-value", path, tag)
	}
	if k := t.Kind(); n.order != inOrder && k != reflect.Slice && k != reflect.Array {
		return n, fmt.Errorf("%s has the tag state:%q, and is no list and no array", path, tag)
	}
	switch t {
	case reflect.TypeFor[ids.Set]():
		n.what = set
		return n, nil
	case reflect.TypeFor[ids.ID]():
		n.what, n.flat = actor, true
		return n, nil
	case reflect.TypeFor[ids.Value]():
		n.what, n.flat = value, true
		return n, nil
	}
	return n.kind(path)
}

// silentStruct is a struct of scratch that is not plain as a whole: field by field.
func silentStruct(t reflect.Type, path string) (node, error) {
	n := node{t: t, what: structure, silent: true}
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("state")
		if tag != "fixed" {
			tag = "scratch"
		}
		inner, err := nodeOf(f.Type, path+"."+f.Name, tag)
		if err != nil {
			return n, err
		}
		inner.at = f.Offset
		n.fields = append(n.fields, inner)
	}
	return n, nil
}

// kind fills in what follows from the kind of the type.
func (n node) kind(path string) (node, error) {
	t := n.t
	if m, ok := t.MethodByName("Renamed"); ok && m.Type.NumIn() == 2 && m.Type.NumOut() == 1 &&
		m.Type.In(1) == reflect.TypeFor[*Renaming]() && m.Type.Out(0) == t {
		n.rename = m.Func
	}
	switch t.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		n.what, n.flat = word, true
		if n.rename.IsValid() {
			n.what, n.renamed = renamer, map[renamed]uint64{}
		}
	case reflect.String:
		n.what, n.flat = text, true
	case reflect.Struct:
		n.what, n.flat = structure, true
		for i := range t.NumField() {
			f := t.Field(i)
			inner, err := nodeOf(f.Type, path+dot(path)+f.Name, f.Tag.Get("state"))
			if err != nil {
				return n, err
			}
			inner.at = f.Offset
			n.flat = n.flat && inner.flat
			n.fields = append(n.fields, inner)
		}
	case reflect.Array, reflect.Slice:
		inner, err := nodeOf(t.Elem(), path+"[]", "")
		if err != nil {
			return n, err
		}
		n.elem, n.what, n.flat = &inner, array, inner.flat
		n.none = inner.sum(inside(reflect.New(inner.t).Interface()), nil, 0)
		if t.Kind() == reflect.Slice {
			n.what, n.flat = list, false
		}
	default:
		return n, refused(path, t)
	}
	return n, nil
}

func dot(path string) string {
	if path == "" {
		return ""
	}
	return "."
}
