package naive

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/paxsim/paxsim/sim"
)

// writer makes texts of values.
type writer struct {
	operations reflect.Value // of the world: what clients have asked for
}

// appendValue writes a value as a text that is the same for the same value alone, of
// values of one type. Fields with the tag state:"fixed", "mark" or "scratch" are left out.
// A list with the tag "bag", and a map, are written in the order of the texts of their
// elements. What is zero at the end of a list with the tag "by-actor" or "by-value" says
// nothing. What says nothing at all is 0. A request is known by its place among those of
// the scenario and by how often its client has asked for another value, not by when it
// was asked.
func (w *writer) appendValue(b []byte, v reflect.Value, tag string) []byte {
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return append(b, '1')
		}
		return append(b, '0')
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if v.Type() == reflect.TypeFor[sim.RequestID]() && v.Uint() != 0 {
			return w.appendRequest(b, int(v.Uint())-1)
		}
		return strconv.AppendUint(b, v.Uint(), 10)
	case reflect.String:
		return strconv.AppendQuote(b, v.String())
	case reflect.Struct:
		return w.appendStruct(b, v)
	case reflect.Array, reflect.Slice:
		return w.appendList(b, v, tag)
	case reflect.Map:
		var list [][]byte
		for it := v.MapRange(); it.Next(); {
			list = append(list, w.appendValue(append(w.appendValue(nil, it.Key(), ""), ':'), it.Value(), ""))
		}
		return appendSorted(b, list)
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return append(b, '0')
		}
		return w.appendValue(fmt.Appendf(b, "%s:", v.Elem().Type()), v.Elem(), "")
	}
	if v.IsNil() {
		return append(b, '0')
	}
	panic(fmt.Sprintf("naive: a %s is no part of a state; give the field the tag state:\"fixed\" if it never changes", v.Type()))
}

func (w *writer) appendRequest(b []byte, operation int) []byte {
	asker, before := w.operations.Index(operation).FieldByName("asker").Int(), 0
	for i := range operation {
		if w.operations.Index(i).FieldByName("asker").Int() == asker {
			before++
		}
	}
	return fmt.Appendf(b, "request %d.%d", asker, before)
}

func (w *writer) appendStruct(b []byte, v reflect.Value) []byte {
	if v.IsZero() {
		return append(b, '0')
	}
	start, zero, t := len(b), true, v.Type()
	b = append(b, '{')
	for i := range v.NumField() {
		switch tag := t.Field(i).Tag.Get("state"); tag {
		case "fixed", "mark", "scratch":
		default:
			at := len(b)
			b = append(w.appendValue(b, v.Field(i), tag), ' ')
			zero = zero && string(b[at:]) == "0 "
		}
	}
	if zero {
		return append(b[:start], '0')
	}
	return append(b, '}')
}

func (w *writer) appendList(b []byte, v reflect.Value, tag string) []byte {
	if tag == "" && v.Kind() == reflect.Array && v.IsZero() {
		return append(b, '0')
	}
	var list [][]byte
	for i := range v.Len() {
		list = append(list, w.appendValue(nil, v.Index(i), ""))
	}
	switch tag {
	case "bag":
		return appendSorted(b, list)
	case "by-actor", "by-value":
		for n := len(list); n > 0 && string(list[n-1]) == "0"; n-- {
			list = list[:n-1]
		}
	}
	return appendAll(b, list)
}

func appendSorted(b []byte, list [][]byte) []byte {
	slices.SortFunc(list, bytes.Compare)
	return appendAll(b, list)
}

func appendAll(b []byte, list [][]byte) []byte {
	if len(list) == 0 {
		return append(b, '0')
	}
	return append(append(append(b, '['), bytes.Join(list, []byte{' '})...), ']')
}
