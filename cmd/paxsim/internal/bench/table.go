package bench

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/table"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/zoo"
)

// Table is a bench and what has been measured of it.
type Table struct {
	*Bench
	Rows  Rows
	Width int // of a table for people, in columns of a terminal; 0: as wide as it is
}

// line is a mutant in the table of an oracle.
type line struct {
	zoo.Mutant
	of map[string]Stats // by strategy: those that are chosen, and the one to compare with
}

func (t *Table) lines(oracle string) (list []line) {
	for _, m := range t.Mutants(oracle) {
		l := line{m, map[string]Stats{}}
		for _, s := range append(t.Strategies(), t.Against) {
			l.of[s] = t.stats(t.Rows, Cell{oracle, m.Name, s})
		}
		list = append(list, l)
	}
	return list
}

// titles are the oracles in words.
var titles = map[string]string{
	Earliest:  "The earliest invariant that breaks",
	Agreement: "Agreement alone",
}

// Text writes the table, a part an oracle, for a terminal or for a page. With cpu
// it has the time of the processor besides.
func (t *Table) Text(w io.Writer, markdown, cpu bool) error {
	var b strings.Builder
	head, draw := "", func(columns []table.Column, rows [][]string) []byte { return table.Fit(columns, rows, t.Width) }
	if markdown {
		head, draw = "## ", table.Markdown
	}
	for _, o := range t.Oracles() {
		lines := t.lines(o)
		terminal.Fprintf(&b, "%s%s: runs to the first find, median [its 95%% interval]\n\n", head, titles[o])
		b.Write(draw(t.runs(lines)))
		terminal.Fprintf(&b, "\n%s\n", terminal.Lines(t.summary(lines, markdown)))
		if cpu {
			terminal.Fprintf(&b, "%s%s: milliseconds of one core to the first find, median [its 95%% interval]\n\n", head, titles[o])
			b.Write(draw(t.times(lines)))
			b.WriteString("\n")
		}
	}
	b.WriteString(t.foot(markdown))
	_, err := io.WriteString(w, b.String())
	return err
}

// runs is the table of runs.
func (t *Table) runs(lines []line) (columns []table.Column, rows [][]string) {
	columns = []table.Column{{Name: "mutant"}}
	for i, s := range t.Strategies() {
		columns = append(columns, table.Column{Name: s, Right: true, Drop: 2 + i})
	}
	columns = append(columns, table.Column{Name: "best against " + t.Against, Drop: 1})
	for _, l := range lines {
		row := []string{l.name()}
		for _, s := range t.Strategies() {
			row = append(row, t.cell(l.of[s], l.of[s].Runs, say.Count))
		}
		text := "-"
		if s := best(t.Bench, l.of); s != "" {
			text = s + " " + ratio(l.of[t.Against], l.of[s]).String()
		}
		rows = append(rows, append(row, text))
	}
	return columns, rows
}

// times is the table of CPU time.
func (t *Table) times(lines []line) (columns []table.Column, rows [][]string) {
	columns = []table.Column{{Name: "mutant"}}
	for _, s := range t.Strategies() {
		columns = append(columns, table.Column{Name: s, Right: true})
	}
	for _, l := range lines {
		row := []string{l.name()}
		for _, s := range t.Strategies() {
			row = append(row, t.cell(l.of[s], l.of[s].CPU, millis))
		}
		rows = append(rows, row)
	}
	return columns, rows
}

func (l *line) name() string {
	if len(l.Aliases) == 0 {
		return l.Name
	}
	return fmt.Sprintf("%s (%s)", l.Name, l.Aliases[0])
}

// millis is a time in ns, in ms.
func millis(ns uint64) string {
	if ms := ns / 1_000_000; ms >= 10 {
		return say.Count(ms)
	}
	return fmt.Sprintf("%d.%d", ns/1_000_000, ns/100_000%10)
}

// cell is "1,166 [820, 1,540]"; a value that was not reached is "> 500,000".
func (t *Table) cell(c Stats, s Spread, one func(uint64) string) string {
	if c.Done == 0 {
		return "-"
	}
	text := s.P50.text(one)
	if s.Known {
		text += fmt.Sprintf(" [%s, %s]", s.Low.text(one), s.High.text(one))
	}
	if c.Done < c.Wanted {
		text += fmt.Sprintf(" (%d of %d)", c.Done, c.Wanted)
	}
	return text
}

func (a Amount) text(one func(uint64) string) string {
	if a.Censored {
		return "> " + one(a.N)
	}
	return one(a.N)
}

// summary says who found how many.
func (t *Table) summary(lines []line, markdown bool) string {
	var b strings.Builder
	item := func(name, text string) { b.WriteString(listed(markdown, name, text)) }
	var parts, never []string
	for _, s := range t.Strategies() {
		most, once := 0, 0
		for _, l := range lines {
			c := l.of[s]
			most += b2i(c.Done > 0 && !c.Runs.P50.Censored)
			once += b2i(c.Found > 0)
		}
		part := fmt.Sprintf("%s %d", s, most)
		if once > most {
			part += fmt.Sprintf(" (%d at least once)", once)
		}
		parts = append(parts, part)
	}
	item("found", fmt.Sprintf("in at least half of the repetitions, of %s: %s", say.Plural(uint64(len(lines)), "mutant"), strings.Join(parts, ", ")))
	for _, l := range lines {
		found := uint64(0)
		for _, s := range t.Strategies() {
			found += l.of[s].Found
		}
		if found == 0 {
			never = append(never, l.Name)
		}
	}
	if len(never) > 0 {
		item("never", strings.Join(never, ", "))
	}
	return b.String()
}

