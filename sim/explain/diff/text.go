package diff

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/trace"
)

// maxLines is how many lines of a scenario are shown that the other has not.
const maxLines = 8

// column is how wide the text of one run is, side by side.
const column = 58

// Print tells a result to people.
func (r *Result) Print(out io.Writer, a, b *Side) error { return r.PrintFit(out, a, b, 0) }

// PrintFit tells a result to people whose terminal has so many columns. Where the
// events of the runs do not fit side by side, those of B come below those of A. 0: as
// wide as it is.
func (r *Result) PrintFit(out io.Writer, a, b *Side, room int) error {
	var w strings.Builder
	terminal.Fprintf(&w, "A  %s\nB  %s\n\n", a.Name, b.Name)
	switch {
	case r.Same:
		terminal.Fprintf(&w, "the same run: %s\n", say.Plural(r.Common, "event"))
	case len(r.A) == 0 && len(r.B) == 0:
		terminal.Fprintf(&w, "the same %s as far as they are described, and yet the digests differ\n", say.Plural(r.Common, "event"))
	default:
		r.printDifference(&w, a, b, room)
	}
	w.WriteByte('\n')
	names, cellsA := r.FiguresA.list()
	namesB, cellsB := r.FiguresB.list()
	rows := [][3]string{{"figure", "A", "B"}}
	for i, name := range names {
		cell := ""
		if j := slices.Index(namesB, name); j >= 0 {
			cell = cellsB[j]
		}
		if cellsA[i] != cell || name == "outcome" || name == "digest" || name == "events" || name == "sent" {
			rows = append(rows, [3]string{name, cellsA[i], cell})
		}
	}
	printFigures(&w, rows)
	_, err := io.WriteString(out, w.String())
	return err
}

// printFigures prints a table. The first row is the head.
func printFigures(w *strings.Builder, rows [][3]string) {
	var widths [3]int
	for _, row := range rows {
		for k, cell := range row {
			widths[k] = max(widths[k], len([]rune(terminal.Text(cell))))
		}
	}
	for i, row := range rows {
		line := ""
		for k, cell := range row {
			cell = terminal.Text(cell)
			line += cell + strings.Repeat(" ", widths[k]+2-len([]rune(cell)))
		}
		w.WriteString(strings.TrimRight(line, " ") + "\n")
		if i == 0 {
			w.WriteString(strings.Repeat("-", widths[0]+widths[1]+widths[2]+6) + "\n")
		}
	}
}

// printDifference tells the last events that are the same, the first that are
// not, and why.
func (r *Result) printDifference(w *strings.Builder, a, b *Side, room int) {
	if r.Common > 0 {
		terminal.Fprintf(w, "the same for %s; the last of them:\n", say.Plural(r.Common, "event"))
		for _, e := range r.Last {
			for _, l := range e.lines() {
				terminal.Fprintf(w, "  %s\n", l)
			}
		}
	}
	w.WriteString("from here on they differ:\n")
	if !r.printBeside(w, room) {
		r.printBelow(w, room)
	}
	r.printCause(w, a, b)
}

// printBeside prints the events in which the runs differ side by side, if there is
// room.
func (r *Result) printBeside(w *strings.Builder, room int) bool {
	left, right := []string{"A"}, []string{"B"}
	for i := range max(len(r.A), len(r.B)) {
		if i > 0 || len(r.A) == 0 || len(r.B) == 0 { // events side by side begin side by side
			for len(left) < len(right) && i < len(r.A) {
				left = append(left, "")
			}
			for len(right) < len(left) && i < len(r.B) {
				right = append(right, "")
			}
		}
		left = append(left, r.side(r.A, i, column)...)
		right = append(right, r.side(r.B, i, column)...)
	}
	width, wide := 0, 0
	for _, l := range left {
		width = max(width, len([]rune(l)))
	}
	for _, l := range right {
		wide = max(wide, len([]rune(l)))
	}
	if room > 0 && len("  ")+width+len(" | ")+wide > room {
		return false
	}
	for i := range max(len(left), len(right)) {
		var l, x string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			x = right[i]
		}
		line := "  " + l + strings.Repeat(" ", width-len([]rune(l))) + " | " + x
		w.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return true
}

