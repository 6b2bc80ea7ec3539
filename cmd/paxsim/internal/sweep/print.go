package sweep

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/table"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/shown"
)

// Sink takes the points of a sweep in order. Its errors are those of the writer.
type Sink interface {
	Point(p *Point) error
	Close() error
}

// NewSink makes the sink for one of [report.Formats]. A table is no wider than so
// many columns of a terminal; 0: as wide as it is.
func NewSink(format string, w io.Writer, varies []Vary, width int) Sink {
	switch format {
	case "csv":
		return &csvSink{w: csv.NewWriter(w), fields: fields(varies)}
	case "json":
		return &jsonSink{w, fields(varies)}
	}
	return &tableSink{w: w, varies: varies, width: width, markdown: format == "markdown"}
}

// tableSink prints a row a point at the end.
type tableSink struct {
	w        io.Writer
	varies   []Vary
	width    int
	markdown bool
	rows     [][]string
}

// shownMeasures are the measures whose means a table has: messages, rounds begun and
// refused, and delays.
func shownMeasures() []string {
	names := []string{"sent"}
	for _, p := range scenarios.Known() {
		for _, n := range p.Vocabulary().Notes {
			if (n.Purpose == shown.BeginsRound || n.Purpose == shown.RefusesRound) && !slices.Contains(names, n.Field) {
				names = append(names, n.Field)
			}
		}
	}
	return append(names, "delays")
}

func (t *tableSink) Point(p *Point) error {
	row := append(make([]string, 0, 12), p.Values...)
	m := p.Summary
	row = append(row, say.Count(m.Runs), say.Count(m.Decided), say.Count(m.Partial), say.Count(m.Violated), say.Count(m.Undecided))
	d := p.measured[Find("decided_ms")]
	for _, v := range []int64{d.P50, d.P90, d.P99} {
		row = append(row, orDash(d.N, say.Millis(p.Scenario, sim.Time(v))))
	}
	for _, name := range shownMeasures() {
		c := p.measured[Find(name)]
		row = append(row, orDash(c.N, tenth(c.Mean)))
	}
	t.rows = append(t.rows, row)
	return nil
}

func (t *tableSink) Close() error {
	var columns []table.Column
	for _, v := range t.varies {
		columns = append(columns, table.Column{Name: v.Path, Right: true})
	}
	// Where a terminal is too narrow, the measures go first, from the last on, then
	// what most runs are not, then percentiles.
	for _, c := range []struct {
		name string
		drop int
	}{{"runs", 4}, {"decided", 0}, {"partial", 5}, {"violated", 0}, {"undecided", 1}, {"p50_ms", 0}, {"p90_ms", 2}, {"p99_ms", 3}} {
		columns = append(columns, table.Column{Name: c.name, Right: true, Drop: c.drop})
	}
	for i, name := range shownMeasures() {
		columns = append(columns, table.Column{Name: Measures()[Find(name)].Head, Right: true, Drop: 6 + i})
	}
	text := table.Fit(columns, t.rows, t.width)
	if t.markdown {
		text = table.Markdown(columns, t.rows)
	}
	_, err := t.w.Write(text)
	return err
}

func orDash(n uint64, text string) string {
	if n == 0 {
		return "-"
	}
	return text
}

// tenth is a number of thousandths, rounded to one decimal.
func tenth(v int64) string {
	v = (v + 50) / 100
	return strconv.FormatInt(v/10, 10) + "." + strconv.FormatInt(v%10, 10)
}

// A column of csv and a member of json.
type column struct {
	name string
	text bool
	of   func(p *Point) string // "": there is none
}

func fields(varies []Vary) []column {
	var out []column
	for i, v := range varies {
		out = append(out, column{v.Path, true, func(p *Point) string { return p.Values[i] }})
	}
	count := func(name string, of func(m *report.Summary) uint64) {
		out = append(out, column{name: name, of: func(p *Point) string { return strconv.FormatUint(of(p.Summary), 10) }})
	}
	count("runs", func(m *report.Summary) uint64 { return m.Runs })
	count("decided", func(m *report.Summary) uint64 { return m.Decided })
	count("partial", func(m *report.Summary) uint64 { return m.Partial })
	count("violated", func(m *report.Summary) uint64 { return m.Violated })
	count("undecided", func(m *report.Summary) uint64 { return m.Undecided })
	count("proved", func(m *report.Summary) uint64 { return m.Proved })
	for i, m := range Measures() {
		add := func(suffix string, of func(p *Point, d *Measured) string) {
			out = append(out, column{name: m.Name + suffix, of: func(p *Point) string {
				d := &p.measured[i]
				if d.N == 0 {
					return ""
				}
				return of(p, d)
			}})
		}
		add("_mean", func(p *Point, d *Measured) string {
			if m.Time {
				us := micros(p.Scenario, d.Mean)
				return fmt.Sprintf("%d.%03d", us/1000, us%1000)
			}
			return fmt.Sprintf("%d.%03d", d.Mean/1000, d.Mean%1000)
		})
		for _, q := range []struct {
			name string
			of   func(d *Measured) int64
		}{
			{"_p10", func(d *Measured) int64 { return d.P10 }}, {"_p50", func(d *Measured) int64 { return d.P50 }},
			{"_p90", func(d *Measured) int64 { return d.P90 }}, {"_p99", func(d *Measured) int64 { return d.P99 }}, {"_max", func(d *Measured) int64 { return d.Max }},
		} {
			add(q.name, func(p *Point, d *Measured) string {
				if m.Time {
					return say.Millis(p.Scenario, sim.Time(q.of(d)))
				}
				return strconv.FormatInt(q.of(d), 10)
			})
		}
	}
	return out
}

// micros is a number of thousandths of ticks in microseconds, rounded.
func micros(s *sim.Scenario, thousandths int64) int64 {
	us := s.Tick / 1000
	return thousandths/1000*us + (thousandths%1000*us+500)/1000
}

type csvSink struct {
	w      *csv.Writer
	fields []column
	begun  bool
}

func (c *csvSink) Point(p *Point) error {
	if !c.begun {
		c.begun = true
		names := make([]string, len(c.fields))
		for i, f := range c.fields {
			names[i] = f.name
		}
		c.w.Write(names) // its error comes again with the row
	}
	cells := make([]string, len(c.fields))
	for i, f := range c.fields {
		cells[i] = f.of(p)
	}
	return c.w.Write(cells)
}

func (c *csvSink) Close() error {
	c.w.Flush()
	return c.w.Error()
}

// jsonSink prints an object a line.
type jsonSink struct {
	w      io.Writer
	fields []column
}

func (j *jsonSink) Point(p *Point) error {
	var b strings.Builder
	for i, f := range j.fields {
		b.WriteString(string("{,"[min(i, 1)]))
		b.WriteString(jsonText(f.name) + ":")
		switch cell := f.of(p); {
		case f.text:
			b.WriteString(jsonText(cell))
		case cell == "":
			b.WriteString("null")
		default:
			b.WriteString(cell)
		}
	}
	b.WriteString("}\n")
	_, err := io.WriteString(j.w, b.String())
	return err
}

func (j *jsonSink) Close() error { return nil }
