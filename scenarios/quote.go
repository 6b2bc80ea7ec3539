package scenarios

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	plain     = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./+-]*( [A-Za-z0-9_./+()-]+)*$`)
	plainLine = regexp.MustCompile(`^[A-Za-z][^:#]*$`)
)

// quote writes a text so that YAML reads the same text back, without quotes
// where none are needed. A text in block has a line to itself.
func quote(text string, block bool) string {
	form := plain
	if block {
		form = plainLine
	}
	switch strings.ToLower(text) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return strconv.Quote(text)
	}
	if !form.MatchString(text) || strings.ContainsFunc(text, func(r rune) bool { return !strconv.IsPrint(r) }) || strings.TrimSpace(text) != text {
		return strconv.Quote(text)
	}
	return text
}
