package anyscenario

import (
	"fmt"
	"slices"
	"strings"
)

// Coverage counts what scenarios said, by field.
type Coverage struct {
	fields map[string]*covered
}

// covered is how often a field was said, and at the ends of its range.
type covered struct {
	said, low, high uint64
	least, most     int64 // as numbers
	forms           map[string]uint64
}

// field is the count of a field.
func (c *Coverage) field(path string) *covered {
	if c.fields == nil {
		c.fields = map[string]*covered{}
	}
	f := c.fields[path]
	if f == nil {
		f = &covered{forms: map[string]uint64{}}
		c.fields[path] = f
	}
	return f
}

// count counts so many values from least to most.
func (f *covered) count(said uint64, least, most int64) {
	if f.said == 0 {
		f.least, f.most = least, most
	}
	f.said += said
	f.least, f.most = min(f.least, least), max(f.most, most)
}

// Add counts what a scenario says.
func (c *Coverage) Add(s *Scenario) {
	for _, x := range s.drawn {
		f := c.field(x.path)
		f.count(1, x.n, x.n)
		if x.end&low != 0 {
			f.low++
		}
		if x.end&high != 0 {
			f.high++
		}
		if x.form != "" {
			f.forms[x.form]++
		}
	}
}

// Merge adds what another one has counted.
func (c *Coverage) Merge(other *Coverage) {
	for path, x := range other.fields {
		f := c.field(path)
		f.count(x.said, x.least, x.most)
		f.low, f.high = f.low+x.low, f.high+x.high
		for form, n := range x.forms {
			f.forms[form] += n
		}
	}
}

// Missing lists the fields that were never said, or never at an end of their
// range that sound scenarios have.
func (c *Coverage) Missing() (list []string) {
	for i := range table {
		f := &table[i]
		x := c.field(f.path)
		if x.said == 0 {
			list = append(list, f.path+" was never said")
			continue
		}
		if x.low == 0 && (f.ends == "" || f.ends == lowAlone) {
			list = append(list, f.path+" was never at the low end")
		}
		if x.high == 0 && (f.ends == "" || f.ends == highAlone) {
			list = append(list, f.path+" was never at the high end")
		}
	}
	return list
}

// String is a table: a line for each field.
func (c *Coverage) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-30s %9s %9s %9s  %s\n", "field", "said", "low end", "high end", "forms")
	for i := range table {
		f := &table[i]
		x := c.field(f.path)
		var forms []string
		for form := range x.forms {
			forms = append(forms, form)
		}
		slices.Sort(forms)
		many := ""
		if n := len(forms) - 8; n > 0 {
			forms, many = forms[:8], fmt.Sprintf(" and %d more", n)
		}
		for i, form := range forms {
			forms[i] = fmt.Sprintf("%s %d", form, x.forms[form])
		}
		number := func(n uint64, there bool) string {
			if !there {
				return "-"
			}
			return fmt.Sprint(n)
		}
		fmt.Fprintf(&b, "%-30s %9d %9s %9s  %s\n", f.path, x.said,
			number(x.low, f.ends == "" || f.ends == lowAlone), number(x.high, f.ends == "" || f.ends == highAlone),
			strings.Join(forms, ", ")+many)
	}
	return b.String()
}

// Range is the least and the greatest number that was said for a field.
func (c *Coverage) Range(path string) (least, most int64) {
	f := c.field(path)
	return f.least, f.most
}

// Paths are the fields that are drawn, as scenarios.Fields has them.
func Paths() (list []string) {
	for i := range table {
		list = append(list, table[i].path)
	}
	return list
}
