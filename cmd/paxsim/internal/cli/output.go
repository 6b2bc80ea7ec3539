package cli

import (
	"errors"
	"io"
	"syscall"

	"github.com/paxsim/paxsim/internal/terminal"
)

// output is standard output. It remembers the first error: results that did not
// arrive must not end in exit code 0.
type output struct {
	w        *lineWriter
	door     *terminal.Writer
	terminal bool
	err      error
}

func newOutput(w io.Writer) *output {
	b := &lineWriter{w: w}
	return &output{w: b, door: terminal.NewWriter(b), terminal: terminal.Is(w)}
}

// as says in which format results are printed. JSON spells what a terminal must
// not get in its own way. CSV cannot: it is exact, except at a terminal.
func (o *output) as(format string) {
	switch {
	case format == "json":
		o.door.JSON()
	case format == "csv" && !o.terminal:
		o.door.Exact()
	}
}

// Write implements [io.Writer].
func (o *output) Write(p []byte) (int, error) {
	n, err := o.door.Write(p)
	o.note(err)
	return n, err
}

// flush writes what is buffered.
func (o *output) flush() { o.note(o.w.flush()) }

// close writes all that is left.
func (o *output) close() {
	o.note(o.door.Flush())
	o.flush()
}

func (o *output) note(err error) {
	if o.err == nil {
		o.err = err
	}
}

// failure is what went wrong, or nil.
func (o *output) failure() error {
	switch {
	case o.err == nil:
		return nil
	case errors.Is(o.err, syscall.EPIPE):
		return &failure{exitPipe, ""}
	}
	return machine("standard output", o.err)
}
