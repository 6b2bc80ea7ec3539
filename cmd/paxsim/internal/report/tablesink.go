package report

import (
	"bytes"
	"io"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/table"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/shown"
)

// The bounds of what a table for people shows.
const (
	MaxRows = 1000 // of more runs, only those that failed
	maxTold = 10   // failing runs that get a sentence and a command each
	maxSame = 20   // seeds that are named for being the same run
)

// tableSink keeps the rows and draws them at the end.
type tableSink struct {
	w        io.Writer
	page     Page
	markdown bool
	columns  []column
	cells    [][]string
	first    Row // of those with cells, if it is of several instances
	failed   uint64
	spoken   uint64 // how many of these told speaks of
	told     []told
	lemma    bool // a run in the list broke a lemma
}

// told is what a failing run says beside its row.
type told struct {
	sentence, again string
	stuck           []string
	digest          uint64
	same            []string // the first seeds of the runs that are the same, event by event
	more            uint64   // and how many there are besides
}

// column is a column for people. An idle one is left out if no row has anything
// in it.
type column struct {
	table.Column
	idle bool
	of   func(r *Row) string
}

func newTableSink(w io.Writer, p Page, markdown bool) *tableSink {
	t := &tableSink{w: w, page: p, markdown: markdown}
	extra := func(list []Extra) {
		for _, x := range list {
			if !x.Long {
				t.columns = append(t.columns, column{table.Column{Name: x.Name, Right: !x.Text, Wrap: x.Text}, false, x.field().Of})
			}
		}
	}
	extra(p.Before)
	t.columns = append(t.columns, columnsFor(p.Protocol)...)
	extra(p.After)
	return t
}

// first are the columns that are left out of a table that is too wide for a
// terminal, in their order. Counters of the protocol go where there is a "",
// those of rounds last. Readers who need a run again have its seed.
var first = []string{"digest", "delays", "chosen_ms", "", "duplicated", "dropped", "crashes", "sent", "learned", "learned_ms", "decided_ms", "violation"}

// dropOf says how soon a column is left out; 0: never.
func dropOf(name string, says speech) int {
	for i, at := range first {
		last := 100 * (len(first) - i)
		if at == name {
			return last
		}
		if at != "" {
			continue
		}
		for k, n := range says.main {
			if n.Field != name {
				continue
			}
			if n.Purpose == shown.BeginsRound || n.Purpose == shown.RefusesRound {
				return 50 + k // after all others
			}
			return last + k
		}
	}
	if name == says.round {
		return 1
	}
	return 0
}

// columnsFor picks, from the fields of a run, what a person wants to see beside
// one another, in about 130 characters.
func columnsFor(p sim.Protocol) []column {
	short := map[string]string{"duplicated": "doubled"}
	idle := map[string]bool{"dropped": true, "duplicated": true, "crashes": true, "violation": true}
	skip := map[string]bool{"delivered": true, "events": true, "end": true, "violation_event": true, "violation_text": true, "marks": true, "stuck": true, "violation_grade": true}
	says := speechOf(p)
	for _, n := range says.main {
		idle[n.Field] = p == nil // of a run whose protocol has it, 0 says something
	}
	for _, n := range says.more {
		skip[n.Field] = true
	}
	var out []column
	for _, f := range Fields(p) {
		c := column{table.Column{Name: f.Name, Right: !f.Text, Drop: dropOf(f.Name, says)}, idle[f.Name], f.Of}
		switch {
		case skip[f.Name]:
			continue
		case f.Name == "chosen_ms":
			c.of = func(r *Row) string {
				if !r.Counted {
					return "-" // nobody knows
				}
				return f.Of(r)
			}
		case f.Name == "value" || f.Name == says.round:
			c.of, c.Wrap = inCell(f), true
		case f.Name == "learned":
			c.Right = true
		case f.Name == "violation":
			c.of = violation((*sim.Violation).Broke)
		case f.Name == "seed":
			c.of = func(r *Row) string {
				if r.Calm {
					return "calm"
				}
				return f.Of(r)
			}
		}
		if name, ok := short[f.Name]; ok {
			c.Name = name
		}
		out = append(out, c)
	}
	return out
}

// inCell is a field about what was decided, in a cell that stays narrow.
func inCell(f Field) func(r *Row) string {
	return func(r *Row) string {
		if len(r.ByInstance) == 0 || r.Violation != nil && len(r.Violation.Chosen) > 0 {
			return f.Of(r)
		}
		return fewInstances(r.ByInstance, func(x *Instance) string {
			if f.Name == "value" {
				return x.Value
			}
			return x.Round
		})
	}
}

