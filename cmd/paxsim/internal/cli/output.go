package cli

import (
	"errors"
	"io"
	"syscall"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/screen"
	"github.com/paxsim/paxsim/internal/terminal"
)

// output is standard output. It remembers the first error: results that did not
// arrive must not end in exit code 0.
type output struct {
	w        *lineWriter
	fit      *screen.Writer
	door     *terminal.Writer
	stream   any // what is behind it
	screen   screen.Screen
	terminal bool
	err      error
}

// newOutput is standard output. stream is what it is in the end, which may be a
// terminal; w is what is written to.
func newOutput(stream, w io.Writer) *output {
	b := &lineWriter{w: w}
	f := screen.NewWriter(b)
	o := &output{w: b, fit: f, door: terminal.NewWriter(f), stream: stream, screen: screen.Of(stream), terminal: terminal.Is(w)}
	o.look(false, screen.Auto)
	return o
}

// look fits what is printed to the screen: its width, unless it is to be wide, and
// its colours.
func (o *output) look(wide bool, colour string) {
	o.fit.Fit, o.fit.Paint = o.screen.Width, o.screen.Paints(colour)
	if wide {
		o.fit.Fit = 0
	}
}

// resize looks at the screen again: a person may have changed its width.
func (o *output) resize() {
	s := screen.Of(o.stream)
	if o.fit.Fit == o.screen.Width {
		o.fit.Fit = s.Width
	}
	o.screen = s
}

// width is how wide the lines may be; 0: as wide as they are.
func (o *output) width() int { return o.fit.Fit }

// exact lets lines pass as they are: programs read them.
func (o *output) exact() { o.fit.Fit, o.fit.Paint = 0, false }

// as says in which format results are printed. JSON spells what a terminal must
// not get in its own way. CSV cannot: it is exact, except at a terminal.
func (o *output) as(format string) {
	if format != "table" {
		o.exact()
	}
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
func (o *output) flush() {
	o.note(o.fit.Flush())
	o.note(o.w.flush())
}

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
