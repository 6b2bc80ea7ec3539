package report

import (
	"encoding/csv"
	"encoding/json"
	"io"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// Formats are the names of the forms in which results are printed.
var Formats = []string{"table", "markdown", "csv", "json"}

// Sink takes the rows of a command in order, and then their summary. Its errors
// are those of the writer behind it.
type Sink interface {
	Row(r *Row) error
	Close(m *Summary) error
}

// Page says what is common to all rows of one table.
type Page struct {
	Protocol sim.Protocol // of all rows; nil: any may come
	Runs     uint64       // how many rows are to come; 0: not too many
	Before   []Extra      // fields before those of the run
	After    []Extra      // and after
	Several  bool         // the runs are of several instances: there is a field for them in any case
	Summary  bool         // a summary follows
	Width    int          // of a table, in columns of a terminal; 0: as wide as it is
}

// Extra is a field that a command adds to those of a run.
type Extra struct {
	Name string
	Text bool
	Long bool          // too long for a table for people
	Of   func() string // of the row that is being printed
}

func (x Extra) field() Field {
	return Field{Name: x.Name, Text: x.Text, Of: func(*Row) string { return x.Of() }}
}

// NewSink makes the sink for one of the [Formats].
func NewSink(format string, w io.Writer, p Page) Sink {
	switch format {
	case "csv":
		return &csvSink{w: csv.NewWriter(w), fields: p.fields()}
	case "json":
		return &jsonSink{w: w, fields: p.fields(), page: p}
	}
	return newTableSink(w, p, format == "markdown")
}

func (p Page) fields() []Field {
	var fields []Field
	for _, x := range p.Before {
		fields = append(fields, x.field())
	}
	fields = append(fields, Fields(p.Protocol)...)
	if p.Several {
		fields = append(fields, instancesField)
	}
	for _, x := range p.After {
		fields = append(fields, x.field())
	}
	return fields
}

// csvSink prints rows only, all of them.
type csvSink struct {
	w      *csv.Writer
	fields []Field
	cells  []string
}

func (c *csvSink) Row(r *Row) error {
	if c.cells == nil {
		c.cells = make([]string, len(c.fields))
		c.head()
	}
	for i, f := range c.fields {
		c.cells[i] = f.Of(r)
	}
	return c.w.Write(c.cells)
}

func (c *csvSink) head() {
	names := make([]string, len(c.fields))
	for i, f := range c.fields {
		names[i] = f.Name
	}
	c.w.Write(names) // its error comes again with the row
}

func (c *csvSink) Close(*Summary) error {
	c.w.Flush()
	return c.w.Error()
}

// jsonSink prints an object a line: all rows, then the summary.
type jsonSink struct {
	w      io.Writer
	fields []Field
	page   Page
	line   []byte
}

func (j *jsonSink) Row(r *Row) error {
	b := append(j.line[:0], '{')
	for _, f := range j.fields {
		b = appendMember(b, f.Name, f.Of(r), f.Text)
	}
	if !j.page.Several && len(r.ByInstance) > 0 {
		b = appendMember(b, instancesField.Name, instancesField.Of(r), false)
	}
	if r.Again != "" {
		b = appendMember(b, "again", r.Again, true)
	}
	j.line = append(b, "}\n"...)
	_, err := j.w.Write(j.line)
	return err
}

func (j *jsonSink) Close(m *Summary) error {
	if !j.page.Summary {
		return nil
	}
	text, err := json.Marshal(map[string]any{"summary": m.members()})
	if err != nil {
		panic("report: " + err.Error())
	}
	_, err = j.w.Write(append(text, '\n'))
	return err
}

// appendMember appends a member to an object of JSON. A cell of nothing is null.
func appendMember(b []byte, name, cell string, text bool) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	b = append(appendText(b, name), ':')
	switch {
	case text && cell != "":
		return appendText(b, cell)
	case cell == "":
		return append(b, "null"...)
	}
	return append(b, cell...)
}

// appendText appends a text as JSON writes it.
func appendText(b []byte, text string) []byte {
	plain := true
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			plain = false
			break
		}
	}
	if plain {
		return append(append(append(b, '"'), text...), '"')
	}
	quoted, _ := json.Marshal(text) // a string cannot fail
	return append(b, quoted...)
}

// members is the summary for programs. Maps print in the order of their keys.
func (m *Summary) members() map[string]any {
	out := map[string]any{
		"runs": m.Runs, "decided": m.Decided, "partial": m.Partial, "undecided": m.Undecided, "violated": m.Violated, "proved": m.Proved,
		"broken": m.broken, "broken_grades": m.grades,
	}
	for i, f := range m.fields {
		if f.sum != nil {
			out[f.Name] = m.sums[i]
		}
	}
	if marks := m.markMembers(); marks != nil {
		out["marks"] = marks
	}
	for name, s := range map[string]spread{"chosen_ms": m.chosen, "decided_ms": m.decide, "learned_ms": m.learn} {
		if len(s) > 0 {
			of := map[string]json.Number{}
			for i, t := range s.percentiles(0, 50, 90, 99, 100) {
				of[[...]string{"min", "median", "p90", "p99", "max"}[i]] = json.Number(say.Millis(m.scenario, sim.Time(t)))
			}
			out[name] = of
		}
	}
	return out
}
