package trace

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/paxsim/paxsim/sim/observe"
)

// LineReader reads a trace of JSON lines, an entry at a time. It takes nothing that a
// [LineWriter] would not write, except for the order of fields and white space. Its errors
// are those of the reader behind it, or an [*Error] that names the line.
type LineReader struct {
	from    *bufio.Reader
	header  *Header
	trailer *Trailer
	line    int // the number of the line that was read last

	last    observe.Entry
	entries uint64
	err     error
}

// NewLineReader reads the header of a trace.
func NewLineReader(from io.Reader) (*LineReader, error) {
	r := &LineReader{from: bufio.NewReaderSize(from, fullLines)}
	line, err := r.next()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = r.mistake("the file is empty")
		}
		return nil, err
	}
	if r.header, err = decodeHeader(line); err != nil {
		return nil, err
	}
	return r, nil
}

// Header is the first line.
func (r *LineReader) Header() *Header { return r.header }

// Trailer is the last line, or nil while it has not been read.
func (r *LineReader) Trailer() *Trailer { return r.trailer }

// Next reads the next entry. After the last one, and a trailer that agrees with
// them, its error is [io.EOF]. After an error it is the same error again.
func (r *LineReader) Next() (observe.Entry, error) {
	if r.err != nil {
		return observe.Entry{}, r.err
	}
	e, err := r.read()
	r.err = err
	return e, err
}

func (r *LineReader) read() (observe.Entry, error) {
	line, err := r.next()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = r.mistake("the trace ends too early: its last line, with the outcome, is missing")
		}
		return observe.Entry{}, err
	}
	e, trailer, err := r.header.decodeEntry(line)
	if trailer {
		return observe.Entry{}, r.end(line)
	}
	if err != nil {
		return observe.Entry{}, r.at(err)
	}
	switch {
	case e.Event < r.last.Event:
		return e, r.mistake("event %d comes after event %d", e.Event, r.last.Event)
	case e.At < r.last.At:
		return e, r.mistake("time_us: time runs backwards")
	case e.Cause > e.Event:
		return e, r.mistake("cause: event %d is caused by event %d, which is later", e.Event, e.Cause)
	case e.Actor == 0 && somebodys(e.What):
		return e, r.mistake("actor: missing, and %s is somebody's", e.What)
	case e.Peer == 0 && betweenTwo(e.What):
		return e, r.mistake("peer: missing, and %s is between two", e.What)
	case int(e.Peer) > r.header.Actors && betweenTwo(e.What):
		return e, r.mistake("peer: there is no actor %d: actors is %d", e.Peer, r.header.Actors)
	}
	r.last = e
	r.entries++
	return e, nil
}

// somebodys says whether what happens happens at an actor, as far as this
// program knows.
func somebodys(w observe.What) bool {
	switch w {
	case observe.Booted, observe.Delivered, observe.TimedOut, observe.Asked, observe.Synced, observe.Restarted,
		observe.Sent, observe.Broadcast, observe.Saved, observe.Decided, observe.Answered, observe.Dropped, observe.Doubled, observe.Crashed, observe.Noted,
		observe.Paused, observe.Resumed, observe.Held:
		return true
	}
	return false
}

// betweenTwo says whether there must be another one.
func betweenTwo(w observe.What) bool {
	switch w {
	case observe.Delivered, observe.Sent, observe.Dropped, observe.Doubled:
		return true
	}
	return false
}

// end reads the trailer and holds it against the entries. Nothing may follow.
func (r *LineReader) end(line []byte) error {
	f, err := decodeTrailer(line)
	if err != nil {
		return r.at(err)
	}
	switch {
	case f.Entries != r.entries:
		return r.mistake("entries: it says %d, and there are %d", f.Entries, r.entries)
	case f.Events < r.last.Event:
		return r.mistake("events: it says %d, and event %d was there", f.Events, r.last.Event)
	case f.TimeUS%r.header.TickUS != 0:
		return r.mistake("time_us: %d is no multiple of the tick, %d", f.TimeUS, r.header.TickUS)
	}
	if _, err := r.next(); err == nil {
		return r.mistake("something follows the last line")
	} else if !errors.Is(err, io.EOF) {
		return err
	}
	r.trailer = f
	return io.EOF
}

// maxHead and maxLine bound the length of lines, in bytes: the first holds the
// whole scenario and the answers, any other what happened once.
const (
	maxHead = 16 << 20
	maxLine = 1 << 20
)

// next reads a line. At the end of the file its error is io.EOF.
func (r *LineReader) next() ([]byte, error) {
	most := maxLine
	if r.line == 0 {
		most = maxHead
	}
	if r.line++; r.line == 1 {
		if begin, err := r.from.Peek(1); err == nil && begin[0] < ' ' && begin[0] != '\n' && begin[0] != '\t' {
			return nil, r.mistake("this is no trace: expected lines of JSON")
		}
	}
	line, err := r.from.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) { // a long one
		long := append([]byte(nil), line...)
		for errors.Is(err, bufio.ErrBufferFull) && len(long) <= most {
			line, err = r.from.ReadSlice('\n')
			long = append(long, line...)
		}
		line = long
	}
	switch {
	case len(line) > most:
		return nil, r.mistake("a line of more than %d bytes", most)
	case err != nil && (!errors.Is(err, io.EOF) || len(line) == 0):
		return nil, err
	}
	if i := invalidUTF8(line); i >= 0 {
		return nil, &Error{[]Problem{{r.line, i + 1, "not UTF-8 text"}}}
	}
	return line, nil
}

// at moves the mistakes of a line to the line's place in the file.
func (r *LineReader) at(err error) error {
	var e *Error
	if errors.As(err, &e) {
		for i := range e.Problems {
			e.Problems[i].Line += r.line - 1
		}
	}
	return err
}

func (r *LineReader) mistake(format string, args ...any) error {
	return &Error{[]Problem{{r.line, 1, fmt.Sprintf(format, args...)}}}
}