// printBelow prints them below each other.
func (r *Result) printBelow(w *strings.Builder, room int) {
	for _, x := range [...]struct {
		name   string
		events []Event
	}{{"A", r.A}, {"B", r.B}} {
		w.WriteString("  " + x.name + "\n")
		for i := range len(x.events) + 1 {
			if i == len(x.events) && i >= max(len(r.A), len(r.B)) {
				break // it goes on
			}
			for _, l := range r.side(x.events, i, max(room-2, 40)) {
				w.WriteString("  " + l + "\n")
			}
		}
	}
}

// side is the i-th event of a run after it differs, in the lines of a column of so
// many characters.
func (r *Result) side(events []Event, i, most int) (lines []string) {
	if i >= len(events) {
		if i == len(events) {
			return []string{"the run is over"}
		}
		return nil
	}
	for _, l := range events[i].lines() {
		lines = append(lines, wrap(l, most)...)
	}
	return lines
}

func (r *Result) printCause(w *strings.Builder, a, b *Side) {
	when := func(c *Choice) string {
		if c.Event == 0 {
			return "before the first event"
		}
		return fmt.Sprintf("during event %d", c.Event)
	}
	switch c := r.Cause; {
	case c != nil:
		terminal.Fprintf(w, "caused by the choice %s, %s: A answers %d, B %d\n", c.Text, when(c), c.A, c.B)
		if f := r.First; f != nil {
			terminal.Fprintf(w, "the first that is answered differently is %s, %s: A %d, B %d\n", f.Text, when(f), f.A, f.B)
		}
		if r.Others > 1 {
			terminal.Fprintf(w, "up to there %s\n", atLeast(r.Others))
		}
	case r.EditA != "" || r.EditB != "":
		for _, x := range [...]struct{ name, edit string }{{"A", r.EditA}, {"B", r.EditB}} {
			if x.edit != "" {
				terminal.Fprintf(w, "caused by what is done in %s by hand, %s\n", x.name, x.edit)
			}
		}
	case !a.Played || !b.Played:
		w.WriteString("a trace holds no choices: which one caused it is not known\n")
	case a.World == b.World:
		w.WriteString("no choice up to there is answered differently: another event is next\n")
	default:
		w.WriteString("no choice up to there is answered differently: the scenarios differ\n")
	}
	if len(r.OnlyA) > 0 || len(r.OnlyB) > 0 {
		tellLines(w, "A", r.OnlyA)
		tellLines(w, "B", r.OnlyB)
	}
}

func atLeast(n int) string {
	if n >= maxOther {
		return fmt.Sprintf("%s choices or more are answered differently", say.Count(maxOther))
	}
	return fmt.Sprintf("%s choices are answered differently", say.Count(uint64(n)))
}

// tellLines tells what the scenario of one run says, and the other's does not.
func tellLines(w *strings.Builder, who string, lines []string) {
	for i, l := range lines {
		if i == maxLines {
			terminal.Fprintf(w, "  … and %s\n", say.Plural(uint64(len(lines)-i), "more line"))
			return
		}
		terminal.Fprintf(w, "only the scenario of %s says: %s\n", who, strings.TrimSpace(l))
	}
}

// lines is an event for people.
func (e *Event) lines() (out []string) {
	for i, l := range e.Lines {
		if i > 0 {
			out = append(out, strings.Repeat(" ", 18)+l)
			continue
		}
		if e.Actor != 0 {
			l = fmt.Sprintf("actor %d: %s", e.Actor, l)
		}
		out = append(out, fmt.Sprintf("%5d  %6s ms  %s", e.Number, millis(e.Micros), l))
	}
	return out
}

