package cli

import (
	"errors"
	"io"
	"syscall"
)

// output is standard output. It remembers the first error: results that did not
// arrive must not end in exit code 0.
type output struct {
	w   *lineWriter
	err error
}

func newOutput(w io.Writer) *output { return &output{w: &lineWriter{w: w}} }

// Write implements [io.Writer].
func (o *output) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	o.note(err)
	return n, err
}

// flush writes what is buffered.
func (o *output) flush() { o.note(o.w.flush()) }

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
