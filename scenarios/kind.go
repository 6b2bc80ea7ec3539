package scenarios

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
)

// kind is a way to write a value of type T.
type kind[T any] struct {
	takes  string   // what it takes, in a few words
	bounds string   // from where to where; "": takes says it all
	schema schema   // what of it a schema can say
	words  []string // the words that it takes
	free   bool     // it takes any text, also one that looks like something else
	bare   bool     // it is not written in quotes

	// parse reads a value from the text of a single node. errForm means: that
	// is not what is taken; another error is the message.
	parse func(g given, text string) (T, error)

	// read, if set, reads a value from any node, in place of parse.
	read func(l *loader, n *yaml.Node, path string) (T, bool)

	// text writes a value on one line.
	text func(g given, v T) string
}

var errForm = errors.New("not of the form that is taken")

// value reads a value, or notes what is wrong.
func (k kind[T]) value(l *loader, n *yaml.Node, path string) (v T, ok bool) {
	if k.read != nil {
		return k.read(l, n, path)
	}
	text, ok := l.scalar(n, path, k.takes)
	if !ok {
		return v, false
	}
	if k.bare && quoted(n) {
		l.fail(n, path, "expected %s without quotes", k.takes)
		return v, false
	}
	v, err := k.parse(l.given, text)
	switch {
	case err == errForm && len(k.takes) > mostTakes && Nearest(text, k.words) != "":
		l.fail(n, path, "there is no %q%s", clip(text), didYouMean(text, k.words))
	case err == errForm:
		l.fail(n, path, "expected %s, not %q%s", k.takes, clip(text), didYouMean(text, k.words))
	case err != nil:
		l.fail(n, path, "%v", err)
	}
	return v, err == nil
}

// mostTakes is how long a message says what is taken, if it can say instead what
// was meant.
const mostTakes = 100

// or is a kind that also takes a word, for a value that the kind itself does
// not write.
func or[T comparable](k kind[T], word string, means T) kind[T] {
	both := k
	both.takes = k.takes + ", or " + word
	both.words = append([]string{word}, k.words...)
	both.schema = schema{AnyOf: []schema{k.schema, {Const: word}}}
	both.parse = func(g given, text string) (T, error) {
		if text == word {
			return means, nil
		}
		return k.parse(g, text)
	}
	both.text = func(g given, v T) string {
		if v == means {
			return word
		}
		return k.text(g, v)
	}
	return both
}

// count is a whole number from least to most.
func count(least, most int64) kind[int64] {
	return kind[int64]{
		takes:  fmt.Sprintf("a whole number from %d to %d", least, most),
		schema: schema{Type: "integer", Minimum: bound(least), Maximum: bound(most)},
		bare:   true,
		parse: func(_ given, text string) (int64, error) {
			v, err := strconv.ParseInt(text, 10, 64)
			if err != nil || v < least || v > most || text[0] == '+' || len(text) > 1 && text[0] == '0' {
				return 0, errForm
			}
			return v, nil
		},
		text: func(_ given, v int64) string { return strconv.FormatInt(v, 10) },
	}
}

// word is one of some words, and stands for its index.
func word(words ...string) kind[int64] {
	return kind[int64]{
		takes:  "one of " + strings.Join(words, ", "),
		schema: schema{Enum: words},
		words:  words,
		parse: func(_ given, text string) (int64, error) {
			for i, w := range words {
				if w == text {
					return int64(i), nil
				}
			}
			return 0, errForm
		},
		text: func(_ given, v int64) string { return words[v] },
	}
}

// truth is false or true, 0 or 1.
func truth() kind[int64] {
	k := word("false", "true")
	k.takes, k.bare = "true or false", true
	k.schema = schema{Type: "boolean"}
	return k
}

// freeText is some text on one line that people read.
func freeText(takes string, most int, block bool) kind[string] {
	return kind[string]{
		takes:  takes,
		bounds: fmt.Sprintf("1 to %d characters", most),
		schema: schema{Type: []string{"string", "number", "boolean"}, MinLength: 1, MaxLength: most, Pattern: `^\S(.*\S)?$`},
		free:   true,
		parse: func(_ given, text string) (string, error) {
			for _, r := range text {
				if !unicode.IsPrint(r) {
					return "", fmt.Errorf("expected %s, on one line and without control characters", takes)
				}
			}
			switch n := len([]rune(text)); {
			case n > most:
				return "", fmt.Errorf("%d characters: expected at most %d", n, most)
			case strings.TrimSpace(text) != text:
				return "", errors.New("begins or ends with a space")
			}
			return text, nil
		},
		text: func(_ given, v string) string { return quote(v, block) },
	}
}

// valueName is the name of a value.
func valueName() kind[string] {
	k := freeText("the name of a value", 40, false)
	k.schema.Not = &schema{Const: "-"}
	parse := k.parse
	k.parse = func(g given, text string) (string, error) {
		if text == "-" {
			return "", errors.New("- stands for no value; give the value another name")
		}
		return parse(g, text)
	}
	return k
}

// actor is the number of an actor.
func actor() kind[sim.ID] {
	return kind[sim.ID]{
		takes:  "the number of an actor",
		schema: schema{Type: "integer", Minimum: bound(1), Maximum: bound(sim.MaxActors)},
		bare:   true,
		parse: func(g given, text string) (sim.ID, error) {
			most := int64(sim.MaxActors)
			v, err := count(1, most).parse(g, text)
			switch {
			case err == nil && (g.actors == 0 || v <= int64(g.actors)):
				return sim.ID(v), nil
			case number.MatchString(text) && g.actors > 0:
				return 0, fmt.Errorf("there is no actor %s: actors is %d, counted from 1", clip(text), g.actors)
			}
			return 0, errForm
		},
		text: func(_ given, v sim.ID) string { return strconv.Itoa(int(v)) },
	}
}
