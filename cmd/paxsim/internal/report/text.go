package report

import (
	"strconv"
	"strings"
	"unicode"
)

// Clean makes a text from a file or a person safe for a terminal: what could
// move the cursor or break a line is spelled out, and what is no text at all is
// marked.
func Clean(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if strings.IndexFunc(text, func(c rune) bool { return !unicode.IsPrint(c) }) < 0 {
		return text
	}
	var b strings.Builder
	for _, c := range text {
		if unicode.IsPrint(c) {
			b.WriteRune(c)
			continue
		}
		b.WriteString(strings.Trim(strconv.QuoteRune(c), "'"))
	}
	return b.String()
}
