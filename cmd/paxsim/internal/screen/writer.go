package screen

import (
	"bytes"
	"io"
)

// Writer breaks the lines that are wider than a screen, and paints. It holds back a
// line that has not ended until it is flushed.
type Writer struct {
	Fit   int  // how wide the lines may be; 0: as they are
	Paint bool // whether they get colours

	w    io.Writer
	line []byte // that has not ended
}

// NewWriter puts a Writer before another. At first it changes nothing.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Write implements [io.Writer]. Its errors are those of the writer behind it.
func (f *Writer) Write(p []byte) (int, error) {
	if f.Fit <= 0 && !f.Paint && len(f.line) == 0 {
		return f.w.Write(p)
	}
	for rest := p; len(rest) > 0; {
		line, tail, ended := bytes.Cut(rest, []byte{'\n'})
		f.line = append(f.line, line...)
		if !ended {
			break
		}
		if err := f.end("\n"); err != nil {
			return 0, err
		}
		rest = tail
	}
	return len(p), nil
}

// Flush writes what has not ended.
func (f *Writer) Flush() error {
	if len(f.line) == 0 {
		return nil
	}
	return f.end("")
}

// end writes the line, and how it ends.
func (f *Writer) end(ending string) error {
	lines := Fit(string(f.line), f.Fit)
	f.line = f.line[:0]
	for i, line := range lines {
		if f.Paint {
			line = Paint(line)
		}
		if i < len(lines)-1 {
			line += "\n"
		} else {
			line += ending
		}
		if _, err := io.WriteString(f.w, line); err != nil {
			return err
		}
	}
	return nil
}
