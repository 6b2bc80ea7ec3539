package cli

import (
	"bytes"
	"io"
)

// atOnce is how many bytes are written in one go, at most. A pipe takes so many
// whole or not at all, on all systems that paxsim knows of.
const atOnce = 4096

// lineWriter collects what is written, and writes whole lines in one go, as long as
// these are no longer than atOnce. So what a pipe has taken ends with a whole row,
// also if the process is killed while nobody reads. It is of no use after an
// error.
type lineWriter struct {
	w   io.Writer
	buf []byte
	err error
}

// Write implements [io.Writer].
func (l *lineWriter) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0 && l.err == nil; {
		n := min(len(rest), atOnce-len(l.buf))
		l.buf = append(l.buf, rest[:n]...)
		rest = rest[n:]
		if len(l.buf) < atOnce {
			break
		}
		whole := bytes.LastIndexByte(l.buf, '\n') + 1
		if whole == 0 {
			whole = atOnce
		}
		l.write(whole)
	}
	if l.err != nil {
		return 0, l.err
	}
	return len(p), nil
}

// write writes the first bytes of what was collected.
func (l *lineWriter) write(n int) {
	_, l.err = l.w.Write(l.buf[:n])
	l.buf = append(l.buf[:0], l.buf[n:]...)
}

// flush writes all that was collected.
func (l *lineWriter) flush() error {
	if l.err == nil && len(l.buf) > 0 {
		l.write(len(l.buf))
	}
	return l.err
}
