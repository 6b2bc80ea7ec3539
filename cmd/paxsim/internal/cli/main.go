// Package cli is the command line: what it takes, what it prints and where,
// and how it ends.
//
// Results go to standard output, everything else to standard error, a line a
// failure. The same arguments print the same bytes. Main returns the exit code:
//
//	0 held · 1 a property was violated · 2 bad usage or input · 3 proved nothing,
//	or undecided or partial · 4 a replay did not reproduce · 5 the machine failed ·
//	129, 130, 143 interrupted by SIGHUP, SIGINT, SIGTERM ·
//	141 who was reading the output has left
//
// Where several apply, the first of 141, 130, 143, 129, 2, 5, 1, 4, 3 counts.
//
// A command that is interrupted tells what it has done and keeps how far it has
// come. Every phase ends soon: what computes looks at a context, what reads and
// writes does not wait any more (waiting.go). A second signal ends the process.
package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime/debug"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/screen"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/campaign"
)

// app is one call of the command.
type app struct {
	ctx    context.Context // done when somebody interrupts, or memory runs out
	cancel context.CancelCauseFunc
	in     io.Reader
	out    *output
	errors *terminal.Writer
	screen screen.Screen // of standard error
	code   int           // the worst so far

	records bool // standard error gets records of what happens

	streams []stream // those of its output that are ordinary files
}

// Main runs the command with its arguments, without its name, and returns the
// exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	if err := enough(); err != nil { // before threads are made
		terminal.Fprintf(terminal.NewWriter(stderr), "%s: %v\n", terminal.Program(), err)
		return exitMachine
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	a := &app{ctx: ctx, cancel: cancel}
	defer a.heedSignals(isOurs(stdout))()
	ignorePipe()
	a.in, a.out, a.errors = stdin, newOutput(stdout, patiently(ctx, stdout)), terminal.NewWriter(patiently(ctx, stderr))
	a.screen = screen.Of(stderr)
	a.streams = streamsOf(stdout, stderr)
	if f, ok := stdin.(*os.File); ok {
		a.in = awaited{f, a}
	}
	defer func() {
		if p := recover(); p != nil {
			a.bug(p, args)
			code = exitMachine
		}
	}()
	defer a.watchPipe(stdout)()
	a.note(a.execute(args))
	a.out.close()
	a.note(a.notWritten())
	return a.code
}

// isOurs says whether a writer is the standard output of the process, so that the
// process ends with the command.
func isOurs(stdout io.Writer) bool {
	f, ok := stdout.(*os.File)
	return ok && f != nil && f.Name() == "/dev/stdout"
}

// bug tells of a panic.
func (a *app) bug(p any, args []string) {
	stack := debug.Stack()
	if w, ok := p.(*campaign.Panic); ok {
		p, stack = w.Value, w.Stack
	}
	terminal.Fprintf(a.errors, "paxsim: a bug of paxsim: %v\nit came up in: %s\n%s", p, quote(append([]string{terminal.Program()}, args...)...), terminal.Lines(stack))
}

// notWritten is what became of the output, if it has not been written, and nil
// otherwise. That nobody took it in time is no news if the command has said that
// it is to end.
func (a *app) notWritten() error {
	err := a.out.failure()
	if stopped := a.interrupted("; nobody reads standard output"); errors.Is(a.out.err, errHeld) && stopped != nil {
		if a.code == codeOf(stopped) {
			return nil
		}
		return stopped
	}
	return err
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

// interrupted is the error of a command that was stopped by a person, by a lack of memory,
// or because nobody reads its output; or nil.
func (a *app) interrupted(done string) error {
	if a.ctx.Err() == nil {
		return nil
	}
	var why *failure
	switch {
	case !errors.As(context.Cause(a.ctx), &why):
		return context.Cause(a.ctx)
	case why.code == exitPipe:
		return why
	case why.code == exitMachine:
		return &failure{why.code, "stopped" + done + ": " + why.text}
	}
	return &failure{why.code, why.text + done}
}
