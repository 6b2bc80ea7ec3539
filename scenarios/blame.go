package scenarios

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// excerpt is the place in the text of an override, counted from where its value
// begins. It is empty if the name of the override has all of the text.
func (o Override) excerpt(line, column int) string {
	if !o.hasPath() || utf8.RuneCountInString(o.text) <= mostClipped && len(splitLines(o.text)) == 1 {
		return ""
	}
	lines := splitLines(o.text)
	line, column = max(line, 1), max(column, 1)
	if line > len(lines) { // where the text ends
		line, column = len(lines), utf8.RuneCountInString(lines[len(lines)-1])+1
	} else if path, _, ok := strings.Cut(o.text, "="); ok && line == 1 {
		column += utf8.RuneCountInString(path) + 1
	}
	return excerpt(lines, line, column)
}

// mostBlamed is how many overrides are tried one by one to find the one to blame.
const mostBlamed = 100

// blame says of mistakes in a file which override makes them: a file that is
// sound by itself is not to blame. What no override makes alone, the last does.
func (ps Protocols) blame(e *Errors, file, text string, here place, overrides []Override, planned bool) {
	if _, err := ps.read(file, text, here, nil, planned); err != nil {
		return
	}
	by := map[Mistake]Override{}
	for _, o := range overrides[:min(len(overrides), mostBlamed)] {
		_, err := ps.load(file, text, here, []Override{o}, planned)
		if err == nil {
			continue
		}
		for _, m := range mistakesOf(err).Mistakes {
			if _, known := by[m]; !known {
				by[m] = o
			}
		}
	}
	for i := range e.Mistakes {
		m := &e.Mistakes[i]
		if m.Line == 0 {
			continue
		}
		o, ok := by[*m]
		if !ok {
			o = overrides[len(overrides)-1]
		}
		m.Message += fmt.Sprintf(" (in %s:%d:%d)", m.File, m.Line, m.Column)
		m.File, m.Line, m.Column = o.String(), 0, 0
	}
}

// mistakesOf are the mistakes that an error lists, or nil.
func mistakesOf(err error) *Errors {
	var e *Errors
	errors.As(err, &e)
	return e
}
