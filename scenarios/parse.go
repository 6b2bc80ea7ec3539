package scenarios

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/paxsim/paxsim/internal/yamldoc"
	"go.yaml.in/yaml/v4"
)

// MaxText is the greatest length of a file, in bytes.
const MaxText = 1 << 20

// maxNesting is how deep lists and mappings may lie in one another. Like
// MaxText it is checked before anything is made of a text.
const maxNesting = 16

// parse makes nodes of a text: those of the one document that it holds, or nil
// and one mistake. No text makes it panic.
func parse(file, text string, lines []string) (root *yaml.Node, wrong *Mistake) {
	at := func(line, column int, format string, args ...any) *Mistake {
		return &Mistake{file, line, column, excerpt(lines, line, column), fmt.Sprintf(format, args...)}
	}
	if line, column, ok := strange(text); ok {
		return nil, at(line, column, "this is not UTF-8 text: expected a file in YAML")
	}
	if line, column, why := tooMany(text); why != "" {
		return nil, at(line, column, "%s", why)
	}
	root, err := yamldoc.Read(text, maxNesting, errDeep)
	var bad *yaml.LoadError
	var second *yamldoc.Second
	switch {
	case err == nil:
		return root, nil
	case errors.Is(err, yamldoc.ErrParser):
		return nil, at(1, 1, "%v", err)
	case errors.Is(err, yamldoc.ErrEmpty):
		return nil, at(1, 1, "the file is empty: expected paxsim: %d and what follows it", Format)
	case errors.As(err, &second):
		return nil, at(second.Line, second.Column, "%v: a file holds one scenario", err)
	case errors.As(err, &bad):
		if bad.ContextMark.Line > 0 && strings.HasPrefix(bad.Message, "found unexpected end of stream") {
			bad.Mark = bad.ContextMark // the end of the file says nothing
		}
		return nil, at(max(bad.Mark.Line, 1), max(bad.Mark.Column, 1), "%s", notYAML(bad, text, file != ""))
	}
	return nil, at(1, 1, "this cannot be read as YAML: %v", err)
}

var errDeep = fmt.Errorf("nested too deep: lists and mappings lie in one another up to %d times", maxNesting)

// strange finds the first character that no text has.
func strange(text string) (line, column int, found bool) {
	line, column = 1, 1
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"),
			r < ' ' && r != '\t' && r != '\n' && r != '\r',
			r >= 0x7f && r < 0xa0 && r != 0x85, r == 0xfeff, r == 0xfffe, r == 0xffff:
			return line, column, true
		case r == '\n':
			line, column = line+1, 1
		default:
			column++
		}
	}
	return 0, 0, false
}

const foreignAlias = "an alias: scenarios have none; write the value itself"

// foreign finds what YAML has and scenarios do not.
func foreign(n *yaml.Node, found func(n *yaml.Node, message string)) {
	switch {
	case n.Kind == yaml.AliasNode:
		found(n, foreignAlias)
		return
	case n.Anchor != "":
		found(n, "an anchor, &"+clip(n.Anchor)+": scenarios have none")
	case n.Style&yaml.TaggedStyle != 0 || n.Tag == "!":
		found(n, "a tag, "+clip(n.Tag)+": scenarios have none")
	case n.Kind == yaml.ScalarNode && n.Tag == "!!merge" && n.Style == 0:
		found(n, "a merge key: scenarios have none")
	}
	for _, c := range n.Content {
		foreign(c, found)
	}
}

// mostClipped is how many characters a message quotes.
const mostClipped = 40

// clip shortens what a message quotes, and makes it fit to be printed.
func clip(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return utf8.RuneError
		}
		return r
	}, text)
	if r := []rune(text); len(r) > mostClipped {
		return string(r[:mostClipped]) + "…"
	}
	return text
}
