package screen

import (
	"regexp"
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// Width is how many columns a text takes. What some terminals draw wide counts by
// itself, not by the language of the machine.
func Width(text string) int { return displaywidth.String(text) }

// cut parts a text at the last character that ends within so many columns. It takes
// one character at least.
func cut(text string, most int) (head, tail string) {
	width, at := 0, 0
	g := displaywidth.StringGraphemes(text)
	for g.Next() {
		if width += g.Width(); width > most && at > 0 {
			break
		}
		at += len(g.Value())
	}
	return text[:at], text[at:]
}

// Clip is the begin of a text that takes no more than so many columns.
func Clip(text string, most int) string {
	if Width(text) <= most {
		return text
	}
	head, _ := cut(text, most)
	return head
}

// Break breaks a text between words into lines of at most so many columns. A word
// that is longer than a line is cut. Each line holds something.
func Break(text string, most int) []string { return breaking(text, most, most) }

// Fit breaks a line that is wider than a screen. The lines after the first begin
// where the text of the line does: behind its name, if it has one. A command is
// broken as a shell reads it, by a \ at the end of the line.
func Fit(line string, width int) []string {
	if width <= 0 || Width(line) <= width {
		return []string{line}
	}
	hang := behind(line, width)
	lead := min(len(line)-len(strings.TrimLeft(line, " ")), hang)
	text := strings.TrimLeft(line, " ")
	if command.MatchString(line) || example.MatchString(line) && !explained.MatchString(line) {
		return fitCommand(text, lead, hang, width)
	}
	lines := breaking(text, width-lead, width-hang)
	for i := range lines {
		indent := lead
		if i > 0 {
			indent = hang
		}
		lines[i] = strings.Repeat(" ", indent) + lines[i]
	}
	return lines
}

// command is what comes before a command that a person may copy into a shell, and example
// is how a line begins that is one.
var (
	command = regexp.MustCompile(`^ *(see it again: |shown by +)`)
	example = regexp.MustCompile(`^  +[A-Za-z0-9_./-]+ (run|check|view|step|replay|explain|export|shrink|fuzz|sweep|diff) `)
)

// explained is an example with a text beside it: nobody copies that as it is.
var explained = regexp.MustCompile(`^  +[^ ].*[^ ]   +[^ ]`)

// gap is what parts a name and a text.
var gap = regexp.MustCompile(`[^ ]  +[^ ]`)

// behind is the column in which the text of a line begins: behind its last gap, if
// that is not too far to the right.
func behind(line string, width int) int {
	lead := len(line) - len(strings.TrimLeft(line, " "))
	hang := lead + 2
	if at := strings.Index(line, "see it again: "); at >= 0 {
		return hang
	}
	for _, m := range gap.FindAllStringIndex(line, -1) {
		if at := Width(line[:m[1]-1]); at <= width*3/5 {
			hang = at
		}
	}
	return min(hang, width*3/5)
}

// breaking breaks a text between words into a first line and others.
func breaking(text string, first, most int) (lines []string) {
	for room := max(first, 1); ; room = max(most, 1) {
		if Width(text) <= room {
			return append(lines, text)
		}
		head, tail := cut(text, room)
		near, _ := cut(text, room+1) // a blank may follow
		if at := strings.LastIndexByte(near, ' '); at > 0 {
			head, tail = text[:at], text[at:]
		}
		lines = append(lines, strings.TrimRight(head, " "))
		if text = strings.TrimLeft(tail, " "); text == "" {
			return lines
		}
	}
}

// Reflow breaks the paragraphs of a text anew for so many columns. Lines that begin
// with a blank are lists and examples: they stay as they are.
func Reflow(text string, width int) string {
	if width <= 0 {
		return text
	}
	var out, paragraph []string
	end := func() {
		if len(paragraph) > 0 {
			out = append(out, Break(strings.Join(paragraph, " "), width)...)
		}
		paragraph = nil
	}
	for _, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == ' ' {
			end()
			out = append(out, line)
		} else {
			paragraph = append(paragraph, line)
		}
	}
	end()
	return strings.Join(out, "\n")
}
