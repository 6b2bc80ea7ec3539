package diagram

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// mostIdle is how many actors are named at which nothing happens.
const mostIdle = 5

// noBreak is a space at which no line is broken. No text from elsewhere has one: it
// would be spelled out.
const noBreak = "\u00a0"

// mostAbsent is how many lines are spent on messages that never arrive.
const mostAbsent = 2

// foot tells below the drawing what the drawing cannot.
func (d *sheet) foot() {
	notes := d.Notes()
	if len(notes) > 0 {
		d.out.WriteByte('\n')
	}
	for i, n := range notes {
		if i == 0 && d.Decisive != 0 {
			n = "* " + n
		}
		for _, line := range wrapped(n, d.width) {
			terminal.Fprintf(&d.out, "%s\n", line)
		}
	}
}

// Notes tell, a line each, the decisive event, the rule that broke, and what the drawing
// leaves out.
func (t *Story) Notes() (list []string) {
	if t.Decisive != 0 {
		list = append(list, fmt.Sprintf("Event %d is decisive: from there on the rule breaks even if all goes calm.", t.Decisive))
	}
	if t.Broken != "" {
		text := "Broken: " + t.Broken
		if len(t.See) > 0 {
			text += "; see " + plural("event", len(t.See)) + numbers(t.See)
		}
		list = append(list, text)
	}
	if t.More > 0 {
		list = append(list, say.Plural(t.More, "event")+" more are not shown.")
	}
	if text := t.never(); text != "" {
		list = append(list, text)
	}
	if len(t.Idle) > 0 {
		who := plural("actor", len(t.Idle)) + ids(t.Idle)
		if len(t.Idle) > mostIdle {
			who = fmt.Sprintf("%d other actors", len(t.Idle))
		}
		list = append(list, "Nothing happens at "+who+".")
	}
	return list
}

// never tells which messages do not arrive, or how many.
func (t *Story) never() string {
	if len(t.Never) == 0 {
		return ""
	}
	many := 0
	var parts []string
	for _, a := range t.Never {
		many += len(a.To)
		parts = append(parts, fmt.Sprintf("%s from %d to %s", a.Text, a.From, ids(a.To)))
	}
	if text := "Never arrive: " + strings.Join(parts, ", ") + "."; width(text) <= mostAbsent*usualWidth {
		return text
	}
	return fmt.Sprintf("%d messages never arrive.", many)
}

// plural is "actor ", "actors ".
func plural(word string, n int) string {
	if n > 1 {
		word += "s"
	}
	return word + " "
}

// ids is "1", "1 and 2", "1, 2 and 3".
func ids(list []sim.ID) string {
	var words []string
	for _, id := range list {
		words = append(words, fmt.Sprint(id))
	}
	return and(words)
}

// numbers is the same of rows.
func numbers(list []int) string {
	var words []string
	for _, n := range list {
		words = append(words, fmt.Sprint(n))
	}
	return and(words)
}

func and(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// width is how many characters a text has.
func width(text string) int { return len([]rune(text)) }

// joined is two parts of a text.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

// because is what happens, and what an actor does then.
func because(says, does string) string {
	if says == "" || does == "" {
		return says + does
	}
	if does[0] == '(' {
		return says + " " + does
	}
	return says + ": " + does
}

// fitting cuts a text between words, so that its begin has room.
func fitting(text string, room int) (begin, rest string) {
	if width(text) <= room {
		return text, ""
	}
	if i := strings.Index(text, " ("); i > 0 && width(text[:i]) <= room {
		return text[:i], text[i+1:]
	}
	for i := len(text) - 1; i > 0; i-- {
		if text[i] == ' ' && width(text[:i]) <= room {
			return text[:i], text[i+1:]
		}
	}
	return "", text
}

// wrapped breaks a text into lines, between words where it can.
func wrapped(text string, most int) (lines []string) {
	line := ""
	for word := range strings.SplitSeq(text, " ") {
		for r := []rune(word); ; {
			switch {
			case line != "" && width(line)+1+len(r) <= most:
				line += " " + string(r)
			case line != "":
				lines, line = append(lines, line), ""
				continue
			case len(r) > most:
				lines, r = append(lines, string(r[:most])), r[most:]
				continue
			default:
				line = string(r)
			}
			break
		}
	}
	lines = append(lines, line)
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], noBreak, " ")
	}
	return lines
}
