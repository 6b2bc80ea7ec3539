package diagram

import (
	"fmt"
	"io"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
)

// TextOptions say how a story is drawn for a terminal.
type TextOptions struct {
	Width int  // characters a line; 0: 80
	ASCII bool // use no other characters for the drawing; names and values stay as they are
}

// Bounds of the drawing, in characters.
const (
	usualWidth = 80
	leastWidth = 40
	widestGap  = 34 // between two columns
	leastGap   = 6  // what is narrower is a list
	narrow     = 20 // gaps in which few words have room
)

// signs are the characters of a drawing.
type signs struct {
	up, down, line, cross, from, event, right, left, self, stop, crash rune
}

var (
	unicodeSigns = signs{'│', '┊', '─', '┼', '●', '●', '▶', '◀', '↺', '✗', '✗'}
	asciiSigns   = signs{'|', ':', '-', '+', 'o', 'o', '>', '<', '@', 'x', 'x'}
)

// sheet draws a story: a column an actor, time runs down.
type sheet struct {
	*Story
	signs
	out    strings.Builder
	width  int
	number int   // width of the numbers
	x      []int // by column
	gap    int   // between two columns
	down   []bool
}

// Text draws the story for a terminal: an actor is a column, time runs down, an arrow is
// a message that arrives. Where there are too many actors for columns it is a list. The
// error is that of the writer.
func (t *Story) Text(w io.Writer, o TextOptions) error {
	d := &sheet{Story: t, signs: unicodeSigns, width: o.Width, number: 1, down: make([]bool, len(t.Actors))}
	if o.ASCII {
		d.signs = asciiSigns
	}
	if d.width == 0 {
		d.width = usualWidth
	}
	d.width = max(d.width, leastWidth)
	for _, r := range t.Rows {
		d.number = max(d.number, len(fmt.Sprint(r.Number)))
	}
	if d.columns() {
		d.head()
		for i := range t.Rows {
			d.row(&t.Rows[i])
		}
		if strings.Count(d.out.String(), "\n") > 30 {
			d.head()
		}
	} else {
		for i := range t.Rows {
			d.listed(&t.Rows[i])
		}
	}
	d.foot()
	_, err := io.WriteString(w, d.out.String())
	return err
}

// gutter is the room of the numbers.
func (d *sheet) gutter() int { return d.number + 4 }

// columns gives each actor its place, and says whether there is room for all.
func (d *sheet) columns() bool {
	n := len(d.Actors)
	first := d.gutter()
	last := max(14, 26-3*(n-1)) // right of the last
	d.gap = widestGap
	if n > 1 {
		d.gap = min((d.width-first-last)/(n-1), d.wanted())
	}
	for i := range d.Actors {
		d.x = append(d.x, first+i*d.gap)
	}
	return n > 0 && d.gap >= leastGap
}

// wanted is how far apart the columns are if there is room enough.
func (d *sheet) wanted() int {
	wanted := len("actor 99") + 2
	for _, r := range d.Rows {
		if r.From != 0 {
			wanted = max(wanted, width(short(r.Says))+5)
		}
		wanted = max(wanted, width(d.does(&r))+4)
	}
	return min(wanted, widestGap)
}

// column is which column an actor has; -1: none.
func (d *sheet) column(id sim.ID) int {
	for i, a := range d.Actors {
		if a == id {
			return i
		}
	}
	return -1
}

// canvas is a line of the drawing.
type canvas []rune

// blank is a line in which nothing happens.
func (d *sheet) blank() canvas {
	c := canvas(strings.Repeat(" ", d.width))
	for i, x := range d.x {
		c[x] = d.up
		if d.down[i] {
			c[x] = d.signs.down
		}
	}
	return c
}

// put writes a text from a place on. A line that it would touch is left out.
func (c canvas) put(x int, text string) {
	r := []rune(text)
	copy(c[min(x, len(c)):], r)
	if end := x + len(r); end < len(c) {
		c[end] = ' '
	}
}

// label writes a text upon an arrow.
func (c canvas) label(x int, text string, line rune) {
	r := []rune(text)
	copy(c[x:], r)
	for _, side := range []int{x - 1, x + len(r)} {
		if c[side] == '┼' || c[side] == '+' {
			c[side] = line
		}
	}
}

// print ends a line.
func (d *sheet) print(c canvas) {
	terminal.Fprintf(&d.out, "%s\n", terminal.Lines(strings.TrimRight(string(c), " ")))
}

// head names the columns.
func (d *sheet) head() {
	c := canvas(strings.Repeat(" ", d.width))
	for i, id := range d.Actors {
		name := fmt.Sprintf("actor %d", id)
		if width(name)+2 > d.gap {
			name = fmt.Sprint(id)
		}
		c.put(max(0, d.x[i]-width(name)/2), name)
	}
	d.print(c)
}

