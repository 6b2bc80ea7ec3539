// Package terminal is the one door through which text reaches a terminal.
//
// A file, an argument and the environment can hold anything: characters that
// move the cursor, that turn the direction of writing, that cannot be seen, or
// that begin a line which nobody wrote. Three things keep them from a terminal:
//
//	Writer   stands before standard output and standard error. Nothing passes
//	         that could be more than text.
//	Fprintf  makes lines. A value never ends the line that it is in.
//	Quote    writes arguments as a shell reads them back, whatever is in them.
package terminal

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text makes one line of a text that came from a file or a person. What cannot be
// printed is spelled out, as \x1b or \u202e, and so are line breaks and tabs. What
// is no UTF-8 becomes U+FFFD. The text of a text is that text.
func Text(text string) string {
	if isPlain(text) {
		return text
	}
	var b []byte
	for _, c := range text { // what is no UTF-8 is U+FFFD
		if unicode.IsPrint(c) {
			b = utf8.AppendRune(b, c)
		} else {
			b = spelled(b, c)
		}
	}
	return string(b)
}

// isPlain says whether a text has only characters that everybody can print.
func isPlain[T string | []byte](text T) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// spelled appends a character as Go writes it in quotes, without them.
func spelled(b []byte, c rune) []byte {
	return append(b, strings.Trim(strconv.QuoteRune(c), "'")...)
}

// Lines is a text that is made of lines on purpose. Values in it have been made
// one line each before.
type Lines string

// Fprintf is [fmt.Fprintf] for what a person reads: each value becomes one line,
// as by [Text], unless it is [Lines]. The format is the program's own, and may
// have line breaks. The values in args are replaced.
func Fprintf(w io.Writer, format string, args ...any) {
	for i, a := range args {
		args[i] = guard(a)
	}
	fmt.Fprintf(w, format, args...) // w remembers its first error
}

// Sprintf is [Fprintf] into a text.
func Sprintf(format string, args ...any) string {
	for i, a := range args {
		args[i] = guard(a)
	}
	return fmt.Sprintf(format, args...)
}

// guard keeps a value from ending its line.
func guard(a any) any {
	switch v := a.(type) {
	case nil, bool, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, float32, float64, Lines:
		return a
	case string:
		if isPlain(v) {
			return a
		}
	}
	return guarded{a}
}

// guarded is a value that formats itself into one line.
type guarded struct{ value any }

// Format implements [fmt.Formatter].
func (g guarded) Format(s fmt.State, verb rune) {
	if text, ok := g.value.(string); ok && (verb == 's' || verb == 'v') {
		g.value = Text(text) // before it is padded
	}
	_, _ = io.WriteString(s, Text(fmt.Sprintf(fmt.FormatString(s, verb), g.value))) // a state takes everything
}
