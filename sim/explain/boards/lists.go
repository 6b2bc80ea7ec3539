package boards

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// What is written below the table. What was reported is in groups.go, with the rows that
// share a report.

// safe tells why, once for neighbours with the same reason.
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
