package boards

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
)

// group is a row of the table: an actor, or several in the same state.
type group struct {
	name  string
	actor sim.ID // one of them
}

// groups is the rows. An actor is a row each; if there are many, those in the same state
// are one row, with the largest group last.
func (d *drawing) groups() []group {
	var list []group
	if len(d.board.Rows) <= mostRows {
		for i := range d.board.Rows {
			r := &d.board.Rows[i]
			list = append(list, group{d.rowName(r), r.Actor})
		}
		return list
	}
	alike := map[string][]sim.ID{}
	var order []string
	for i := range d.board.Rows {
		r := &d.board.Rows[i]
		look := bang(r.Wrong) + out(r)
		for _, c := range d.columns {
			look += "\x00" + d.cell(r.Actor, c)
		}
		if alike[look] == nil {
			order = append(order, look)
		}
		alike[look] = append(alike[look], r.Actor)
	}
	slices.SortStableFunc(order, func(a, b string) int { return len(alike[a]) - len(alike[b]) })
	for i, look := range order {
		ids := alike[look]
		if i == mostRows-1 && len(order) > mostRows {
			rest := 0
			for _, look := range order[i:] {
				rest += len(alike[look])
			}
			d.line("  … and %d more actors, in other states", rest)
			break
		}
		mark, _, _ := strings.Cut(look, "\x00")
		name := fmt.Sprintf("%d actors", len(ids))
		if len(ids) == 1 {
			name = fmt.Sprintf("actor %d", ids[0])
		}
		list = append(list, group{name + mark, ids[0]})
	}
	return list
}

// rowName is what the row of an actor is called.
func (d *drawing) rowName(r *board.Row) string {
	return fmt.Sprintf("actor %d%s%s", r.Actor, bang(r.Wrong), out(r))
}

// out marks whose votes do not count.
func out(r *board.Row) string {
	if r.Out {
		return " (out)"
	}
	return ""
}

// reports tells what was reported in each column that is shown.
func (d *drawing) reports() {
	var lines []string
	for _, c := range d.columns {
		if len(c.Reports) > 0 {
			lines = append(lines, d.round(c.Round)+": "+d.reported(c))
		}
	}
	d.list("reported", len(lines), func(i int) string { return lines[i] })
}

// reported is what was reported in a column, and by whom.
func (d *drawing) reported(c *board.Column) string {
	by := map[string][]sim.ID{}
	var order []string
	for i := range c.Reports {
		r := &c.Reports[i]
		text := "nothing"
		if r.Of != 0 {
			text = d.round(r.Of) + "=" + d.brief(r.Value)
		}
		if r.Wrong {
			text += "!"
		}
		if by[text] == nil {
			order = append(order, text)
		}
		by[text] = append(by[text], r.Actor)
	}
	var parts []string
	for _, text := range order {
		parts = append(parts, text+" by "+listed(by[text]))
	}
	return terminal.Text(strings.Join(parts, "; "))
}

// listed lists actors; of many, how many.
func listed(ids []sim.ID) string {
	if len(ids) > mostRows {
		return fmt.Sprintf("%d actors", len(ids))
	}
	var list []string
	for _, id := range ids {
		list = append(list, strconv.Itoa(int(id)))
	}
	return strings.Join(list, ", ")
}