// mark writes the number of a row.
func (d *sheet) mark(c canvas, r *Row) {
	if r.Number == 0 {
		return
	}
	if r.Number == d.Decisive {
		c[0] = '*'
	}
	c.put(2, fmt.Sprintf("%*d", d.number, r.Number))
}

// row draws an event: an arrow or a point, and beside it what the actor does.
func (d *sheet) row(r *Row) {
	at := d.column(r.Actor)
	if at < 0 {
		d.across(r)
		return
	}
	c := d.blank()
	d.mark(c, r)
	x := d.x[at]
	text, rest := d.does(r), ""
	switch r.From {
	case 0:
		if r.Number != 0 || len(r.Does) > 0 {
			c[x] = d.event
		}
		text = because(r.Says, text)
	case r.Actor:
		c[x] = d.self
		text = because(r.Says, text)
	default:
		rest = d.arrow(c, d.x[d.column(r.From)], x, r)
		if r.From > r.Actor {
			d.print(c)
			c = nil
		}
	}
	lines := d.beside(at, because(rest, text))
	if rest != "" && len(lines) > 1 {
		lines = append(d.beside(at, rest), d.beside(at, text)...)
	}
	if c != nil && len(lines) == 0 {
		d.print(c)
	}
	for _, line := range lines {
		if c == nil {
			c = d.blank()
		}
		c.put(x+2, line)
		d.print(c)
		c = nil
	}
	d.down[at] = r.Down
}

// arrow draws a message from one column to another, and returns what of it has no room.
func (d *sheet) arrow(c canvas, from, to int, r *Row) (rest string) {
	a, b, head := from, to, d.right
	if from > to {
		a, b, head = to, from, d.left
	}
	for x := a + 1; x < b; x++ {
		c[x] = d.line
	}
	for _, x := range d.x {
		if x > a && x < b {
			c[x] = d.cross
		}
	}
	if r.Stopped != "" {
		head = d.stop
	}
	c[from], c[to] = d.from, head
	label, rest := fitting(r.Says, b-a-2)
	lo, hi := a+1, b // beside the sender, or over all
	if width(label) < d.gap-1 {
		if from < to {
			hi = a + d.gap
		} else {
			lo = b - d.gap + 1
		}
	}
	odd := 0 // what cannot be halved is where the line must be seen
	if single := b-a == d.gap; single == (from > to) {
		odd = 1
	}
	c.label(lo+(hi-lo-width(label)+odd)/2, label, d.line)
	return rest
}

// across draws what concerns all.
func (d *sheet) across(r *Row) {
	for i, line := range wrapped(because(r.Says, d.does(r)), d.width-d.gutter()-6) {
		c := canvas(strings.Repeat(" ", d.width))
		for x := d.gutter(); x < d.width; x++ {
			c[x] = d.line
		}
		if i == 0 {
			d.mark(c, r)
		}
		c.label(d.gutter()+2, " "+line+" ", d.line)
		d.print(c)
	}
}

// does is what an actor does in a row.
func (d *sheet) does(r *Row) string {
	text := ""
	if r.Stopped != "" {
		text = "(" + r.Stopped + ")"
	}
	for _, x := range r.Does {
		word := x.Text
		if width(word)+2 <= d.gap-3 {
			word = strings.ReplaceAll(word, " ", noBreak)
		}
		if x.Class == Bad && d.crash != 'x' {
			word += noBreak + string(d.crash)
		}
		text = joined(text, word)
	}
	return text
}

// beside breaks a text into the lines beside a column: within the room of the column if
// that makes two of them at most, else over the columns behind it. Where columns are
// narrow, one line over several of them is better than two.
func (d *sheet) beside(at int, text string) []string {
	if text == "" {
		return nil
	}
	room := d.width - d.x[at] - 2
	longest := 0
	for word := range strings.SplitSeq(text, " ") {
		longest = max(longest, width(word))
	}
	if over := min(3*d.gap-3, room); d.gap < narrow && width(text) <= over {
		return wrapped(text, over)
	}
	for wide := d.gap - 3; wide < room; wide += d.gap {
		if lines := wrapped(text, wide); len(lines) <= 2 && longest <= wide {
			return lines
		}
	}
	return wrapped(text, room)
}

// listed draws a row without columns.
func (d *sheet) listed(r *Row) {
	who := ""
	switch {
	case r.From != 0:
		wide := len(fmt.Sprint(d.Actors[len(d.Actors)-1]))
		who = fmt.Sprintf("%*d %c%c %-*d  ", wide, r.From, d.line, d.right, wide, r.Actor)
	case r.Actor != 0:
		who = fmt.Sprintf("actor %d: ", r.Actor)
	}
	for i, line := range wrapped(because(r.Says, d.does(r)), d.width-d.gutter()-width(who)) {
		c := canvas(strings.Repeat(" ", d.width))
		if i == 0 {
			d.mark(c, r)
			c.put(d.gutter(), who)
		}
		c.put(d.gutter()+width(who), line)
		d.print(c)
	}
}
