// Package cli is the command line: what it takes, what it prints and where,
// and how it ends.
//
// Results go to standard output, everything else to standard error, a line a
// failure. The same arguments print the same bytes. Main returns the exit code:
//
//	0 held · 1 a property was violated · 2 bad usage or input · 3 proved nothing,
//	or undecided or partial · 4 a replay did not reproduce · 5 the machine failed ·
//	130 interrupted · 141 who was reading the output has left
//
// Where several apply, the first of 141, 130, 2, 5, 1, 4, 3 counts.
package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime/debug"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/terminal"
)

// app is one call of the command.
type app struct {
	ctx    context.Context // done when a person interrupts, or memory runs out
	cancel context.CancelCauseFunc
	in     io.Reader
	out    *output
	errors *terminal.Writer
	code   int // the worst so far
}

// Main runs the command with its arguments, without its name, and returns the
// exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	if err := enough(); err != nil { // before threads are made
		terminal.Fprintf(terminal.NewWriter(stderr), "paxsim: %v\n", err)
		return exitMachine
	}
	ignorePipe()
	person, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(person, stop) // a second interrupt ends the process at once
	ctx, cancel := context.WithCancelCause(person)
	defer cancel(nil)

	a := &app{ctx: ctx, cancel: cancel, in: stdin, out: newOutput(stdout), errors: terminal.NewWriter(stderr)}
	defer func() {
		if p := recover(); p != nil {
			terminal.Fprintf(a.errors, "paxsim: a bug of paxsim: %v\nit came up in: %s\n%s", p, quote(append([]string{"paxsim"}, args...)...), terminal.Lines(debug.Stack()))
			code = exitMachine
		}
	}()
	defer a.watchPipe(stdout)()
	a.note(a.execute(args))
	a.out.close()
	a.note(a.out.failure())
	return a.code
}

// execute finds the command that is meant and runs it.
func (a *app) execute(args []string) error {
	root := a.root()
	root.SetArgs(args)
	if completes(args) {
		register(root)
	}
	return root.ExecuteContext(a.ctx)
}

// note tells of an error and keeps the worst exit code.
func (a *app) note(err error) {
	if err == nil {
		return
	}
	if a.out.err != nil && errors.Is(err, a.out.err) {
		return // Main tells it, once
	}
	a.tell(err)
	a.code = worse(a.code, codeOf(err))
}

// interrupted is the error of a command that was stopped, by a person, for want
// of memory or of a reader, or nil.
func (a *app) interrupted(done string) error {
	if a.ctx.Err() == nil {
		return nil
	}
	var why *failure
	if errors.As(context.Cause(a.ctx), &why) {
		if why.code == exitPipe {
			return why
		}
		return &failure{why.code, "stopped" + done + ": " + why.text}
	}
	return &failure{exitInterrupted, "interrupted" + done}
}