// listed is a line of text under a table.
func listed(markdown bool, name, text string) string {
	if markdown {
		return terminal.Sprintf("- **%s** %s\n", name, text)
	}
	return terminal.Sprintf("%-12s%s\n", name, text)
}

// foot says what the whole is of.
func (t *Table) foot(markdown bool) string {
	var b strings.Builder
	item := func(name, text string) { b.WriteString(listed(markdown, name, text)) }
	repetitions := say.Plural(t.Most, "repetition")
	if t.Least < t.Most {
		repetitions = fmt.Sprintf("%s to %s, as many as fit into %s,", say.Count(t.Least), repetitions, say.Plural(t.CellRuns, "run"))
	}
	text := fmt.Sprintf("%s: %s of at most %s", t.Hash, repetitions, say.Plural(t.Runs, "run"))
	if len(t.Hard) > 0 {
		text += fmt.Sprintf("; %s of %s", say.Count(t.HardRuns), strings.Join(t.Hard, ", "))
	}
	item("settings", text)
	jobs := t.Jobs(t.Rows)
	done := 0
	for _, j := range jobs {
		if _, ok := t.Rows[j]; ok {
			done++
		}
	}
	text = fmt.Sprintf("%s of %s", say.Count(uint64(done)), say.Count(uint64(len(jobs))))
	if done < len(jobs) {
		text += ": the bench is not complete"
	}
	item("rows", text)
	if t.Restricted() {
		item("restricted", t.restriction())
	}
	item("read", fmt.Sprintf("\"> n\": not found in n runs. The median is the least number that half of the repetitions do not exceed. A repetition that found nothing needs more than all that did. In brackets is the median of all repetitions that there could be, with 95%% confidence, whatever their distribution. × is the median of %s by that of the strategy, with 90%% confidence in the brackets, and \"≥\" if %s found nothing in most repetitions", t.Against, t.Against))
	return b.String()
}

func (t *Table) restriction() string {
	var parts []string
	add := func(what string, list []string) {
		if list != nil {
			parts = append(parts, what+" "+strings.Join(list, ", "))
		}
	}
	add("oracles", t.Choice.Oracles)
	add("mutants", t.Choice.Mutants)
	add("strategies", t.Choice.Strategies)
	if n := t.Repetitions(); n < t.Most {
		parts = append(parts, "repetitions "+say.Count(n))
	}
	return "to " + strings.Join(parts, "; ")
}

// CSVColumns are the names of the columns of CSV.
var CSVColumns = []string{
	"settings", "oracle", "mutant", "alias", "strategy", "repetitions", "done", "found", "limit",
	"runs_p10", "runs_p50", "runs_p90", "wall_cpu_us_p10", "wall_cpu_us_p50", "wall_cpu_us_p90",
	"p10_censored", "p50_censored", "p90_censored", "ratio", "ratio_is",
	"runs_low", "runs_high", "low_censored", "high_censored", "ratio_low", "ratio_high",
}

// CSV writes a line a cell. A percentile of runs that is censored is how many were
// made; so is one of time.
func (t *Table) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.Write(CSVColumns)
	n := func(v uint64) string { return strconv.FormatUint(v, 10) }
	for _, o := range t.Oracles() {
		for _, l := range t.lines(o) {
			for _, s := range t.Strategies() {
				c := l.of[s]
				row := []string{t.Hash, o, l.Name, strings.Join(l.Aliases, " "), s, n(c.Wanted), n(c.Done), n(c.Found), n(t.Limit(l.Name))}
				for _, a := range [...]Amount{c.Runs.P10, c.Runs.P50, c.Runs.P90} {
					row = append(row, orNone(c, n(a.N)))
				}
				for _, a := range [...]Amount{c.CPU.P10, c.CPU.P50, c.CPU.P90} {
					row = append(row, orNone(c, n(a.N/1000)))
				}
				for _, a := range [...]Amount{c.Runs.P10, c.Runs.P50, c.Runs.P90} {
					row = append(row, orNone(c, strconv.FormatBool(a.Censored)))
				}
				r := ratio(l.of[t.Against], c)
				is := map[string]string{"": "=", "≥": ">=", "≤": "<="}[r.Bound]
				if r.None {
					row = append(row, "", "")
				} else {
					row = append(row, decimal(r.Hundredths), is)
				}
				row = append(row, known(c.Runs.Known, n(c.Runs.Low.N), n(c.Runs.High.N), strconv.FormatBool(c.Runs.Low.Censored), strconv.FormatBool(c.Runs.High.Censored))...)
				row = append(row, known(r.Known, decimal(r.Low), decimal(r.High))...)
				out.Write(row)
			}
		}
	}
	out.Flush()
	return out.Error()
}

// decimal is hundredths as a number.
func decimal(h uint64) string { return fmt.Sprintf("%d.%02d", h/100, h%100) }

// known is values, or as many times nothing if they are not known.
func known(is bool, values ...string) []string {
	if !is {
		clear(values)
	}
	return values
}

// orNone is a value of a cell, or nothing if it has no rows.
func orNone(c Stats, text string) string {
	if c.Done == 0 {
		return ""
	}
	return text
}
