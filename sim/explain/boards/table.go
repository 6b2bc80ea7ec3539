package boards

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
)

// The table: which columns fit, and its rows.

// choose finds the columns that fit.
func (d *drawing) choose() {
	var all []*board.Column
	for i := range d.board.Columns {
		c := &d.board.Columns[i]
		switch {
		case c.Folded() && c.Round != d.o.Upto:
			d.folded = append(d.folded, c)
		case d.o.Upto != 0 && c.Round > d.o.Upto:
			d.later++
		default:
			all = append(all, c)
		}
	}
	d.label = least
	for i := range d.board.Rows {
		if len(d.board.Rows) <= mostRows {
			d.label = max(d.label, len(d.rowName(&d.board.Rows[i]))+4)
		}
	}
	room := d.o.Width - d.label
	at := len(all)
	for at > 0 {
		width := d.width(all[at-1]) + 2
		if width > room && at < len(all) {
			break
		}
		room -= width
		at--
		d.widths = append(d.widths, width)
	}
	slices.Reverse(d.widths)
	d.columns, d.earlier = all[at:], at
}

// width is that of a column.
func (d *drawing) width(c *board.Column) int {
	wide := utf8.RuneCountInString(d.head(c))
	for _, text := range []string{d.proposed(c), d.chosen(c), d.choosable(c), d.safeIn(c), "open!"} {
		wide = max(wide, utf8.RuneCountInString(text))
	}
	for i := range c.Votes {
		wide = max(wide, utf8.RuneCountInString(d.cell(c.Votes[i].Actor, c)))
	}
	return wide
}

// table writes the table.
func (d *drawing) table() {
	if len(d.columns) == 0 {
		d.line("  no %s has begun", terminal.Text(d.rounds.Name))
		return
	}
	d.row(terminal.Text(d.rounds.Name), d.head)
	d.row("proposed", d.proposed)
	for _, g := range d.groups() {
		d.row(g.name, func(c *board.Column) string { return d.cell(g.actor, c) })
	}
	d.row("chosen", d.chosen)
	d.row("choosable", d.choosable)
	d.row("safe", d.safeIn)
}

// row writes a row.
func (d *drawing) row(name string, text func(c *board.Column) string) {
	line := pad("  "+name, d.label)
	for i, c := range d.columns {
		line += pad(text(c), d.widths[i])
	}
	d.line("%s", line)
}

// pad fills a text up to a width.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(width-utf8.RuneCountInString(text), 1))
}

func (d *drawing) head(c *board.Column) string { return d.round(c.Round) + bang(c.Wrong) }

func bang(wrong bool) string {
	if wrong {
		return "!"
	}
	return ""
}

// framed is a text in a frame, if it is wrong.
func framed(text string, wrong bool) string {
	if wrong {
		return "[" + text + "]"
	}
	return text
}

func (d *drawing) proposed(c *board.Column) string {
	var list []string
	for _, p := range c.Proposed {
		list = append(list, framed(d.brief(p.Value), p.Wrong))
	}
	return strings.Join(list, " ")
}

// cell is a cell: its votes, those that should not be there in a frame, and a mark if a
// report of the actor there is wrong.
func (d *drawing) cell(id sim.ID, c *board.Column) string {
	how, votes := d.board.Cell(id, c)
	text := "open"
	switch how {
	case board.Past:
		text = "past"
	case board.Voted:
		var list []string
		for _, v := range votes {
			list = append(list, framed(d.brief(v.Value), v.Wrong))
		}
		text = strings.Join(list, " ")
	}
	r := c.ReportOf(id)
	return text + bang(r != nil && r.Wrong)
}

func (d *drawing) chosen(c *board.Column) string {
	var list []string
	for _, v := range c.Chosen {
		list = append(list, "*"+d.brief(v))
	}
	return strings.Join(list, " ")
}

func (d *drawing) choosable(c *board.Column) string {
	var list []string
	for _, v := range c.Choosable {
		if v == board.Any {
			list = append(list, "any")
			continue
		}
		list = append(list, d.brief(v))
	}
	if len(list) == 0 {
		return "-"
	}
	return strings.Join(list, " ")
}

func (d *drawing) safeIn(c *board.Column) string {
	switch c.Safe.Is {
	case board.Only:
		return d.brief(c.Safe.Value)
	case board.Anybody:
		return "any"
	}
	return "none"
}
