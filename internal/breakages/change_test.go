package breakages

import (
	"fmt"
	"slices"
	"strings"
)

// change is what is done to a declaration: the edits that make it broken.
type change func(d *declaration) ([]edit, error)

// edit puts a text in the place of another.
type edit struct {
	span
	text string
}

// drop takes out the smallest statement that holds the piece, or the smallest
// element of a list in braces. A statement that is dropped still compiles, so that
// what it alone uses may stay.
func drop(piece string) change {
	return func(d *declaration) ([]edit, error) {
		at, err := d.only(piece, "statement or element", droppable)
		if err != nil {
			return nil, err
		}
		if at.element {
			return []edit{{d.withComma(at), ""}}, nil
		}
		return []edit{{at, "if false { " + d.cut(at) + " }"}}, nil
	}
}

// always makes the smallest condition that holds the piece true.
func always(piece string) change { return condition(piece, "(true || (%s))") }

// never makes the smallest condition that holds the piece false.
func never(piece string) change { return condition(piece, "(false && (%s))") }

// opposite makes the smallest condition that holds the piece its contrary.
func opposite(piece string) change { return condition(piece, "!(%s)") }

func condition(piece, format string) change {
	return func(d *declaration) ([]edit, error) {
		at, err := d.only(piece, "condition", conditions)
		if err != nil {
			return nil, err
		}
		return []edit{{at, fmt.Sprintf(format, d.cut(at))}}, nil
	}
}

// swap puts other in the place of a piece, which is a whole expression or
// statement, or some statements that follow each other.
func swap(piece, other string) change {
	return func(d *declaration) ([]edit, error) {
		at, err := d.exactly(piece)
		if err != nil {
			return nil, err
		}
		return []edit{{at, other}}, nil
	}
}

// before puts a text before the smallest statement that holds the piece.
func before(piece, text string) change {
	return beside(piece, func(at span) edit { return edit{span{from: at.from, to: at.from}, text + "; "} })
}

// after puts a text after the smallest statement that holds the piece.
func after(piece, text string) change {
	return beside(piece, func(at span) edit { return edit{span{from: at.to, to: at.to}, "; " + text} })
}

func beside(piece string, put func(span) edit) change {
	return func(d *declaration) ([]edit, error) {
		at, err := d.only(piece, "statement", statements)
		if err != nil {
			return nil, err
		}
		return []edit{put(at)}, nil
	}
}

// both makes two changes to one declaration.
func both(a, b change) change {
	return func(d *declaration) ([]edit, error) {
		first, err := a(d)
		if err != nil {
			return nil, err
		}
		second, err := b(d)
		return slices.Concat(first, second), err
	}
}

// broken is the text of the declaration with the change made.
func (d *declaration) broken(c change) (string, error) {
	edits, err := c(d)
	if err != nil {
		return "", err
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	var out strings.Builder
	done := d.from
	for _, e := range edits {
		if e.from < done {
			return "", fmt.Errorf("two changes of the same place: %s", d.cut(e.span))
		}
		out.WriteString(d.file.text[done:e.from] + e.text)
		done = e.to
	}
	return out.String() + d.file.text[done:d.to], nil
}
