package scenarios

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Mistake is one thing that is wrong with what a person gave us.
type Mistake struct {
	File    string // as it was given; or an override, as --set actors=x
	Line    int    // from 1; 0: no place in a file
	Column  int    // in characters, from 1
	Excerpt string // of the line, and below it a caret; "": none
	Message string // what was expected, and the nearest right word
}

// String tells the mistake in one to three lines.
func (m Mistake) String() string {
	var b strings.Builder
	b.WriteString(m.File)
	if m.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", m.Line, m.Column)
	}
	if m.File != "" {
		b.WriteString(": ")
	}
	b.WriteString(m.Message)
	if m.Excerpt != "" {
		b.WriteString("\n" + m.Excerpt)
	}
	return b.String()
}

// Errors are the mistakes in what a person gave us: bad input, and not a
// failure of the machine. It holds at least one.
type Errors struct {
	Mistakes []Mistake // in the order of their places, those of bases after those of the file, those of overrides last
	More     int       // how many there are besides
}

const maxMistakes = 100

// Error tells all mistakes, each in a block of its own.
func (e *Errors) Error() string {
	blocks := make([]string, len(e.Mistakes), len(e.Mistakes)+1)
	for i, m := range e.Mistakes {
		blocks[i] = m.String()
	}
	if rest := e.Rest(); rest != "" {
		blocks = append(blocks, rest)
	}
	return strings.Join(blocks, "\n")
}

// Rest says how many mistakes there are besides those that are listed; "": none.
func (e *Errors) Rest() string {
	switch e.More {
	case 0:
		return ""
	case 1:
		return "and 1 more mistake"
	}
	return fmt.Sprintf("and %d more mistakes", e.More)
}

// mistaken is the single mistake of a file that has no better place.
func mistaken(file, format string, args ...any) *Errors {
	return &Errors{Mistakes: []Mistake{{File: file, Message: fmt.Sprintf(format, args...)}}}
}

// errors is what the loader has found, or nil.
func (l *loader) errors() error {
	if len(l.mistakes) == 0 {
		return nil
	}
	depth := func(m noted) int {
		switch {
		case m.Line == 0:
			return maxBases + 1 // in no file
		case m.in == nil:
			return 0
		}
		return m.in.depth
	}
	slices.SortStableFunc(l.mistakes, func(a, b noted) int {
		return cmp.Or(cmp.Compare(depth(a), depth(b)), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	shown := min(len(l.mistakes), maxMistakes)
	e := &Errors{Mistakes: make([]Mistake, shown), More: l.more + len(l.mistakes) - shown}
	for i, m := range l.mistakes[:shown] {
		lines := l.lines
		if m.in != nil {
			lines = m.in.lines
		}
		if m.Line > 0 {
			m.Excerpt = excerpt(lines, m.Line, m.Column)
		}
		e.Mistakes[i] = m.Mistake
	}
	return e
}
