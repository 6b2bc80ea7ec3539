package terminal

import (
	"io"
	"io/fs"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Writer writes text to what may be a terminal. Characters that cannot be
// printed are spelled out, except line breaks and tabs, and what is no UTF-8
// becomes U+FFFD. It holds back the begin of a character until it has the rest.
// Several goroutines may write to it.
type Writer struct {
	mu       sync.Mutex
	w        io.Writer
	terminal bool
	spell    func(b []byte, c rune) []byte // nil: everything passes
	rest     []byte                        // the begin of a character
	buf      []byte
}

// NewWriter puts a Writer before another.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w, terminal: Is(w), spell: spelled} }

// Terminal says whether a person looks at what is written.
func (w *Writer) Terminal() bool { return w.terminal }

// ClearLine takes away the line that the cursor is in. It is the only thing that
// paxsim sends to a terminal and that is no text.
func (w *Writer) ClearLine() {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, _ = io.WriteString(w.w, "\r\x1b[K") // progress that nobody sees is no failure
}

// JSON makes the writer spell characters in the way of JSON: in a text of JSON
// that changes no value.
func (w *Writer) JSON() { w.spell = spelledJSON }

// Exact lets everything pass, for forms in which nothing can be spelled out.
func (w *Writer) Exact() { w.spell = nil }

// Write implements [io.Writer]. Its errors are those of the writer behind it.
func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.spell == nil || len(w.rest) == 0 && passes(p) {
		return w.w.Write(p)
	}
	text := append(w.rest, p...)
	w.buf = w.buf[:0]
	for len(text) > 0 && utf8.FullRune(text) {
		c, size := utf8.DecodeRune(text)
		w.add(c)
		text = text[size:]
	}
	w.rest = append(w.rest[:0:0], text...)
	if _, err := w.w.Write(w.buf); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Flush writes what was held back: the begin of a character that has no rest.
func (w *Writer) Flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.rest) == 0 {
		return nil
	}
	w.rest = w.rest[:0]
	_, err := w.w.Write(utf8.AppendRune(nil, utf8.RuneError))
	return err
}

// passes says whether a text holds nothing that has to be looked at.
func passes(text []byte) bool {
	for _, c := range text {
		if (c < ' ' || c > '~') && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// add adds a character to what is written next.
func (w *Writer) add(c rune) {
	if c == '\n' || c == '\t' || unicode.IsPrint(c) {
		w.buf = utf8.AppendRune(w.buf, c)
	} else {
		w.buf = w.spell(w.buf, c)
	}
}

// spelledJSON appends a character as JSON spells it: in two halves if need be.
func spelledJSON(b []byte, c rune) []byte {
	const digits = "0123456789abcdef"
	halves := utf16.AppendRune(nil, c)
	for _, h := range halves {
		b = append(b, '\\', 'u', digits[h>>12], digits[h>>8&15], digits[h>>4&15], digits[h&15])
	}
	return b
}

// Is says whether somebody looks at what is written to a writer, or types what
// is read from a reader.
func Is(stream any) bool {
	f, ok := stream.(interface{ Stat() (fs.FileInfo, error) })
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&fs.ModeCharDevice != 0
}
