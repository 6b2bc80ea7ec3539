package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"github.com/paxsim/paxsim/sim/campaign"
)

// patience is how long a command that is to end waits for somebody to take what
// it writes.
const patience = 2 * time.Second

// errHeld is the error of what nobody takes.
var errHeld = errors.New("nobody reads it")

// patient writes to a file that may keep its writer waiting, as a pipe does that
// nobody reads and a terminal that is held. When the command is to end, it waits
// no longer than patience for each write, and from then on takes nothing.
type patient struct {
	file *os.File
	ctx  context.Context // done when the command is to end

	one   sync.Mutex // a write at a time
	begun bool
	todo  chan []byte
	done  chan error
	err   error
}

// patiently is a writer that no reader can hold back for ever. What is no such file
// stays as it is.
func patiently(ctx context.Context, w io.Writer) io.Writer {
	f, ok := w.(*os.File)
	if !ok || f == nil {
		return w
	}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		return w
	}
	return &patient{file: f, ctx: ctx, todo: make(chan []byte), done: make(chan error, 1)}
}

// Stat says what is behind it, such as a terminal.
func (p *patient) Stat() (os.FileInfo, error) { return p.file.Stat() }

// Write implements [io.Writer].
func (p *patient) Write(b []byte) (int, error) {
	p.one.Lock()
	defer p.one.Unlock()
	if p.err != nil {
		return 0, p.err
	}
	if !p.begun {
		p.begun = true
		go p.work()
	}
	p.todo <- append([]byte(nil), b...) // whose write may go on when nobody waits for it
	select {
	case p.err = <-p.done:
	case <-p.ctx.Done():
		select {
		case p.err = <-p.done:
		case <-time.After(patience):
			p.err = errHeld
		}
	}
	if p.err != nil {
		return 0, p.err
	}
	return len(b), nil
}

// work writes what it is given, and may be held back.
func (p *patient) work() {
	for b := range p.todo {
		_, err := p.file.Write(b)
		p.done <- err
	}
}

// await waits for what may be kept waiting, such as the opening of a pipe, unless
// the command is to end. Then nobody waits any more, and the process ends soon.
func await[T any](a *app, do func() (T, error)) (value T, err error) {
	type result struct {
		value T
		err   error
		panic *campaign.Panic
	}
	done := make(chan *result, 1)
	go func() {
		r := &result{}
		r.panic = campaign.Catch(func() { r.value, r.err = do() })
		done <- r
	}()
	select {
	case r := <-done:
		if r.panic != nil {
			panic(r.panic)
		}
		return r.value, r.err
	case <-a.ctx.Done():
		return value, a.interrupted("")
	}
}

// untilStopped is a writer that fails when the command is to end: what it writes is
// of no use if it is not whole.
func (a *app) untilStopped(w io.Writer) io.Writer { return stopping{w, a} }

type stopping struct {
	w io.Writer
	a *app
}

// Write implements [io.Writer].
func (s stopping) Write(b []byte) (int, error) {
	if err := s.a.interrupted(""); err != nil {
		return 0, err
	}
	return s.w.Write(b)
}

// awaited is standard input, whose reader does not wait when the command is to end.
type awaited struct {
	file *os.File
	a    *app
}

// Stat says what is behind it, such as a terminal.
func (r awaited) Stat() (os.FileInfo, error) { return r.file.Stat() }

// Read implements [io.Reader].
func (r awaited) Read(b []byte) (int, error) {
	own := make([]byte, len(b)) // which may be filled when nobody waits for it
	n, err := await(r.a, func() (int, error) { return r.file.Read(own) })
	return copy(b, own[:n]), err
}
