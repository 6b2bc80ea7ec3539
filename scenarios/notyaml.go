package scenarios

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// notYAML tells what is wrong with a text that is no YAML: in words for those who
// write a file by hand if it is one of the usual mistakes, else as the parser tells
// it. In a file, it also tells where that begins which the parser was reading.
func notYAML(e *yaml.LoadError, text string, inFile bool) string {
	switch {
	case e.Message == errDeep.Error():
		return e.Message
	case e.Stage == "composer" && strings.HasPrefix(e.Message, "unknown anchor"):
		return foreignAlias
	}
	if usual := usualMistake(e, text); usual != "" {
		return usual
	}
	said := "this is not YAML: " + e.Message
	if e.ContextMsg != "" {
		said += ", " + e.ContextMsg
		if inFile && e.ContextMark.Line > 0 && e.ContextMark != e.Mark {
			said += fmt.Sprintf(" that begins at %d:%d", e.ContextMark.Line, e.ContextMark.Column)
		}
	}
	return said
}

// noSpace is what is wrong with {loss:1%}.
const noSpace = "a space is missing behind the colon"

// usualMistake is what somebody did who wrote this; "": nobody knows.
func usualMistake(e *yaml.LoadError, text string) string {
	before, at := aroundMark(text, e.Mark.Line, e.Mark.Column)
	blank := strings.TrimLeft(before, " -") == ""
	switch {
	case strings.Contains(e.Message, "tab character") || at == "\t":
		return "a tab: indent with spaces"
	case strings.HasPrefix(e.Message, "found character that cannot start") && at != "":
		return fmt.Sprintf("a value cannot begin with %s: put it in quotes", at)
	case e.Message == "mapping values are not allowed in this context" && !strings.Contains(before, ":"):
		return "this line is indented too deep: the line above has its value already"
	case e.Message == "mapping values are not allowed in this context":
		return "a second colon in this line: put the value in quotes, or the key on a line of its own"
	case e.Message == "did not find expected key" && blank:
		return "this line is indented unlike all above it: begin it below the key that it belongs beside"
	case strings.HasSuffix(before, ":") && strings.HasPrefix(e.Message, "did not find expected ','"):
		return noSpace
	case strings.HasPrefix(e.Message, "did not find expected ','"):
		return "a comma is missing before this, or " + strings.TrimPrefix(e.Message, "did not find expected ',' or ")
	case strings.HasPrefix(e.Message, "found unexpected end of stream"):
		return "a text in quotes does not end"
	}
	return ""
}

// aroundMark is what comes before a place in its line, and the character there; "": the
// line ends.
func aroundMark(text string, line, column int) (before, at string) {
	lines := splitLines(text)
	if line < 1 || line > len(lines) {
		return "", ""
	}
	said := []rune(lines[line-1])
	column = min(max(column-1, 0), len(said))
	if column < len(said) {
		at = string(said[column])
	}
	return string(said[:column]), at
}
