//go:build !unix

package cli

import (
	"os"
	"syscall"
)

// stoppers are the signals that ask a command to end. To Windows the second is a
// window that is closed, or a machine that is shut down.
var stoppers = []stopper{
	{os.Interrupt, exitInterrupted, "interrupted"},
	{syscall.SIGTERM, exitTerminated, "interrupted by SIGTERM"},
}

// deadly are the signals that end a Go program with a list of what it does: none
// can be sent to it here.
var deadly []os.Signal

// die ends the process.
func die(os.Signal) { os.Exit(exitMachine) }

// ignored says whether a signal was ignored when the process began. Nobody starts one
// so here, and without an operating system it cannot be asked.
func ignored(os.Signal) bool { return false }
