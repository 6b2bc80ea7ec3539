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
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
)

// app is one call of the command.
type app struct {
	ctx    context.Context // done when a person interrupts, or memory runs out
	cancel context.CancelCauseFunc
	in     io.Reader
	out    *output
	errors io.Writer
	code   int // the worst so far
}

// Main runs the command with its arguments, without its name, and returns the
// exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	if err := enough(); err != nil { // before threads are made
		fmt.Fprintf(stderr, "paxsim: %v\n", err)
		return exitMachine
	}
	ignorePipe()
	person, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(person, stop) // a second interrupt ends the process at once
	ctx, cancel := context.WithCancelCause(person)
	defer cancel(nil)

	a := &app{ctx: ctx, cancel: cancel, in: stdin, out: newOutput(stdout), errors: stderr}
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(stderr, "paxsim: a bug of paxsim: %v\nit came up in: %s\n%s", p, quote(append([]string{"paxsim"}, args...)...), debug.Stack())
			code = exitMachine
		}
	}()
	defer a.watchPipe(stdout)()
	a.note(a.execute(args))
	a.out.flush()
	a.note(a.out.failure())
	return a.code
}

// execute finds the command that is meant and runs it.
func (a *app) execute(args []string) error {
	root := a.root()
	root.SetArgs(args)
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
	for line := range strings.Lines(err.Error()) {
		if !strings.HasPrefix(line, " ") { // an excerpt of a file
			fmt.Fprint(a.errors, "paxsim: ")
		}
		fmt.Fprintln(a.errors, shortened(report.Clean(strings.TrimRight(line, "\n"))))
	}
	a.code = worse(a.code, codeOf(err))
}

// shortened is a line of complaint without its middle if it is so long that nobody
// would read it: it may quote a whole argument, or what a file has for a name.
func shortened(line string) string {
	const most = 800
	if len(line) <= most {
		return line
	}
	return strings.ToValidUTF8(line[:most/2], "") + " … " + strings.ToValidUTF8(line[len(line)-most/2:], "")
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
