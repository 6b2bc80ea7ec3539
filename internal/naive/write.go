package naive

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strconv"
)

// appendValue writes a value as a text that is the same for the same value alone, of
// values of one type. Fields with the tag state:"fixed", "mark" or "scratch" are left out.
// A list with the tag "bag", and a map, are written in the order of the texts of their
// elements. What is zero at the end of a list with the tag "by-value" says nothing. What
// says nothing at all is 0.
func appendValue(b []byte, v reflect.Value, tag string) []byte {
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return append(b, '1')
		}
		return append(b, '0')
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return strconv.AppendUint(b, v.Uint(), 10)
	case reflect.String:
		return strconv.AppendQuote(b, v.String())
	case reflect.Struct:
		return appendStruct(b, v)
	case reflect.Array, reflect.Slice:
		return appendList(b, v, tag)
	case reflect.Map:
		var list [][]byte
		for it := v.MapRange(); it.Next(); {
			list = append(list, appendValue(append(appendValue(nil, it.Key(), ""), ':'), it.Value(), ""))
		}
		return appendSorted(b, list)
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return append(b, '0')
		}
		return appendValue(fmt.Appendf(b, "%s:", v.Elem().Type()), v.Elem(), "")
	}
	if v.IsNil() {
		return append(b, '0')
	}
	panic(fmt.Sprintf("naive: a %s is no part of a state; give the field the tag state:\"fixed\" if it never changes", v.Type()))
}

func appendStruct(b []byte, v reflect.Value) []byte {
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
			b = append(appendValue(b, v.Field(i), tag), ' ')
			zero = zero && string(b[at:]) == "0 "
		}
	}
	if zero {
		return append(b[:start], '0')
	}
	return append(b, '}')
}

func appendList(b []byte, v reflect.Value, tag string) []byte {
	n := v.Len()
	if tag == "by-value" {
		for n > 0 && v.Index(n-1).IsZero() {
			n--
		}
	}
	if tag == "bag" {
		var list [][]byte
		for i := range n {
			list = append(list, appendValue(nil, v.Index(i), ""))
		}
		return appendSorted(b, list)
	}
	if n == 0 || v.Kind() == reflect.Array && v.IsZero() {
		return append(b, '0')
	}
	b = append(b, '[')
	for i := range n {
		b = append(appendValue(b, v.Index(i), ""), ' ')
	}
	return append(b, ']')
}

func appendSorted(b []byte, list [][]byte) []byte {
	if len(list) == 0 {
		return append(b, '0')
	}
	slices.SortFunc(list, bytes.Compare)
	return append(append(append(b, '['), bytes.Join(list, []byte{' '})...), ']')
}
