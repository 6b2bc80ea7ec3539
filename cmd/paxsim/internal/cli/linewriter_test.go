package cli

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// pieces keeps what is written, a text for each write.
type pieces struct {
	list []string
	err  error
}

func (p *pieces) Write(b []byte) (int, error) {
	p.list = append(p.list, string(b))
	return len(b), p.err
}

// Each write ends with a line, except within a line that is too long for one, and
// takes no more than a pipe takes at once.
func TestLineWriter(t *testing.T) {
	row := strings.Repeat("x", 99) + "\n"
	long := strings.Repeat("y", 10_000) + "\n"
	var to pieces
	l := &lineWriter{w: &to}
	want := ""
	for range 500 {
		for _, text := range []string{row, row[:40], row[40:], "", row + row + row} {
			n, err := l.Write([]byte(text))
			if n != len(text) || err != nil {
				t.Fatal(n, err)
			}
			want += text
		}
	}
	if len(to.list) < 40 || len(to.list) > 70 {
		t.Errorf("%d writes", len(to.list))
	}
	for _, piece := range to.list {
		if !strings.HasSuffix(piece, "\n") || len(piece) > atOnce {
			t.Errorf("a write of %d bytes ends in %.10q", len(piece), piece[len(piece)-10:])
		}
	}
	l.Write([]byte(long + "the end"))
	want += long + "the end"
	if err := l.flush(); err != nil || strings.Join(to.list, "") != want {
		t.Error("what came out is another text", err)
	}

	full := errors.New("full")
	to = pieces{err: full}
	l = &lineWriter{w: &to}
	for range 3 {
		l.Write(bytes.Repeat([]byte(row), 50))
	}
	if n, err := l.Write(nil); n != 0 || !errors.Is(err, full) || !errors.Is(l.flush(), full) || len(to.list) != 1 {
		t.Errorf("%d, %v, %d writes", n, err, len(to.list))
	}
}
