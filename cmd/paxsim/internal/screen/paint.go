package screen

import (
	"regexp"
	"strings"
)

// What is painted: what broke, what was decided, and faults.
const (
	red    = "\x1b[1;31m"
	green  = "\x1b[1;32m"
	yellow = "\x1b[33m"
	reset  = "\x1b[0m"
)

// marked finds what has a colour in a line. A fault begins with ! where a text can
// begin, and goes to the end of its column; one of the script is between dashes.
var marked = regexp.MustCompile(`\b(?:violated|broken|VIOLATED)\b|\b(?:DECIDES|CHOSEN)\b|\bCRASHES\b|---- .* ----$|(?:^|  |\| |: )!(?: [^ |][^ ]*)+`)

// Paint gives a line its colours. What it takes on a screen stays as it is.
func Paint(line string) string {
	found := marked.FindAllStringIndex(line, -1)
	if found == nil {
		return line
	}
	var b strings.Builder
	at := 0
	for _, m := range found {
		word, colour := line[m[0]:m[1]], red
		switch {
		case word == "CRASHES", strings.HasPrefix(word, "-"):
			colour = yellow
		case strings.Contains(word, "!"):
			bang := strings.IndexByte(word, '!')
			m[0] += bang
			word, colour = word[bang:], yellow
		case word == "DECIDES" || word == "CHOSEN":
			colour = green
		case none.MatchString(line[:m[0]]) || strings.HasPrefix(line[m[1]:], "  undecided"): // "0 violated", and the head of a table
			continue
		}
		b.WriteString(line[at:m[0]] + colour + word + reset)
		at = m[1]
	}
	b.WriteString(line[at:])
	return b.String()
}

// none is what comes before a word to say that there is none.
var none = regexp.MustCompile(`(?:^|[^0-9,.])0 $|\b(?:none is|not|nothing is|no longer) $`)
