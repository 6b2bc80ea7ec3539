package scenarios

import (
	"cmp"

	"github.com/paxsim/paxsim/sim"
)

// Field describes a field of a scenario file.
type Field struct {
	Path     string // as [Set] takes it; NAME, PLACE and N stand for the name of a fault, that of a place, and the number of a request, a period or an instance
	Takes    string // what is written there
	Bounds   string // from where to where, at the usual tick; "": Takes says it all
	Default  string // as written; "": none
	Required bool
	Doc      string // one line
}

// Fields lists the fields of a file for a protocol, in the order in which they
// are written.
func Fields(p sim.Protocol) []Field {
	list := []Field{
		{formatKey, "1", "", "", true, "the format of the file; the first key"},
		{baseKey, baseTake, "", "", false, baseDoc + "; the second key"},
	}
	return flatten(list, ours.fields(p), "")
}

func flatten(list []Field, fields []about, above string) []Field {
	for _, f := range fields {
		here := join(above, f.name)
		if f.parts == nil || f.takes != keysAndValues {
			list = append(list, Field{here, f.takes, f.bounds, f.usual, f.required, f.doc})
		}
		list = flatten(list, f.parts, here)
		switch {
		case f.entry == nil:
		case !f.named:
			list = flatten(list, f.entry.parts, here+".N")
		default:
			list = flatten(list, f.entry.parts, here+"."+cmp.Or(f.keys, "NAME"))
		}
	}
	return list
}