// wrap breaks a line that is longer than so many characters between words.
func wrap(line string, most int) (out []string) {
	for len([]rune(line)) > most {
		at := strings.LastIndex(string([]rune(line)[:most]), " ")
		if at < 24 {
			at = len(string([]rune(line)[:most]))
		}
		out = append(out, line[:at])
		line = strings.Repeat(" ", 20) + strings.TrimLeft(line[at:], " ")
	}
	return append(out, line)
}

// jsonChoice is a choice for programs.
type jsonChoice struct {
	Choice string `json:"choice"`
	Event  uint64 `json:"event"`
	A      uint32 `json:"a"`
	B      uint32 `json:"b"`
}

type jsonEvent struct {
	Event  uint64   `json:"event"`
	TimeUS int64    `json:"time_us"`
	Actor  uint16   `json:"actor,omitempty"`
	Lines  []string `json:"lines"`
}

type jsonRun struct {
	Name       string          `json:"name"`
	Outcome    string          `json:"outcome"`
	Violation  string          `json:"violation,omitempty"`
	Grade      string          `json:"violation_grade,omitempty"`
	Value      string          `json:"value,omitempty"`
	Chosen     string          `json:"chosen,omitempty"`
	ChosenMS   json.RawMessage `json:"chosen_ms"`
	DecidedMS  json.RawMessage `json:"decided_ms"`
	LearnedMS  json.RawMessage `json:"learned_ms"`
	Learned    string          `json:"learned"`
	Sent       uint64          `json:"sent"`
	Delivered  uint64          `json:"delivered"`
	Dropped    uint64          `json:"dropped"`
	Duplicated uint64          `json:"duplicated"`
	Crashes    uint64          `json:"crashes"`
	Events     uint64          `json:"events"`
	Digest     string          `json:"digest"`
	Differs    *jsonEvent      `json:"differs"`
	Edit       string          `json:"edit,omitempty"`
	Scenario   []string        `json:"scenario_only"`
}

// JSON tells a result to programs, on one line.
func (r *Result) JSON(out io.Writer, a, b *Side) error {
	choice := func(c *Choice) *jsonChoice {
		if c == nil {
			return nil
		}
		return &jsonChoice{c.Text, c.Event, c.A, c.B}
	}
	run := func(s *Side, f *Figures, events []Event, only []string) jsonRun {
		time := func(us int64) json.RawMessage {
			if us < 0 {
				return json.RawMessage("null")
			}
			return json.RawMessage(millis(us))
		}
		x := jsonRun{
			Name: s.Name, Outcome: f.Outcome, Value: f.Value, Chosen: f.Chosen, ChosenMS: time(f.ChosenUS), DecidedMS: time(f.DecidedUS), LearnedMS: time(f.LearnedUS),
			Learned: fmt.Sprintf("%d/%d", f.Learned, f.Awaited),
			Sent:    f.Sent, Delivered: f.Delivered, Dropped: f.Dropped, Duplicated: f.Duplicated, Crashes: f.Crashes,
			Events: f.Events, Digest: trace.Hex(f.Digest), Scenario: append([]string{}, only...),
		}
		if f.Violation != nil {
			x.Violation, x.Grade = f.Violation.Invariant, f.Violation.Grade
		}
		if len(events) > 0 {
			e := &events[0]
			x.Differs = &jsonEvent{e.Number, e.Micros, uint16(e.Actor), e.Lines}
		}
		return x
	}
	runA, runB := run(a, &r.FiguresA, r.A, r.OnlyA), run(b, &r.FiguresB, r.B, r.OnlyB)
	runA.Edit, runB.Edit = r.EditA, r.EditB
	first := r.First
	if first == nil {
		first = r.Cause
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Same      bool        `json:"same"`
		Common    uint64      `json:"common_events"`
		Cause     *jsonChoice `json:"cause"`
		First     *jsonChoice `json:"first_choice"`
		Otherwise int         `json:"choices_otherwise"`
		A         jsonRun     `json:"a"`
		B         jsonRun     `json:"b"`
	}{r.Same, r.Common, choice(r.Cause), choice(first), r.Others, runA, runB})
}
