package scenarios

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// splitLines splits a text where YAML sees the end of a line.
func splitLines(text string) []string {
	text = lineEnds.Replace(text)
	return strings.Split(text, "\n")
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// The most of a line that an excerpt shows, before the caret and in all.
const (
	excerptBefore = 60
	excerptWidth  = 90
)

// excerpt is a line and below it a caret under a column, both from 1. What is
// far from the caret is left out. It is empty if there is no such line.
func excerpt(lines []string, line, column int) string {
	if line < 1 || line > len(lines) {
		return ""
	}
	text := []rune(lines[line-1])
	at := min(max(column-1, 0), len(text))
	before, after := "", ""
	if at > excerptBefore {
		text, at, before = text[at-excerptBefore:], excerptBefore, "…"
	}
	if len(text) > excerptWidth {
		text, after = text[:excerptWidth], "…"
	}
	shown := strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == 0x7f:
			return ' '
		case !unicode.IsPrint(r):
			return utf8.RuneError // one character wide: the caret stays in its place
		}
		return r
	}, string(text))
	if strings.TrimSpace(shown) == "" {
		return ""
	}
	return "  " + before + shown + after + "\n  " + strings.Repeat(" ", len([]rune(before))+at) + "^"
}