func (t *tableSink) Row(r *Row) error {
	if r.Failed() {
		t.failed++
		t.note(r)
	} else if t.page.Runs > MaxRows {
		return nil
	}
	if t.page.Runs > MaxRows && len(t.cells) >= MaxRows {
		return nil
	}
	cells := make([]string, len(t.columns))
	for i, c := range t.columns {
		cells[i] = c.of(r)
	}
	if len(t.cells) == 0 && len(r.ByInstance) > 0 {
		t.first = *r
	}
	t.cells = append(t.cells, cells)
	return nil
}

// note keeps what is to be printed about a failing run: of those that are the same run,
// once.
func (t *tableSink) note(r *Row) {
	for i := range t.told {
		if f := &t.told[i]; f.digest == r.Digest && r.Again != "" {
			if t.spoken++; len(f.same) < maxSame {
				f.same = append(f.same, number(r.Seed))
			} else {
				f.more++
			}
			return
		}
	}
	if len(t.told) < maxTold {
		t.lemma = t.lemma || r.Violation != nil && r.Violation.Grade == sim.Lemma
		t.told = append(t.told, told{sentence: Sentence(r), again: r.Again, stuck: r.Stuck, digest: r.Digest})
		t.spoken++
	}
}

func (t *tableSink) Close(m *Summary) error {
	var b bytes.Buffer
	if len(t.cells) > 0 {
		t.draw(&b)
	}
	if len(t.cells) == 1 && len(t.first.ByInstance) > 0 {
		t.drawInstances(&b, &t.first)
	}
	if t.page.Runs > MaxRows {
		t.leftOut(&b)
	}
	t.tell(&b)
	if t.page.Summary {
		t.summary(&b, m)
	}
	_, err := t.w.Write(b.Bytes())
	return err
}

func (t *tableSink) draw(b *bytes.Buffer) {
	var columns []table.Column
	cells := make([][]string, len(t.cells))
	for i, c := range t.columns {
		if c.idle && t.nothing(i) {
			continue
		}
		columns = append(columns, c.Column)
		for j := range t.cells {
			cells[j] = append(cells[j], t.cells[j][i])
		}
	}
	if t.markdown {
		b.Write(table.Markdown(columns, cells))
	} else {
		b.Write(table.Fit(columns, cells, t.page.Width))
	}
	b.WriteByte('\n')
}

// nothing says whether no row has anything in a column.
func (t *tableSink) nothing(column int) bool {
	for _, row := range t.cells {
		if cell := row[column]; cell != "" && cell != "0" {
			return false
		}
	}
	return true
}

// leftOut says which rows a table of many runs does not show.
func (t *tableSink) leftOut(b *bytes.Buffer) {
	switch shown := uint64(len(t.cells)); {
	case t.failed == 0:
		terminal.Fprintf(b, "More than %s runs: only failing ones have a row, and none failed.\n\n", say.Count(MaxRows))
	case t.failed > shown:
		terminal.Fprintf(b, "More than %s runs: only failing ones have a row, and of these the first %s of %s.\n\n", say.Count(MaxRows), say.Count(shown), say.Count(t.failed))
	default:
		terminal.Fprintf(b, "More than %s runs: only failing ones have a row.\n\n", say.Count(MaxRows))
	}
}

// tell prints the sentence of each failing run and how to see it again.
func (t *tableSink) tell(b *bytes.Buffer) {
	for _, f := range t.told {
		terminal.Fprintf(b, "%s\n", f.sentence)
		for _, line := range f.stuck {
			terminal.Fprintf(b, "    %s\n", line)
		}
		if f.again != "" {
			terminal.Fprintf(b, "    see it again: %s\n", t.code(f.again))
		}
		if len(f.same) > 0 {
			terminal.Fprintf(b, "    the very same run: seed %s", strings.Join(f.same, ", "))
			if f.more > 0 {
				terminal.Fprintf(b, " and %s more", say.Count(f.more))
			}
			b.WriteByte('\n')
		}
	}
	if t.lemma {
		b.WriteString(lemmaNote + "\n")
	}
	if t.failed > t.spoken {
		terminal.Fprintf(b, "... and %s: the same command with the seed of the row.\n", say.Plural(t.failed-t.spoken, "failing run"))
	}
	if len(t.told) > 0 && t.told[0].again != "" {
		b.WriteString("With --trace added, the command shows the run event by event.\n")
	}
	if len(t.told) > 0 {
		b.WriteByte('\n')
	}
}

func (t *tableSink) code(command string) string {
	switch {
	case !t.markdown:
		return command
	case strings.Contains(command, "`"):
		return "`` " + command + " ``"
	}
	return "`" + command + "`"
}

func (t *tableSink) summary(b *bytes.Buffer, m *Summary) {
	for _, line := range m.Lines() {
		if t.markdown {
			terminal.Fprintf(b, "- **%s** %s\n", line[0], strings.ReplaceAll(line[1], "|", `\|`))
		} else {
			terminal.Fprintf(b, "%-9s %s\n", line[0], line[1])
		}
	}
}
