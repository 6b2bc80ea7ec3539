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
func Break(text string, most int) []string { return breaking(text, most, most, plain) }

// Fit breaks a line that is wider than a screen. The lines after the first begin
// where the text of the line does: behind its name, if it has one. A command is
// broken as a shell reads it, by a \ at the end of the line.
func Fit(line string, width int) []string {
	if width <= 0 || Width(line) <= width {
		return []string{line}
	}
	find, end := finder(plain), ""
	if command.MatchString(line) && !explained.MatchString(line) {
		find, end = outsideQuotes, ` \`
	}
	lead := len(line) - len(strings.TrimLeft(line, " "))
	hang := behind(line, width)
	lead = min(lead, hang)
	lines := breaking(strings.TrimLeft(line, " "), max(width-lead-len(end), 1), max(width-hang-len(end), 1), find)
	for i := range lines {
		indent := lead
		if i > 0 {
			indent = hang
		}
		lines[i] = strings.Repeat(" ", indent) + lines[i]
		if i < len(lines)-1 {
			lines[i] += end
		}
	}
	return lines
}

// command is what a line begins with that a person may copy into a shell.
var command = regexp.MustCompile(`^ *(see it again: |shown by +)|^  +[A-Za-z0-9_./-]+ (run|view|step|replay|explain|export|shrink|fuzz|sweep|diff) `)

// explained is a command with a text beside it: nobody copies that as it is.
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

// A finder says at which blank a text is broken so that what is before it takes no
// more than so many columns; -1: there is none.
type finder func(text string, most int) int

// plain finds the last blank.
func plain(text string, most int) int {
	head, _ := cut(text, most+1)
	return strings.LastIndexByte(head, ' ')
}

// outsideQuotes finds the last blank that is not between quotes, before a flag if
// there is one.
func outsideQuotes(text string, most int) int {
	head, _ := cut(text, most+1)
	at, flag, quoted := -1, -1, false
	for i, c := range []byte(head) {
		switch {
		case c == '\'':
			quoted = !quoted
		case c == ' ' && !quoted && i > 0:
			if at = i; strings.HasPrefix(text[i:], " -") {
				flag = i
			}
		}
	}
	if flag > 0 {
		return flag
	}
	return at
}

// breaking breaks a text into a first line and others.
func breaking(text string, first, most int, find finder) (lines []string) {
	for room := first; ; room = most {
		if Width(text) <= room {
			return append(lines, text)
		}
		var head, tail string
		if at := find(text, room); at > 0 {
			head, tail = text[:at], text[at:]
		} else {
			head, tail = cut(text, room)
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
