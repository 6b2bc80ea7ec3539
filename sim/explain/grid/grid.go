// Package grid tells one run event by event: a line an event, a column an
// actor, time running downwards. Where there are too many actors for columns it
// tells the same as a list.
//
// A run is shown in two passes, since it can be played as often as one likes:
// the first measures the columns ([Grid.Measure]), the second prints
// ([Grid.Print]). So no run is too long to be shown.
package grid

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/trace"
)

// The bounds of the form with columns.
const (
	maxActors  = 12
	maxTotal   = 220 // characters a line
	goodTotal  = 132 // what lines are made to fit, if columns need not be narrower than
	minColumn  = 20  // this
	maxColumn  = 36  // a longer text is broken into lines
	headEvery  = 60  // lines after which the head is printed again
	columnText = "Time runs downwards; what is in an actor's column happens at that actor.\n"
	listText   = "Time runs downwards; what is indented happens during the event above it.\n"
	legendText = `  <2 BALL        a message from actor 2 arrives
  >2 BALL        a message leaves for actor 2; >all: for everybody
  saves          from here on it survives a crash of the actor
  CHOSEN         this vote completes a quorum: the value is chosen, though nobody knows yet
  DECIDES        the actor has learned what is chosen
  !              a fault of the world
`
)

// Grid shows one run of a scenario.
type Grid struct {
	scenario *sim.Scenario
	words    words
	from     uint64 // the first event that is shown

	room   int   // how wide lines may be; 0: as wide as they are
	widths []int // by actor; 0: of no actor
	most   int   // what a text may take of its column
	time   int   // width of the column for the time
	number int   // width of the column for the event's number

	out   *bufio.Writer
	lines int // since the head
}

// New is a grid for runs of a scenario, from an event on.
func New(s *sim.Scenario, from uint64) *Grid {
	g := &Grid{scenario: s, words: words{s}, from: from, widths: make([]int, s.Actors+1), time: len("time ms"), number: len("event")}
	g.most = min(max((goodTotal-20)/s.Actors-2, minColumn), maxColumn)
	for id := range g.widths {
		g.widths[id] = len(title(id))
	}
	return g
}

// Fit keeps a grid within so many columns of a terminal: where its own columns do not
// fit, it tells an actor a line. Lines of a list may be longer. It is called before
// the first pass; 0 changes nothing.
func (g *Grid) Fit(room int) {
	g.room = room
	if room > 0 && room < goodTotal {
		g.most = min(max((room-20)/g.scenario.Actors-2, minColumn), maxColumn)
	}
}

func title(id int) string { return fmt.Sprintf("actor %d", id) }

// Measure is called with every step of the run in the first pass.
func (g *Grid) Measure(s trace.Step) {
	if s.Event.Event < g.from {
		return
	}
	g.time = max(g.time, len(say.Millis(g.scenario, s.Event.At)))
	g.number = max(g.number, len(fmt.Sprint(s.Event.Event)))
	for _, c := range g.words.cells(s) {
		if c.actor != 0 {
			g.widths[c.actor] = min(max(g.widths[c.actor], width(c.text)), g.most)
		}
	}
}

// Begin starts the second pass: it prints what is above the first event.
func (g *Grid) Begin(w io.Writer) {
	g.out = bufio.NewWriter(w)
	if g.list() {
		g.out.WriteString(listText)
	} else {
		g.out.WriteString(columnText)
	}
	example := g.words.example()
	g.out.WriteString(strings.ReplaceAll(legendText, "BALL    ", fmt.Sprintf("%-8s", example)))
	g.lines = headEvery
}

// Print is called with every step of the run in the second pass.
func (g *Grid) Print(s trace.Step) {
	if s.Event.Event < g.from {
		return
	}
	if g.lines >= headEvery {
		g.head()
	}
	at, number := say.Millis(g.scenario, s.Event.At), fmt.Sprint(s.Event.Event)
	for _, c := range g.words.cells(s) {
		g.cell(at, number, c)
		at, number = "", ""
	}
}

// End ends the second pass.
func (g *Grid) End() error { return g.out.Flush() }

// list says whether the actors are too many, or their columns too wide.
func (g *Grid) list() bool {
	total := 0
	for _, w := range g.widths[1:] {
		total += 2 + w
	}
	return g.scenario.Actors > maxActors || total > maxTotal || g.room > 0 && g.time+2+g.number+total > g.room
}

func (g *Grid) head() {
	g.out.WriteByte('\n')
	g.lines = 0
	left := fmt.Sprintf("%*s  %*s", g.time, "time ms", g.number, "event")
	if g.list() {
		terminal.Fprintf(g.out, "%s  what happens\n", left)
		return
	}
	g.out.WriteString(left)
	for id := 1; id <= g.scenario.Actors; id++ {
		g.out.WriteString("  ")
		g.padded(title(id), g.widths[id], id == g.scenario.Actors)
	}
	g.out.WriteByte('\n')
}

// cell prints one thing that happened, in as many lines as it needs.
func (g *Grid) cell(at, number string, c cell) {
	if g.list() || c.actor == 0 {
		text := c.text
		if c.actor != 0 {
			text = title(int(c.actor)) + ": " + text
		}
		if c.during && g.list() {
			text = "    " + text
		}
		g.line(at, number, "", text)
		return
	}
	before := 0
	for id := 1; id < int(c.actor); id++ {
		before += g.widths[id] + 2
	}
	for _, part := range wrap(c.text, g.most) {
		g.line(at, number, strings.Repeat(" ", before), part)
		at, number = "", ""
	}
}

func (g *Grid) line(at, number, before, text string) {
	terminal.Fprintf(g.out, "%*s  %*s  %s%s\n", g.time, at, g.number, number, before, text)
	g.lines++
}

// padded prints a text and fills its column up, unless it is the last.
func (g *Grid) padded(text string, to int, last bool) {
	g.out.WriteString(text)
	if !last {
		g.out.WriteString(strings.Repeat(" ", max(0, to-width(text))))
	}
}

// width is how many characters a text has.
func width(text string) int { return len([]rune(text)) }

// wrap breaks a text into lines of at most so many characters, between words
// where it can. Lines after the first are indented.
func wrap(text string, most int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Split(text, " ") {
		switch {
		case line == "":
			line = word
		case width(line)+1+width(word) <= most:
			line += " " + word
		default:
			lines = append(lines, line)
			line = "  " + word
		}
	}
	return append(lines, line)
}
