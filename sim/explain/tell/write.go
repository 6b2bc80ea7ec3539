package tell

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// width is how wide texts are at most, if no word is wider.
const width = 80

// String is the text in lines of at most 80 columns.
func (t *Text) String() string {
	var b strings.Builder
	wrap(&b, "", "", strings.Join(t.Cast, " "))
	if len(t.Lines) > 0 {
		b.WriteByte('\n')
	}
	most := len(fmt.Sprint(len(t.Lines)))
	indent := strings.Repeat(" ", most+2)
	for _, l := range t.Lines {
		wrap(&b, fmt.Sprintf("%*d. ", most, l.Number), indent, l.String())
	}
	for _, p := range t.Ending {
		b.WriteByte('\n')
		wrap(&b, "", "", p)
	}
	return b.String()
}

// String is the sentences, one after the other.
func (l Line) String() string { return strings.Join(l.Sentences, " ") }

// WriteTo implements [io.WriterTo].
func (t *Text) WriteTo(w io.Writer) (int64, error) {
	n, err := io.WriteString(w, t.String())
	return int64(n), err
}

// wrap writes a text in lines: the first begins with one thing, the others with another.
func wrap(b *strings.Builder, first, others, text string) {
	b.WriteString(first)
	at := utf8.RuneCountInString(first)
	empty := true
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case empty:
		case at+1+n > width:
			b.WriteByte('\n')
			b.WriteString(others)
			at = len(others)
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += n
		empty = false
	}
	b.WriteByte('\n')
}
