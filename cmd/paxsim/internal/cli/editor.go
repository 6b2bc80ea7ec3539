package cli

import (
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/dialogue"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/screen"
	"github.com/paxsim/paxsim/internal/terminal"
)

// editor reads the lines that a person types at a terminal: with a cursor that moves,
// a history, and completion. The terminal hands on single keys only while a line is
// read, so that Ctrl-C stops a command that is at work.
type editor struct {
	a    *app
	d    *dialogue.Dialogue
	fd   int // of standard input
	term *term.Terminal
}

// newEditor is the editor for a dialogue; nil: its lines do not come from a terminal
// that can do that, or go to none.
func (a *app) newEditor(d *dialogue.Dialogue) *editor {
	in, ok := a.in.(awaited)
	if !ok || !a.out.screen.Terminal || a.out.screen.Dumb || !term.IsTerminal(int(in.file.Fd())) {
		return nil
	}
	e := &editor{a: a, d: d, fd: int(in.file.Fd())}
	e.term = term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{keys{in}, echo{a.out}}, dialogue.Prompt)
	e.term.History = &history{}
	e.term.AutoCompleteCallback = e.key
	return e
}

// read reads the next line.
func (e *editor) read() (line, error) {
	e.a.out.resize()
	e.d.Width = e.a.out.width()
	if e.a.out.flush(); e.a.out.err != nil {
		return line{}, nil
	}
	before, err := term.MakeRaw(e.fd)
	if err != nil {
		return line{err: err}, nil
	}
	if width, height, err := term.GetSize(e.fd); err == nil && width > 0 {
		_ = e.term.SetSize(width, height)
	}
	text, err := e.term.ReadLine()
	_ = term.Restore(e.fd, before)
	switch {
	case e.a.ctx.Err() != nil:
		terminal.Fprintf(e.a.out, "\n")
		return line{}, e.a.ctx.Err()
	case errors.Is(err, io.EOF):
		terminal.Fprintf(e.a.out, "\n")
	case errors.Is(err, term.ErrPasteIndicator):
		err = nil
	}
	return line{text: text, long: len(text) > maxLine, err: err}, nil
}

// key is called with each key that is no matter of editing. Tab completes, and a key
// that has no character does nothing.
func (e *editor) key(text string, at int, key rune) (string, int, bool) {
	if key != '\t' {
		return text, at, !unicode.IsPrint(key)
	}
	head := text[:at]
	words := e.d.Complete(head)
	begin := strings.LastIndexByte(head, ' ') + 1
	switch n := len(words); {
	case n == 0:
		return text, at, true
	case n == 1 && !strings.HasSuffix(words[0], ">"):
		words[0] += " "
	}
	if longer := head[:begin] + common(words); len(longer) > len(head) || len(words) == 1 {
		return longer + strings.TrimPrefix(text[at:], " "), len(longer), true
	}
	e.list(words)
	return text, at, true
}

// mostWords is how many words are listed, at most.
const mostWords = 100

// list shows the words that the line can go on with, above it.
func (e *editor) list(words []string) {
	if len(words) > mostWords {
		words = append(words[:mostWords:mostWords], "…")
	}
	width := e.a.out.width()
	if width == 0 {
		width = usualWidth
	}
	_, _ = io.WriteString(e.term, strings.Join(screen.Break(strings.Join(words, "  "), width), "\n")+"\n") // what is not seen is asked for again
}

// common is how all words begin, by the letters of the first.
func common(words []string) string {
	begin := words[0]
	for _, w := range words[1:] {
		for !strings.HasPrefix(strings.ToLower(w), strings.ToLower(begin)) {
			_, size := utf8.DecodeLastRuneInString(begin)
			begin = begin[:len(begin)-size]
		}
	}
	return begin
}

// keys is what a person types. Ctrl-C would end the dialogue: it clears the line, by the
// keys that go to its end and delete all before.
type keys struct{ in io.Reader }

const (
	ctrlC = 3
	toEnd = 5
	clear = 21
)

// Read implements [io.Reader].
func (k keys) Read(p []byte) (int, error) {
	if len(p) < 2 {
		return k.in.Read(p)
	}
	typed := make([]byte, len(p)/2)
	n, err := k.in.Read(typed)
	out := p[:0]
	for _, c := range typed[:n] {
		if c == ctrlC {
			out = append(out, toEnd, clear)
		} else {
			out = append(out, c)
		}
	}
	return len(out), err
}

// echo is where a line is seen while it is typed: past all that keeps a text from
// moving the cursor. What a person types has no character of that kind, see key.
type echo struct{ out *output }

// Write implements [io.Writer].
func (e echo) Write(p []byte) (int, error) {
	n, err := e.out.w.w.Write(p)
	e.out.note(err)
	return n, err
}

// history are the lines that were typed, without those that are empty or repeat the one
// before.
type history struct{ lines []string }

const mostHistory = 1000

// Add implements [term.History].
func (h *history) Add(line string) {
	if n := len(h.lines); strings.TrimSpace(line) != "" && (n == 0 || h.lines[n-1] != line) {
		h.lines = append(h.lines, line)
	}
	if len(h.lines) > mostHistory {
		h.lines = h.lines[1:]
	}
}

// Len implements [term.History].
func (h *history) Len() int { return len(h.lines) }

// At implements [term.History].
func (h *history) At(i int) string { return h.lines[len(h.lines)-1-i] }
