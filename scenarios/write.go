package scenarios

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// item is a field as it is written.
type item struct {
	key   string // "": an entry of a list
	text  string // on the line of the key
	note  string // how it is computed
	doc   string
	calm  bool // it says what would be so without it
	block bool // its items have lines of their own, always
	items []item
}

// Text is the canonical text of a scenario: it reads back to an equal one. What
// has its default is left out. The scenario must be sound.
func Text(s *Scenario) string {
	var b strings.Builder
	for _, i := range items(s) {
		if i.calm {
			continue
		}
		flow := i.key + ": " + flowText(i.items)
		switch {
		case len(i.items) == 0:
			fmt.Fprintf(&b, "%s: %s\n", i.key, i.text)
		case !i.block && len(flow) <= 80:
			b.WriteString(flow + "\n")
		default:
			b.WriteString(i.key + ":\n")
			for _, sub := range i.items {
				if !sub.calm {
					b.WriteString(strings.Join(entryLines(sub), "\n") + "\n")
				}
			}
		}
	}
	return b.String()
}

// items are what there is to say of a scenario.
func items(s *Scenario) []item {
	if want := len(s.Protocol.Settings()); len(s.Settings) != want {
		filled := *s
		filled.Settings = make([]int64, want)
		for i, setting := range s.Protocol.Settings() {
			filled.Settings[i] = setting.Default
		}
		s = &filled
	}
	fields := table(s.Protocol)
	g := given{tick: s.Tick, actors: s.Actors, fields: abouts(fields)}
	list := []item{
		{key: formatKey, text: fmt.Sprint(Format), doc: "the format of this file"},
	}
	for _, f := range fields {
		list = append(list, f.item(g, s))
		if f.name == "tick" {
			list = append(list, item{key: protocolKey, text: s.Protocol.Name(), doc: "what the actors run"})
		}
	}
	return list
}

// entryText is an item inside another, on a line of its own.
func entryText(i item) string {
	if i.key == "" {
		return "  - " + i.text
	}
	return "  " + i.key + ": " + i.text
}

// entryLines is an item inside another: on a line of its own, or, if it holds items that
// are always on lines of their own, on several.
func entryLines(i item) []string {
	if !i.block || len(i.items) == 0 {
		return []string{entryText(i)}
	}
	lines := []string{"  " + i.key + ":"}
	for _, sub := range i.items {
		lines = append(lines, "  "+entryText(sub))
	}
	return lines
}

// flowText is a mapping on one line, without what is calm.
func flowText(items []item) string {
	var parts []string
	for _, i := range items {
		if !i.calm {
			parts = append(parts, i.key+": "+i.text)
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// record is an R on one line.
func record[R any](g given, fields []field[R], r *R) string {
	items := make([]item, len(fields))
	for i, f := range fields {
		items[i] = f.item(g, r)
	}
	return flowText(items)
}

// commented is a line and what is said beside it.
type commented struct{ text, comment string }

// widest is how long a line may be to have its comment in the one column.
const widest = 28

// sideBySide writes the comments of lines in one column, except those of lines that
// are too long for it. What is wider than so many columns goes on in the next line;
// 0: nothing does.
func sideBySide(lines []commented, columns int) string {
	width := 0
	for _, l := range lines {
		if n := utf8.RuneCountInString(l.text); n <= widest && l.comment != "" {
			width = max(width, n)
		}
	}
	var b strings.Builder
	for _, l := range lines {
		lead := strings.Repeat(" ", len(l.text)-len(strings.TrimLeft(l.text, " ")))
		first := "" // of the text
		if strings.HasPrefix(strings.TrimLeft(l.text, " "), "# ") {
			first = "# "
		}
		text := wrapped(l.text, lead+"    "+first, columns)
		b.WriteString(strings.Join(text, "\n"))
		if l.comment != "" {
			last := text[len(text)-1]
			pad := strings.Repeat(" ", max(width-utf8.RuneCountInString(last), 0))
			b.WriteString(strings.Join(beside(last+pad, l.comment, width, columns), "\n")[len(last):])
		}
		b.WriteString("\n")
	}
	return b.String()
}

// beside is a text with a comment, which goes on below where it begins, or in the
// column of comments if the text is long.
func beside(text, comment string, column, columns int) []string {
	at := utf8.RuneCountInString(text)
	if columns > 0 && at > max(column, columns/2) && at+4+utf8.RuneCountInString(comment) > columns {
		at = column
		return append([]string{text}, wrapped(strings.Repeat(" ", at)+"  # "+comment, strings.Repeat(" ", at)+"  # ", columns)...)
	}
	return wrapped(text+"  # "+comment, strings.Repeat(" ", at)+"  # ", columns)
}

// wrapped breaks a line between words, behind what it begins with. Each line after the
// first begins with hang.
func wrapped(line, hang string, columns int) (lines []string) {
	for columns > 0 && utf8.RuneCountInString(line) > columns {
		head := string([]rune(line)[:columns+1])
		at := strings.LastIndexByte(head, ' ')
		for at > 0 && (line[at-1] == ' ' || strings.HasPrefix(line[at+1:], " ")) { // two blanks of a value are two
			at = strings.LastIndexByte(head[:at], ' ')
		}
		if at <= utf8.RuneCountInString(hang) || strings.HasPrefix(line[at+1:], "#") {
			break // a word is wider than the room for it
		}
		lines = append(lines, strings.TrimRight(line[:at], " "))
		line = hang + strings.TrimLeft(line[at:], " ")
	}
	return append(lines, line)
}
