package trace

import (
	"io"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// LineWriter writes a run as JSON lines while it is played, and holds none of
// it. It is a [observe.Observer]. docs/files.md describes the format.
type LineWriter struct {
	to      io.Writer
	header  *Header
	buffer  []byte
	entries uint64
	err     error
}

// fullLines is how many bytes are gathered before they are written.
const fullLines = 64 << 10

// NewLineWriter begins a trace with its header.
func NewLineWriter(to io.Writer, h *Header) *LineWriter {
	return &LineWriter{to: to, header: h, buffer: h.append(nil)}
}

// Observe implements [observe.Observer].
func (w *LineWriter) Observe(e observe.Entry) {
	w.entries++
	w.buffer = w.header.appendEntry(w.buffer, e)
	if len(w.buffer) >= fullLines {
		w.flush()
	}
}

// Close ends the trace of a run with its outcome, and tells the first error of
// the writer behind it.
func (w *LineWriter) Close(o sim.Outcome) error {
	return w.CloseWith(NewTrailer(w.header, o, w.entries))
}

// CloseWith ends the trace with a trailer that another trace had.
func (w *LineWriter) CloseWith(f *Trailer) error {
	w.buffer = f.append(w.buffer)
	w.flush()
	return w.err
}

func (w *LineWriter) flush() {
	if w.err == nil {
		_, w.err = w.to.Write(w.buffer)
	}
	w.buffer = w.buffer[:0]
}
