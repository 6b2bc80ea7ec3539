package scenarios

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// Field describes a field of a scenario file.
type Field struct {
	Path     string // as [Set] takes it; NAME, PLACE and N stand for the name of a fault, that of a place, and the number of a request, a period or an instance
	Takes    string // what is written there
	Bounds   string // from where to where, at the usual tick; "": Takes says it all
	Default  string // as written; "": none
	Required bool
	Doc      string   // one line
	Words    []string // that are written there, in place of numbers and other values, or alone
}

// Fields lists the fields of a file for a protocol, in the order in which they
// are written.
func Fields(p sim.Protocol) []Field {
	list := []Field{
		{formatKey, "1", "", "", true, "the format of the file; the first key", nil},
		{baseKey, baseTake, "", "", false, baseDoc + "; the second key", nil},
	}
	return flatten(list, ours.fields(p), "")
}

func flatten(list []Field, fields []about, above string) []Field {
	for _, f := range fields {
		here := join(above, f.name)
		if f.parts == nil || f.takes != keysAndValues {
			list = append(list, Field{here, f.takes, f.bounds, f.usual, f.required, f.doc, f.schema.named()})
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

// named are the words that a schema takes.
func (s *schema) named() (words []string) {
	words = slices.Clone(s.Enum)
	if text, ok := s.Const.(string); ok {
		words = append(words, text)
	}
	if s.Type == "boolean" {
		words = append(words, "true", "false")
	}
	for i := range s.AnyOf {
		words = append(words, s.AnyOf[i].named()...)
	}
	return words
}

// Entries are the fields with NAME, PLACE and N replaced by the names of the scenario's
// faults and places, and the numbers of its requests and periods: the paths that [Set]
// takes for it. What else stands for a name is left out.
func (s *Scenario) Entries(fields []Field) (list []Field) {
	var names, places []string
	for i := range s.Faults {
		names = append(names, s.Faults[i].Name)
	}
	if s.Network.Places != nil {
		places = s.Network.Places.Names
	}
	numbers := func(n int) (list []string) {
		for i := range n {
			list = append(list, strconv.Itoa(i+1))
		}
		return list
	}
	of := map[string][]string{"faults": names, "network.places": places, "requests": numbers(len(s.Requests)), "periods": numbers(len(s.Periods))}
	for _, f := range fields {
		parts := strings.Split(f.Path, ".")
		at := slices.IndexFunc(parts, standsForName)
		if at < 0 {
			list = append(list, f)
			continue
		}
		begin := strings.Join(parts[:at], ".")
		for _, name := range of[begin] {
			one := f
			one.Path = strings.Join(append([]string{begin, name}, parts[at+1:]...), ".")
			list = append(list, one)
		}
	}
	return list
}

// standsForName says whether a part of a path stands for a name or a number.
func standsForName(part string) bool { return strings.ToUpper(part) == part }

// FindField is the field of a path: with the name of a fault or the number of an entry
// in it, or with NAME, PLACE and N, as Fields has it. If there is none, hint is the end of a
// message, with the one that is meant.
func FindField(fields []Field, path string) (f Field, ok bool, hint string) {
	names := strings.Split(path, ".")
	var paths []string
	for _, f := range fields {
		paths = append(paths, f.Path)
		parts := strings.Split(f.Path, ".")
		if slices.EqualFunc(parts, names, func(a, b string) bool {
			return a == b || a == "N" && number.MatchString(b) || a != "N" && standsForName(a) && faultName.MatchString(b)
		}) {
			return f, true, ""
		}
	}
	return f, false, nearestPath(path, paths)
}
