package boards

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/shown"
)

// Options say what of a board is written.
type Options struct {
	Scenario *sim.Scenario
	Names    sim.Names
	Width    int       // in characters; 0: 80
	Upto     sim.Round // the last column; 0: the last there is
	Legend   *board.Legend
}

const (
	usualWidth = 80
	mostRows   = 12 // more are grouped: actors that stand the same are one row
	mostLines  = 10 // of what is listed below the table
	longest    = 12 // a value's name in a cell
)

// Text is a board for a terminal: the table, and below it what was reported, why values
// are safe, and what is wrong. Where it is too wide it ends with the column that is asked
// for, and says how many come before.
func Text(b *board.Board, o Options) string {
	d := drawing{board: b, o: o, rounds: o.Scenario.Protocol.Rounds()}
	if d.o.Width == 0 {
		d.o.Width = usualWidth
	}
	d.choose()
	d.table()
	d.reports()
	d.safe()
	d.wrongs()
	d.left()
	d.legend()
	return d.out.String()
}

// drawing is a text under way.
type drawing struct {
	board  *board.Board
	o      Options
	rounds shown.Rounds
	out    strings.Builder

	label          int             // how wide the names of rows are
	columns        []*board.Column // those that are shown
	widths         []int
	folded         []*board.Column
	earlier, later int // columns that are not shown
}

func (d *drawing) line(format string, args ...any) {
	d.out.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

func (d *drawing) round(r sim.Round) string { return terminal.Text(d.rounds.Text(r)) }

func (d *drawing) value(v sim.Value) string { return terminal.Text(d.o.Names.ValueName(v)) }

// brief is the name of a value in a cell.
func (d *drawing) brief(v sim.Value) string {
	text := d.value(v)
	if utf8.RuneCountInString(text) > longest {
		text = string([]rune(text)[:longest-1]) + "…"
	}
	return text
}

// least is how wide the names of rows are at least, and what begins before them.
const least = 14

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

// safe tells why, once for neighbours of which the same holds.
func (d *drawing) safe() {
	var lines []string
	for from, to := 0, 0; from < len(d.columns); from = to {
		c := d.columns[from]
		for to = from; to < len(d.columns) && d.columns[to].Safe == c.Safe; {
			to++
		}
		where := d.round(c.Round)
		if to > from+1 {
			where += " to " + d.round(d.columns[to-1].Round)
		}
		what := "any value"
		switch c.Safe.Is {
		case board.None:
			what = "none"
		case board.Only:
			what = d.value(c.Safe.Value)
		}
		if c.Safe.Why != "" {
			what += "; " + terminal.Text(c.Safe.Why)
		}
		lines = append(lines, where+": "+what)
	}
	d.list("why safe", len(lines), func(i int) string { return lines[i] })
}

// wrongs lists what must not be.
func (d *drawing) wrongs() {
	list := d.board.Wrongs
	d.list("wrong", len(list), func(i int) string {
		w := &list[i]
		text := fmt.Sprintf("event %d", w.Event)
		if w.Round != 0 {
			text += ", " + d.round(w.Round)
		}
		if w.Actor != 0 {
			text += fmt.Sprintf(", actor %d", w.Actor)
		}
		return text + ": " + terminal.Text(w.Text)
	})
}

// list writes lines below a title; of very many the last, and how many there are.
func (d *drawing) list(title string, n int, line func(i int) string) {
	if n == 0 {
		return
	}
	d.line("  %s", title)
	if n > mostLines {
		d.line("    … %d earlier", n-mostLines)
	}
	for i := max(0, n-mostLines); i < n; i++ {
		d.wrap("    ", line(i))
	}
}

// wrap writes a text in lines that fit.
func (d *drawing) wrap(indent, text string) {
	line := indent
	for _, word := range strings.Fields(text) {
		if utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > d.o.Width && strings.TrimSpace(line) != "" {
			d.line("%s", line)
			line = indent + "  "
		}
		if strings.TrimSpace(line) != "" {
			line += " "
		}
		line += word
	}
	d.line("%s", line)
}

// left tells what the table leaves out.
func (d *drawing) left() {
	name := terminal.Text(d.rounds.Name)
	if n := len(d.folded); n > 0 {
		which := d.round(d.folded[0].Round)
		if n > 1 {
			which += " to " + d.round(d.folded[n-1].Round)
		}
		d.wrap("  ", fmt.Sprintf("%s left out, %s: nothing was proposed, and nothing can be chosen there", say.Plural(uint64(n), name), which))
	}
	if d.earlier > 0 {
		d.wrap("  ", fmt.Sprintf("%s before %s do not fit", say.Plural(uint64(d.earlier), name), d.round(d.columns[0].Round)))
	}
	if d.later > 0 {
		d.wrap("  ", fmt.Sprintf("%s after %s", say.Plural(uint64(d.later), "more "+name), d.round(d.o.Upto)))
	}
}

// legend tells what the signs mean.
func (d *drawing) legend() {
	l := d.o.Legend
	if l == nil {
		return
	}
	d.line("")
	for _, x := range [][2]string{
		{"x", l.Voted}, {"open", l.Open}, {"past", l.Past}, {"*x", "x is chosen: a quorum has voted for it"},
		{"choosable", l.Choosable}, {"safe", l.Safe}, {"reported", l.Reported},
		{"[x]", "x must not be there: see what is wrong"}, {"!", "something else is wrong there"},
	} {
		if x[1] != "" {
			d.line("  %-*s%s", least-2, x[0], terminal.Text(x[1]))
		}
	}
}
