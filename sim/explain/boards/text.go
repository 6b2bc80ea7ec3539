package boards

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
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
	mostRows   = 12 // more are grouped: actors in the same state are one row
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
