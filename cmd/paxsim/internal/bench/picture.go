package bench

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/plot"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// Picture is the heat map of an oracle: a cell a mutant and strategy, darker the
// more runs it takes. note is the command that makes it again.
func (t *Table) Picture(oracle, note string) *plot.Heat {
	lines := t.lines(oracle)
	h := &plot.Heat{XLabel: "strategy", YLabel: "mutant", Columns: t.Strategies()}
	h.Title = titles[oracle] + ": runs to the first find"
	h.Subtitle = fmt.Sprintf("medians of up to %s; below them, how many times as many %s needs", say.Plural(t.Repetitions(), "repetition"), t.Against)
	h.Note = note
	var known []*plot.Cell
	var values []int64
	hatched := false
	for i := len(lines) - 1; i >= 0; i-- { // the first row of a picture is the lowest
		l := lines[i]
		h.Rows = append(h.Rows, l.name())
		cells := make([]plot.Cell, len(h.Columns))
		for j, s := range h.Columns {
			c, st := &cells[j], l.of[s]
			c.Text, c.Shade = "-", -1
			c.Title = fmt.Sprintf("%s by %s: %s", l.name(), s, t.cell(st, st.Runs, say.Count))
			hatched = hatched || st.Done == 0 || st.Runs.P50.Censored
			if st.Done == 0 {
				continue
			}
			c.Text = st.Runs.P50.text(say.Count)
			if s != t.Against {
				if r := ratio(l.of[t.Against], st); !r.None {
					c.More = r.String()
				}
			}
			if !st.Runs.P50.Censored {
				known, values = append(known, c), append(values, int64(st.Runs.P50.N))
			}
		}
		h.Cells = append(h.Cells, cells)
	}
	if hatched {
		h.Subtitle += "; hatched: not found, or not measured"
	}
	for k, shade := range plot.Shades(values) {
		known[k].Shade = shade
	}
	h.Desc = strings.TrimSpace(t.summary(lines, false))
	return h
}
