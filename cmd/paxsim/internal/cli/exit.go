package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"syscall"

	"github.com/paxsim/paxsim/sim/campaign"
)

// The exit codes.
const (
	exitHeld        = 0   // every property held
	exitViolated    = 1   // a property was violated
	exitUsage       = 2   // bad usage or input
	exitNothing     = 3   // proved nothing, or undecided or partial
	exitOtherwise   = 4   // a replay did not reproduce
	exitMachine     = 5   // the machine failed
	exitHungUp      = 129 // the terminal is gone: 128 + SIGHUP
	exitInterrupted = 130 // by a person: 128 + SIGINT
	exitPipe        = 141 // who reads our output has left: 128 + SIGPIPE, as shells report it
	exitTerminated  = 143 // by another program: 128 + SIGTERM
)

// rank is the order in which one code beats another.
var rank = []int{exitHeld, exitNothing, exitOtherwise, exitViolated, exitMachine, exitUsage, exitHungUp, exitTerminated, exitInterrupted, exitPipe}

// worse is the code that counts where both apply.
func worse(a, b int) int {
	if slices.Index(rank, a) > slices.Index(rank, b) {
		return a
	}
	return b
}

// failure is an error that knows its exit code.
type failure struct {
	code int
	text string
}

func (f *failure) Error() string { return f.text }

// usage says that a person asked for something that makes no sense.
func usage(format string, args ...any) error {
	return &failure{exitUsage, fmt.Sprintf(format, args...)}
}

// machine says that the machine failed us, unless the error says of itself what it
// is.
func machine(doing string, err error) error {
	var known *failure
	if errors.As(err, &known) {
		return err
	}
	return &failure{exitMachine, doing + ": " + reason(err)}
}

// fileError tells why a file cannot be read or written. What a person can mend
// by naming another file is bad input, the rest is the machine.
func fileError(name string, err error) error {
	var known *failure
	if errors.As(err, &known) {
		return err
	}
	code := exitMachine
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EISDIR) || errors.Is(err, syscall.ELOOP) ||
		errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.ENAMETOOLONG) || errors.Is(err, fs.ErrInvalid) || errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.EROFS) {
		code = exitUsage
	}
	return &failure{code, name + ": " + reason(err)}
}

// reason is an error without the operation and the path that it failed on.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

// codeOf is the exit code of an error. What is no failure of ours comes from
// the reading of flags and arguments.
func codeOf(err error) int {
	var f *failure
	if errors.As(err, &f) {
		return f.code
	}
	if o := (stale{}); errors.As(err, &o) {
		return exitOtherwise
	}
	var unsteady *campaign.Unsteady
	if errors.As(err, &unsteady) {
		return exitViolated
	}
	return exitUsage
}
